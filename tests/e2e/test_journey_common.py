"""What many raised becomes a collective talk; nobody is shown who they are."""

from e2e.pages import DEPUTY, ORGANISER, SECRETARY
from e2e.people import NAMES, moment

LAST_FIVE = "one => one.tomselect.setValue(Object.keys(one.tomselect.options).slice(-5))"
OUTLINE = "先说来意，不问是谁提的。"


def test_a_common_issue_becomes_a_collective_talk(visit):
    organiser = visit(ORGANISER)
    organiser.go("home:home")
    organiser.go(organiser.links_to("common:common")[0])
    common = organiser.path
    organiser.says("五人以上")
    assert not visit(DEPUTY).may_open(common)
    organiser.send("common:take_up", way="talk", leader=NAMES[SECRETARY])
    organiser.says(NAMES[SECRETARY])

    leader = visit(SECRETARY)
    leader.go("home:home")
    assert common in leader.links_to("common:common")
    leader.go(common)
    leader.go(leader.links_to("common:plan")[0])
    assert "今天不问是谁提的" in leader.page.locator('textarea[name="outline"]').input_value()
    leader.page.wait_for_selector(".ts-control")
    leader.page.locator('select[name="people"]').evaluate(LAST_FIVE)
    leader.send("common:plan", planned_for=moment(days=12), place="大会议室", outline=OUTLINE)
    assert leader.view == "talks:group"
    group = leader.path
    leader.go(common)
    assert group in leader.links_to("talks:group")
    assert not organiser.may_open(f"{common}plan/")
