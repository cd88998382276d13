"""Somebody's post ends in mid-course: what was agreed goes on with his successor, asked for anew."""

from e2e.browsing import Visitor
from e2e.pages import ASSISTANT, DEPUTY, MEMBER
from e2e.people import NAMES, find_partner, moment

TEXT = "接手后第一次谈：前任答应的调休已核对，下月起执行。"


def hand_over(giver: Visitor, successor: str) -> str:
    giver.go("access:handovers")
    form = giver.fill("access:handovers", find=NAMES[successor])
    giver.press(form.locator('[name="looking"]'))
    giver.send("access:handovers", person=NAMES[successor])
    assert giver.view == "access:handover"
    return giver.path


def test_a_talk_that_was_agreed_goes_on_with_the_successor(visit):
    giver, taker, member = visit(ASSISTANT), visit(DEPUTY), visit(MEMBER)
    find_partner(giver, MEMBER)
    giver.send("talks:new", planned_for=moment(days=3), channel="face")
    talk = giver.path
    member.go(talk)
    member.send("talks:agree")

    handover = hand_over(giver, DEPUTY)
    taker.go("access:handovers")
    assert handover in taker.links_to("access:handover")
    assert not taker.may_open(talk)
    taker.go(handover)
    taker.send("access:sign")
    giver.go(handover)
    giver.send("access:sign")
    assert not giver.may_open(f"{talk}write/")

    member.go(talk)
    member.says(NAMES[DEPUTY])
    member.send("talks:agree")
    taker.go(talk)
    taker.send("talks:hold", held_at=moment(minutes=-20))
    taker.go(taker.links_to("talks:write")[0])
    taker.send("talks:write", unclassified=True, text=TEXT)
    member.go(talk)
    member.go(member.links_to("talks:record")[0])
    member.says(TEXT)
    member.send("talks:confirm")
    member.says("已确认")
    assert not giver.may_open(f"{talk}record/")
