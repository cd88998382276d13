"""From what is owed to what is confirmed, and the pair matrix that shows it."""

import pytest

from e2e.browsing import Visitor
from e2e.pages import DEPUTY, MEMBER, ORGANISER, SECRETARY
from e2e.people import NAMES, moment

TEXT = "交换了班子分工的意见，约定月底前对接年度重点项目。"
PLACE = "三楼小会议室"


def duty_with(visitor: Visitor, other: Visitor) -> str:
    """An open duty of the visitor's that the other one is the subject of."""
    visitor.go("duties:mine")
    for path in visitor.links_to("duties:duty"):
        if other.may_open(path):
            visitor.go(path)
            if visitor.links_to("talks:new"):
                return path
    raise LookupError("no open duty of the two")


def cell(visitor: Visitor, duty: str) -> str:
    """How the matrix shows a duty."""
    visitor.go("duties:mine")
    for path in dict.fromkeys(visitor.links_to("duties:matrix")):
        visitor.go(path)
        shown = visitor.page.locator(f'.matrix a[href*="{duty}"]')
        if shown.count():
            return f"{shown.first.get_attribute('class')} {shown.first.inner_text()}"
    raise LookupError("no matrix shows the duty")


def test_a_duty_is_seen_and_explained(visit):
    secretary = visit(SECRETARY)
    secretary.go("duties:mine")
    duty = secretary.links_to("duties:duty")[0]
    secretary.go(duty)

    secretary.says("依据")
    secretary.go(secretary.links_to("rules:rule")[0])
    assert secretary.view == "rules:rule"
    assert not visit(MEMBER).may_open(duty)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_talk_is_proposed_held_recorded_and_confirmed(visit, script):
    secretary, deputy = visit(SECRETARY, script=script), visit(DEPUTY, script=script)
    duty = duty_with(secretary, deputy)
    before = cell(secretary, duty)

    secretary.go(duty)
    secretary.go(secretary.links_to("talks:new")[0])
    secretary.send("talks:new", planned_for=moment(days=1), channel="face", place=PLACE)
    talk = secretary.path
    secretary.says(NAMES[DEPUTY], PLACE)

    deputy.go("home:home")
    assert talk in deputy.links_to("talks:talk")
    deputy.go(talk)
    deputy.send("talks:agree")
    deputy.says("已约定")

    secretary.go(talk)
    secretary.send("talks:hold", held_at=moment(minutes=-30))
    secretary.go(secretary.links_to("talks:write")[0])
    if script:
        keep_draft(secretary)
    secretary.send("talks:write", text=TEXT)
    secretary.says_nothing_of(TEXT)

    deputy.go("home:home")
    assert talk in deputy.links_to("talks:talk")
    deputy.go(talk)
    deputy.go(deputy.links_to("talks:record")[0])
    deputy.says(TEXT)
    deputy.send("talks:confirm")
    deputy.says("已确认")

    secretary.go(talk)
    secretary.says("已确认", NAMES[DEPUTY])
    assert cell(secretary, duty) != before
    assert "confirmed" in cell(secretary, duty)
    organiser = visit(ORGANISER)
    organiser.go(talk)
    organiser.says_nothing_of(TEXT)
    assert not organiser.may_open(f"{talk}record/")
    assert not visit(MEMBER).may_open(talk)


def keep_draft(visitor: Visitor) -> None:
    """What is typed is kept, sealed, without a button, and is there after coming back."""
    with visitor.page.expect_response(lambda answer: answer.url.endswith("/draft/")) as kept:
        visitor.fill("talks:write", text=TEXT[:9])
        visitor.page.locator('textarea[name="text"]').press("End")
        visitor.page.keyboard.type("……")
    assert kept.value.status == 200
    write = visitor.path
    visitor.go("home:home")
    visitor.go(write)
    assert TEXT[:9] in visitor.page.locator('textarea[name="text"]').input_value()
