"""From what is owed to what is confirmed, and the pair matrix that shows it."""

from urllib.parse import urlsplit

import pytest

from e2e.browsing import Visitor
from e2e.pages import DEPUTY, HEAD, MEMBER, ORGANISER, SECRETARY
from e2e.people import NAMES, find_partner, moment

TEXT = "交换了班子分工的意见，约定月底前对接年度重点项目。"
CONFIRMED = "已谈并确认"
PLACE = "三楼小会议室"


def open_duty_with(visitor: Visitor, handle: str) -> str:
    """The first open duty of the visitor's towards one of the five."""
    visitor.go("duties:mine")
    return visitor.links_to("duties:duty", saying=NAMES[handle])[0]


def arranged(leader: Visitor, other: Visitor, duty: str) -> str:
    """The talk that is arranged for a duty already, or the one that is proposed for it now."""
    leader.go(duty)
    talks = leader.links_to("talks:talk")
    if talks:
        return talks[0]
    leader.go(leader.links_to("talks:new")[0])
    return propose(leader, other)


def propose(leader: Visitor, other: Visitor) -> str:
    leader.send("talks:new", planned_for=moment(days=1), channel="face", place=PLACE)
    talk = leader.path
    leader.says(PLACE)

    other.go("home:home")
    assert talk in other.links_to("talks:talk")
    other.go(talk)
    other.send("talks:agree")
    other.says("已约定")
    return talk


def cell(visitor: Visitor, duty: str) -> str:
    """How the matrix of the duty's team and rule shows it."""
    visitor.go(duty)
    rule = visitor.links_to("rules:rule")[0].rstrip("/").rsplit("/", 1)[-1]
    visitor.go("duties:mine")
    for path in dict.fromkeys(visitor.links_to("duties:matrix")):
        visitor.go(urlsplit(path).path, query=f"rule={rule}")
        said = visitor.page.locator("main li[id]", has=visitor.page.locator(f'[href*="{duty}"]'))
        if said.count():
            pair = said.first.get_attribute("id")
            return visitor.page.locator(f'.matrix a[href$="#{pair}"]').first.inner_text()
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


def test_a_confirmed_talk_changes_the_pair_matrix(visit):
    secretary, deputy = visit(SECRETARY), visit(DEPUTY)
    duty = open_duty_with(secretary, DEPUTY)
    assert CONFIRMED not in cell(secretary, duty)

    walk(visit, secretary, deputy, arranged(secretary, deputy, duty))

    assert CONFIRMED in cell(secretary, duty)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_talk_is_proposed_held_recorded_and_confirmed(visit, script):
    deputy, head = visit(DEPUTY, script=script), visit(HEAD, script=script)
    find_partner(deputy, HEAD)

    walk(visit, deputy, head, propose(deputy, head))


def walk(visit, leader: Visitor, other: Visitor, talk: str) -> None:
    """Hold, write, read and confirm; then ask what the others see."""
    leader.go(talk)
    leader.send("talks:hold", held_at=moment(minutes=-30))
    leader.go(leader.links_to("talks:write")[0])
    if leader.has_script:
        keep_draft(leader)
    leader.send("talks:write", unclassified=True, text=TEXT)
    leader.says_nothing_of(TEXT)

    other.go("home:home")
    assert talk in other.links_to("talks:talk")
    other.go(talk)
    other.go(other.links_to("talks:record")[0])
    other.says(TEXT)
    other.send("talks:confirm")
    other.says("已确认")

    leader.go(talk)
    leader.says("已确认")
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
