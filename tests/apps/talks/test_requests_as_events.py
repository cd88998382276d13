"""Where a rule answers to requests, whoever asks for a talk is owed one by it, and nobody learns why."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import asked
from tanxin.apps.duties import services as duties
from tanxin.apps.duties.happenings import visible_events
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Event
from tanxin.apps.talks import services

pytestmark = pytest.mark.django_db


def derive(world):
    now, today = timezone.now(), timezone.localdate()
    duties.derive_realm(world.founder, world.realm_id, today=today, at=now, reason="test")
    return Duty.objects.filter(rule__rule="s67-1-reception", state="open")


@pytest.fixture
def answered(world):
    duties.put_shipped_in_force(
        world.founder, ("university",), start=date(2026, 1, 1), at=timezone.now()
    )


def test_a_request_leads_to_a_duty_of_who_receives_there(world, answered):
    request = asked(world, "cleo", "ada")

    event = Event.objects.get()
    assert (event.pk, event.person_id, event.kind) == (request.pk, world.cleo, "request")
    assert (event.unit_id, event.sensitive) == (world.units["commission"], True)
    duty = derive(world).get()
    assert (duty.initiator_id, duty.subject_id, duty.sensitive) == (world.ada, world.cleo, True)
    assert not visible_events(world.actor("emil")).exists()


def test_what_is_taken_back_is_no_longer_owed(world, answered):
    request = asked(world, "cleo", "ada")
    assert derive(world).exists()

    services.withdraw_request(world.actor("cleo"), request.pk, at=timezone.now())

    assert not derive(world).exists()
    assert Event.objects.get().voided_at


def test_where_no_rule_answers_to_requests_none_becomes_an_event(world):
    request = asked(world, "cleo", "ada")
    services.withdraw_request(world.actor("cleo"), request.pk, at=timezone.now())

    assert not Event.objects.exists()
