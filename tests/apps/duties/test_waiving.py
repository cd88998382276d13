from datetime import UTC, date, datetime

import pytest

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.duties.access import DutyNotFound
from tanxin.apps.duties.models import Duty, Waiver
from tanxin.apps.duties.waiving import (
    WaiverForbidden,
    WaiverNeedsAnother,
    WaiverNeedsReason,
    waive_duty,
    waiver_reason,
)
from tanxin.core.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def duty(owed, world):
    mine = Duty.objects.filter(subject=world.ben, state="open").exclude(initiator=world.dora)
    return mine.order_by("pk").first()


def waive(world, duty, *, actor=None, reason="产假", approved_by=None):
    return waive_duty(
        actor or world.actor("dora"), duty.pk, reason=reason,
        approved_by=approved_by or world.cleo, approved_on=date(2026, 11, 20), at=AT,
    )  # fmt: skip


def test_a_duty_is_waived_with_reason_and_approver_and_stays_so(world, duty, derive):
    waive(world, duty)

    duty.refresh_from_db()
    assert duty.state == "waived"
    assert waiver_reason(world.actor("dora"), duty.pk) == "产假"
    assert "产假".encode() not in bytes(Waiver.objects.get().reason_sealed)
    assert AuditLeaf.objects.filter(event="duty.waived", subject_id=duty.pk).exists()
    derive()
    duty.refresh_from_db()
    assert duty.state == "waived"


def test_it_needs_a_reason_and_somebody_else(world, duty):
    with pytest.raises(WaiverNeedsReason):
        waive(world, duty, reason=" ")
    for nobody in ("dora", "ben"):
        with pytest.raises(WaiverNeedsAnother):
            waive(world, duty, approved_by=world.people[nobody])
    with pytest.raises(WaiverNeedsAnother):
        waive(world, duty, approved_by=duty.pk)

    duty.refresh_from_db()
    assert duty.state == "open"
    assert not Waiver.objects.exists()


def test_nobody_waives_what_he_owes_and_a_stranger_finds_nothing(world, duty):
    with pytest.raises(WaiverForbidden):
        waive(world, duty, actor=world.actor("ben"))
    with pytest.raises(DutyNotFound):
        waive(world, duty, actor=world.actor("cleo"))

    assert not Waiver.objects.exists()


def test_what_is_met_or_waived_already_is_not_waived(world, duty):
    waive(world, duty)

    with pytest.raises(IllegalMove):
        waive(world, duty)


def test_what_was_never_waived_has_no_reason(world, duty):
    assert waiver_reason(world.actor("dora"), duty.pk) == ""
