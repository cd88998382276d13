"""Duties of the small world and a plan laid over them; every day is given, none is asked for."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.plans import services
from tanxin.apps.plans.models import PlannedTalk

YEAR = date(2027, 1, 1), date(2027, 12, 31)
TODAY = date(2026, 12, 14)


@pytest.fixture
def owed(world):
    """``owed("ada", "ben", opens=…, due=…)`` is a duty that counts in the planning department."""

    def make(initiator="ada", subject="ben", unit="planning", **more):
        times = {"opens": YEAR[0], "due": YEAR[1]} | more
        return duty_of(world, initiator, subject, unit_id=world.units[unit], **times)

    return make


@pytest.fixture
def propose(world):
    def run(by="dora", unit="commission", *, first=YEAR[0], last=YEAR[1], today=TODAY, **limits):
        return services.propose_plan(
            world.actor(by), world.units[unit], first=first, last=last, today=today,
            at=timezone.now(), **limits,
        )  # fmt: skip

    return run


@pytest.fixture
def approve(world):
    def run(plan, by="ada", today=TODAY):
        return services.approve_plan(world.actor(by), plan.pk, today=today, at=timezone.now())

    return run


@pytest.fixture
def move(world):
    def run(planned, day, by="dora", today=TODAY):
        return services.move_planned(
            world.actor(by), planned.pk, day, today=today, at=timezone.now()
        )

    return run


@pytest.fixture
def rows():
    return lambda plan: list(PlannedTalk.objects.filter(plan=plan.pk).order_by("day", "due", "pk"))
