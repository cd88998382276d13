"""What somebody who has gone left open: proposed by an organiser, signed, approved by who heads it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from issue_builders import MEASURE, WORDING, held_talk, issue_in
from talk_steps import agreed, events_about, recorded
from tanxin.apps.issues.access import IssueNotFound, issue_for
from tanxin.apps.issues.handing import Handover
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.services import handing_for_another as handing
from tanxin.apps.issues.services.handing_over import (
    HandoverIsOpen,
    HandoverNotFound,
    HandoverToOneself,
    NotSignedYet,
    hand_over,
    take_over,
)
from tanxin.apps.org import services as org
from tanxin.apps.org.models import Charge
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Permission, Role

TODAY = timezone.localdate()


def leave(world, name):
    org.leave_realm(world.founder, world.people[name], on=TODAY, at=timezone.now())


def propose(world, giver="emil", taker="cleo", by="dora"):
    return handing.propose_successor(
        world.actor(by), world.people[giver], world.people[taker], on=TODAY, at=timezone.now()
    )


def approve(world, row, by="ada"):
    return handing.approve_handover(world.actor(by), row.pk, on=TODAY, at=timezone.now())


def waiting(world, by="dora"):
    found = handing.waiting_for_nobody(world.actor(by), on=TODAY)
    names = {person: name for name, person in world.people.items()}
    return {names[person]: sorted(line.kind for line in lines) for person, lines in found.items()}


@pytest.fixture
def left(world):
    """Emil led a planned talk and an issue, owned a measure, and has left."""
    world.planned = agreed_by_emil(world)
    world.old = recorded(world)
    world.measure = issue_in(world, "assigned", talk=held_talk(world))
    world.led = issue_in(world, "raised", talk=held_talk(world))
    Issue.objects.filter(pk=world.led).update(led_by=world.emil, waiting_for=world.emil)
    leave(world, "emil")
    return world


def agreed_by_emil(world):
    talk = agreed(world)
    Talk.objects.filter(pk=talk.pk).update(initiator=world.emil)
    return talk


def test_it_is_shown_to_an_organiser_and_to_nobody_else(left):
    assert waiting(left) == {"emil": ["issue", "measure", "talk"]}
    for name in ("ada", "ben", "cleo"):
        with pytest.raises(handing.WatchingForbidden):
            waiting(left, name)
        with pytest.raises(handing.WatchingForbidden):
            propose(left, by=name)


def test_who_is_still_there_hands_over_himself(world):
    agreed(world)

    assert waiting(world) == {}
    with pytest.raises(handing.NothingIsOpen):
        propose(world, giver="ada")


def test_what_a_charge_that_ended_left_waits_for_nobody_either(world):
    talk = agreed_by_emil(world)
    Talk.objects.filter(pk=talk.pk).update(led_since=timezone.now() - timedelta(days=30))
    assert waiting(world) == {}

    for row in Charge.objects.filter(person=world.emil):
        org.end_fact(world.founder, Charge, row.pk, end=TODAY, at=timezone.now())

    assert waiting(world) == {"emil": ["talk"]}


def test_it_moves_when_the_successor_and_then_the_head_of_the_unit_have_signed(left):
    row = propose(left)
    with pytest.raises(NotSignedYet):
        approve(left, row)
    assert waiting(left) == {"emil": ["issue", "measure", "talk"]}

    take_over(left.actor("cleo"), row.pk, at=timezone.now())
    done = approve(left, row)

    assert {(item.kind, item.moved) for item in done.items.all()} == {
        ("talk", True), ("issue", True), ("measure", True),
    }  # fmt: skip
    assert (done.proposed_by_id, done.approved_by_id) == (left.dora, left.ada)
    assert waiting(left) == {}
    left.planned.refresh_from_db()
    assert (left.planned.initiator_id, left.planned.state) == (left.cleo, "proposed")
    assert issue_for(left.actor("cleo"), left.led, Permission.ISSUE_ASSIGN)
    assert issue_for(left.actor("cleo"), left.measure, Permission.MEASURE_REPORT)
    assert {"handover.opened", "handover.signed", "handover.done"} <= set(events_about(done))


def test_no_text_comes_with_it(left):
    row = propose(left)
    take_over(left.actor("cleo"), row.pk, at=timezone.now())
    approve(left, row)
    cleo = left.client("cleo")

    for issue in (left.led, left.measure):
        page = cleo.get(reverse("issues:issue", args=[issue]))
        assert page.status_code == 200
        assert WORDING not in page.content.decode()
        assert MEASURE not in page.content.decode()
    assert cleo.get(reverse("talks:talk", args=[left.old.pk])).status_code == 404


@pytest.mark.parametrize("by", ["dora", "cleo", "ben"])
def test_neither_who_proposed_nor_the_successor_nor_anybody_else_approves(left, by):
    row = propose(left)
    take_over(left.actor("cleo"), row.pk, at=timezone.now())

    with pytest.raises(HandoverNotFound):
        approve(left, row, by)
    with pytest.raises(HandoverNotFound):
        hand_over(left.actor(by), row.pk, at=timezone.now())
    for third in (left.dora, left.cleo, left.emil):
        with pytest.raises(IntegrityError), transaction.atomic():
            Handover.objects.update(done_at=timezone.now(), approved_by=third)
    assert not Handover.objects.filter(done_at__isnull=False).exists()


def test_where_the_head_himself_went_the_rest_of_the_leadership_approves(world):
    agreed(world)
    leave(world, "ada")
    row = propose(world, giver="ada")
    take_over(world.actor("cleo"), row.pk, at=timezone.now())

    assert approve(world, row, "emil").done_at


def test_once_at_a_time_and_to_somebody_else(left):
    propose(left)

    with pytest.raises(HandoverIsOpen):
        propose(left)
    with pytest.raises(HandoverToOneself):
        propose(left, taker="emil")


def test_what_is_kept_from_an_organiser_or_a_head_is_not_there_for_them(left):
    left.entrust("cleo", Role.ORGANISER)
    for name in ("dora", "ada"):
        recuse_from_person(
            left.actor(name), left.people[name], left.ben, because="own", at=timezone.now()
        )

    assert waiting(left) == {}
    assert waiting(left, "cleo") == {"emil": ["issue", "measure", "talk"]}
    row = propose(left, taker="ben", by="cleo")
    with pytest.raises(HandoverNotFound):
        handing.handover_seen(left.actor("dora"), row.pk, on=TODAY)
    assert handing.who_may_approve(row, on=TODAY).isdisjoint({left.ada, left.dora})


def test_the_pages_lead_through_it(left):
    dora, cleo, ada = (left.client(name) for name in ("dora", "cleo", "ada"))
    start = reverse("access:handovers")
    form = reverse("access:successor", args=[left.emil])
    assert form in dora.get(start).content.decode()
    assert "无人接办" not in ada.get(start).content.decode()
    assert ada.get(form).status_code == 403
    assert dora.get(form).status_code == 200
    assert dora.post(form, {"person": str(left.emil)}).status_code == 422

    made = dora.post(form, {"person": str(left.cleo)})["Location"]
    sign = f"{made}sign/"
    assert "本明" in dora.get(made).content.decode()
    assert cleo.post(sign).status_code == 303
    assert made in ada.get(start).content.decode()
    assert made in ada.get(reverse("access:overview")).content.decode()
    shown = ada.get(made).content.decode()
    assert "同意移交：签字" in shown
    assert "本明" not in shown.split("约定的谈话")[-1]
    assert dora.post(sign).status_code == 404
    assert ada.post(sign).status_code == 303
    assert "安雅" in dora.get(made).content.decode()
    assert made not in ada.get(start).content.decode()
    with pytest.raises(IssueNotFound):
        issue_for(left.actor("dora"), left.led, Permission.ISSUE_VIEW)
