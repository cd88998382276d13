"""What the retired and those without an account say comes in through somebody else."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from appraisal_steps import declared
from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import OpinionForbidden
from tanxin.apps.appraisal.collecting import opinions, span_of
from tanxin.apps.appraisal.models import Opinion
from tanxin.apps.appraisal.reading.opinions import entered_by
from tanxin.apps.appraisal.refusals import (
    EntersForOwnUnit,
    SaidAlready,
    SaidInTheFuture,
    SpeaksForHimself,
)
from tanxin.apps.appraisal.services.entering import Told
from tanxin.apps.org.access import PersonNotFound
from tanxin.core.access import Role
from tanxin.core.appraisal import DEFAULT
from tanxin.core.echoes import EchoAnswer

WORDS = "来家里看过两回，医药费的事办了"
TODAY = timezone.localdate()


@pytest.fixture
def elders(staffed):
    names = [f"elder{number}" for number in range(6)]
    for name in names:
        staffed.person(name, name)
    return names


def enter(world, person, answer=EchoAnswer.YES, *, by="dora", unit="planning", **more):
    told = Told(
        world.units[unit], world.people[person], answer, WORDS, "visit",
        more.pop("said_on", TODAY), more.pop("present", None),
    )  # fmt: skip
    return services.enter_opinion(world.actor(by), told, today=TODAY, at=timezone.now())


def sums(world):
    found = opinions(span_of(world.realm_id, TODAY.year, TODAY, DEFAULT))
    return found.get(world.units["planning"])


def test_how_and_through_whom_it_came_stays_with_it_and_the_words_are_sealed(staffed, elders):
    row = enter(staffed, "elder0")

    assert (row.way, row.said_on, row.entered_by_id) == ("visit", TODAY, staffed.dora)
    assert "医药费".encode() not in bytes(row.said_sealed)
    assert entered_by(staffed.actor("dora")) == [(row, EchoAnswer.YES, WORDS)]
    assert entered_by(staffed.actor("sol")) == []


def test_fewer_than_five_count_nowhere_nor_do_five_of_one_mind(staffed, elders):
    for name in elders[:4]:
        enter(staffed, name)
    assert sums(staffed) is None
    enter(staffed, elders[4])
    assert sums(staffed) is None
    enter(staffed, elders[5], EchoAnswer.PARTLY)
    assert sums(staffed) == (5, 1, 0)


def test_who_can_answer_himself_is_not_spoken_for(staffed, elders):
    with pytest.raises(SpeaksForHimself):
        enter(staffed, "cleo")
    staffed.state("cleo", "retired")
    assert enter(staffed, "cleo").person_id == staffed.cleo


def test_who_was_there_is_somebody_of_the_organisation(staffed, elders):
    with pytest.raises(PersonNotFound):
        enter(staffed, "elder0", present=uuid4())
    assert enter(staffed, "elder0", present=staffed.ben).present_id == staffed.ben


def test_once_a_year_and_not_ahead_of_time(staffed, elders):
    enter(staffed, "elder0")
    with pytest.raises(SaidAlready):
        enter(staffed, "elder0", EchoAnswer.NO)
    with pytest.raises(SaidInTheFuture):
        enter(staffed, "elder1", said_on=TODAY + timedelta(days=1))
    assert Opinion.objects.count() == 1


def test_nobody_enters_what_is_said_of_his_own_unit(staffed, elders):
    staffed.entrust("emil", Role.ORGANISER)
    with pytest.raises(EntersForOwnUnit):
        enter(staffed, "elder0", by="emil")
    with pytest.raises(OpinionForbidden):
        enter(staffed, "elder0", by="sol")
    row = enter(staffed, "elder0")
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=row.pk).update(entered_by=row.person_id)


def test_it_counts_in_the_result_of_the_unit(staffed, elders):
    declared(staffed, since=TODAY.year)
    for name in elders:
        enter(staffed, name, EchoAnswer.NO if name == "elder3" else EchoAnswer.YES)

    assert sums(staffed) == (5, 0, 1)
