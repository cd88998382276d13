"""What is overdue is told once to whoever leads the one who owes it, and never what about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import duty_of, proposed
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.models import Measure
from tanxin.apps.notices.models import OverdueTold
from tanxin.apps.notices.selectors import overdue_lines, overdue_to_note
from tanxin.apps.notices.services import note_overdue, tell_overdue
from tanxin.apps.org.models import Person, Seat, Tenure
from tanxin.apps.org.trust import Recusal
from tanxin.core.access import Role

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


def tell(world):
    return tell_overdue(world.realm_id, today=TODAY, at=timezone.now())


def told(world, name, lines=overdue_lines):
    return [(one.what, one.owed_by, one.count) for one in lines(world.actor(name), today=TODAY)]


@pytest.fixture
def late(world):
    """Ben owes Cleo a talk; Ada leads him."""
    return duty_of(world, "ben", "cleo", due=YESTERDAY)


def test_who_leads_the_one_who_owes_it_is_told_once(world, late):
    assert (tell(world), tell(world)) == (1, 0)

    assert told(world, "ada") == [("duty", world.ben, 1)]
    assert told(world, "ben") == told(world, "cleo") == []
    assert AuditLeaf.objects.filter(event="overdue.told").count() == 1


def test_noted_it_is_no_longer_to_do_and_stays_until_it_is_done(world, late):
    tell(world)

    note_overdue(world.actor("ada"), today=TODAY, at=timezone.now())

    assert told(world, "ada", overdue_to_note) == []
    assert told(world, "ada") == [("duty", world.ben, 1)]
    late.state = "met"
    late.save()
    assert told(world, "ada") == []


def test_who_leads_no_longer_is_told_no_longer_and_his_successor_is(world, late):
    tell(world)
    note_overdue(world.actor("ada"), today=TODAY, at=timezone.now())
    Seat.objects.update(end=TODAY)
    Tenure.objects.filter(person=world.ada).update(end=TODAY)
    world.sits("emil", "leaders", "chief", start=TODAY)

    assert tell(world) == 0

    assert told(world, "ada") == []
    assert told(world, "emil", overdue_to_note) == [("duty", world.ben, 1)]


def test_who_has_proposed_a_time_is_not_told_of(world, late):
    proposed(world, "ben", "cleo", duty_ids=[late.pk])

    assert tell(world) == 0


def test_a_measure_that_was_not_reported_in_time_is_told_of_without_its_matter(world):
    issue = issue_in(world, "assigned")
    Measure.objects.filter(issue=issue).update(due=YESTERDAY)

    assert tell(world) == 1
    assert told(world, "ada") == [("measure", world.emil, 1)]


def test_where_nobody_leads_him_those_who_supervise_are_told(world):
    duty_of(world, "ada", "ben", due=YESTERDAY)
    world.entrust("emil", Role.SUPERVISOR)
    tell(world)

    assert told(world, "emil") == [("duty", world.ada, 1)]
    assert told(world, "dora") == []


def test_from_whom_the_talk_is_kept_is_told_nothing(world, late):
    Recusal.objects.create(
        realm_id=world.realm_id, excluded_id=world.ada, about_kind="person",
        about_id=world.cleo, because="wish", set_by_id=world.dora, set_at=timezone.now(),
    )  # fmt: skip
    tell(world)

    assert OverdueTold.objects.get().told_id is None
    assert told(world, "ada") == []
    assert Person.objects.filter(pk=world.ada).exists()
