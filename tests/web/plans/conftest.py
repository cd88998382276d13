"""A year's plan of the small world, on days that lie ahead whenever the tests run."""

from datetime import date

import pytest
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.plans import services
from tanxin.apps.plans.models import PlannedTalk

YEAR = timezone.localdate().year + 1
MARCH = {"opens": date(YEAR, 3, 1), "due": date(YEAR, 3, 31)}


def working_days_of_march():
    days = (date(YEAR, 3, number) for number in range(8, 20))
    return [day for day in days if day.weekday() < 5]


@pytest.fixture
def owed(world):
    def make(initiator="ada", subject="ben", unit="planning", **more):
        return duty_of(world, initiator, subject, unit_id=world.units[unit], **{**MARCH, **more})

    return make


@pytest.fixture
def propose(world):
    def run(unit="commission", by="dora", **more):
        return services.propose_plan(
            world.actor(by), world.units[unit], first=date(YEAR, 1, 1), last=date(YEAR, 12, 31),
            today=timezone.localdate(), at=timezone.now(), **more,
        )  # fmt: skip

    return run


@pytest.fixture
def plan(owed, propose):
    """Ada with Ben and with Cleo, Emil with Cleo, and Ben with Cleo for a private reason."""
    owed()
    owed("ada", "cleo", unit="centre")
    owed("emil", "cleo", unit="centre")
    owed("ben", "cleo", sensitive=True, kind="care")
    return propose()


@pytest.fixture
def planned(world, plan):
    """``planned("ada", "ben")``"""

    def find(initiator="ada", subject="ben"):
        return PlannedTalk.objects.get(
            initiator=world.people[initiator], duties__duty__subject=world.people[subject]
        )

    return find


@pytest.fixture
def page(client_of):
    def get(url, who="dora", status=200, **query):
        answer = client_of(who).get(url, query) if query else client_of(who).get(url)
        assert answer.status_code == status, answer.content.decode()[:500]
        return answer.content.decode()

    return get
