"""Asking for an exemption with a reason; somebody else approves or refuses."""

from datetime import UTC, datetime

import pytest

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties import exempting
from tanxin.apps.duties.access import DutyForbidden, DutyNotFound
from tanxin.apps.duties.deciding import (
    DecidedAlready,
    DecisionForbidden,
    ReasonMissing,
    RequestNotFound,
)
from tanxin.apps.duties.models import Duty, Waiver, WaiverRequest
from tanxin.apps.duties.waiving import waiver_reason
from tanxin.apps.org import authorities
from tanxin.core.lifecycle import IllegalMove
from world import TODAY

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WHEN = {"on": TODAY, "at": AT}


@pytest.fixture
def duty(owed, world):
    """Emil owes Ben a talk; Ada leads the house."""
    return Duty.objects.filter(initiator=world.emil, subject=world.ben).earliest("pk")


def ask(world, duty, name="emil", reason="援派一年"):
    return exempting.ask_waiver(world.actor(name), duty.pk, reason=reason, **WHEN)


def test_what_was_asked_for_is_still_owed_until_it_is_approved(world, duty, derive):
    row = ask(world, duty)
    duty.refresh_from_db()
    assert duty.state == "open"
    assert [one.pk for one in exempting.waivers_to_decide(world.actor("ada"), on=TODAY)] == [row.pk]
    assert "援派一年".encode() not in bytes(WaiverRequest.objects.get().reason_sealed)

    exempting.approve_waiver(world.actor("ada"), row.pk, **WHEN)

    duty.refresh_from_db()
    assert duty.state == "waived"
    waiver = Waiver.objects.get()
    assert (waiver.recorded_by_id, waiver.approved_by_id) == (world.emil, world.ada)
    assert waiver_reason(world.actor("emil"), duty.pk) == "援派一年"
    assert exempting.waivers_to_decide(world.actor("ada"), on=TODAY) == []
    derive()
    duty.refresh_from_db()
    assert duty.state == "waived"
    leaves = AuditLeaf.objects.filter(event__in=["waiver.asked", "waiver.approved", "duty.waived"])
    assert leaves.count() == 3


def test_who_heads_the_unit_that_manages_somebody_decides(world, duty):
    """The organisation department, beside the line that the duty counts in."""
    world.person("olga", "欧佳")
    world.post("干部处处长", "centre", "head")
    world.holds("olga", "干部处处长")
    world.account("olga")
    row = ask(world, duty)
    assert exempting.waivers_to_decide(world.actor("olga"), on=TODAY) == []
    with pytest.raises(RequestNotFound):
        exempting.approve_waiver(world.actor("olga"), row.pk, **WHEN)

    authorities.record_authority(
        world.actor("dora"), unit_id=world.units["centre"], over_id=world.units["commission"],
        rank="", start=None, source="干部管理权限表", at=AT,
    )  # fmt: skip

    assert [one.pk for one in exempting.waivers_to_decide(world.actor("olga"), on=TODAY)] == [
        row.pk
    ]
    assert exempting.approve_waiver(world.actor("olga"), row.pk, **WHEN).verdict == "approved"


def test_refusing_needs_a_reason_which_the_asker_reads(world, duty):
    row = ask(world, duty)
    with pytest.raises(ReasonMissing):
        exempting.refuse_waiver(world.actor("ada"), row.pk, answer=" ", **WHEN)

    exempting.refuse_waiver(world.actor("ada"), row.pk, answer="可以视频谈", **WHEN)

    row.refresh_from_db()
    assert exempting.waiver_words(row) == ("援派一年", "可以视频谈")
    duty.refresh_from_db()
    assert duty.state == "open"
    assert not Waiver.objects.exists()
    ask(world, duty, reason="确实无法安排")


def test_nobody_decides_what_he_asked_for_or_is_a_side_of(world, duty):
    row = ask(world, duty)
    with pytest.raises(DecisionForbidden):
        exempting.approve_waiver(world.actor("emil"), row.pk, **WHEN)
    for name in ("ben", "cleo"):
        with pytest.raises(RequestNotFound):
            exempting.approve_waiver(world.actor(name), row.pk, **WHEN)
    exempting.withdraw_waiver(world.actor("emil"), row.pk, **WHEN)
    own = ask(world, duty, "dora")
    with pytest.raises(DecisionForbidden):
        exempting.approve_waiver(world.actor("dora"), own.pk, **WHEN)

    duty.refresh_from_db()
    assert duty.state == "open"


def test_only_who_owes_it_and_organisers_ask(world, duty):
    with pytest.raises(DutyForbidden):
        ask(world, duty, "ben")
    with pytest.raises(DutyNotFound):
        ask(world, duty, "cleo")

    assert not WaiverRequest.objects.exists()


def test_it_is_asked_once_and_decided_once(world, duty):
    row = ask(world, duty)
    with pytest.raises(exempting.WaiverAskedAlready):
        ask(world, duty, "dora")
    exempting.approve_waiver(world.actor("ada"), row.pk, **WHEN)
    with pytest.raises(DecidedAlready):
        exempting.approve_waiver(world.actor("dora"), row.pk, **WHEN)
    with pytest.raises(DecidedAlready):
        exempting.withdraw_waiver(world.actor("emil"), row.pk, **WHEN)
    with pytest.raises(IllegalMove):
        ask(world, duty)

    assert Waiver.objects.count() == 1


def test_what_was_held_in_the_meantime_is_not_waived(world, duty):
    row = ask(world, duty)
    Duty.objects.filter(pk=duty.pk).update(state="met", met_on=TODAY)

    with pytest.raises(IllegalMove):
        exempting.approve_waiver(world.actor("ada"), row.pk, **WHEN)

    row.refresh_from_db()
    assert row.verdict == ""
    assert not Waiver.objects.exists()


def test_whoever_works_under_one_of_them_is_not_asked(owed, world):
    """Who heads a unit under the leader that asks is not free to say no; an organiser decides."""
    duty = Duty.objects.filter(initiator=world.ada).exclude(subject=None).earliest("pk")
    row = ask(world, duty, name="ada")

    assert [one.pk for one in exempting.waivers_to_decide(world.actor("dora"), on=TODAY)] == [
        row.pk
    ]
    for name in ("ben", "emil", "cleo"):
        actor = world.actor(name)
        assert exempting.waivers_to_decide(actor, on=TODAY) == []
        with pytest.raises((DecisionForbidden, DutyForbidden, DutyNotFound, RequestNotFound)):
            exempting.approve_waiver(actor, row.pk, **WHEN)
    duty.refresh_from_db()
    assert duty.state == "open"
