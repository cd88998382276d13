"""Duties of the small world by the shipped rules, for events that are registered and moved."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.apps.duties.models import Duty
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS


@pytest.fixture
def adopted(world):
    services.put_shipped_in_force(
        world.founder,
        (NATIONAL, THREE_MUSTS, DEMO_COMMISSION),
        start=date(2026, 1, 1),
        at=timezone.now(),
    )


@pytest.fixture
def derived(world, adopted) -> Callable[[], None]:
    """``derived()`` derives once the test has added its facts."""

    def run() -> None:
        today = timezone.localdate()
        services.derive_realm(
            world.founder, world.realm_id, today=today, at=timezone.now(), reason="test"
        )

    return run


@pytest.fixture
def of() -> Callable[[str], Duty]:
    """The first duty of a rule that still has to be held."""
    return lambda rule: Duty.objects.filter(rule__rule=rule).order_by("-due", "pk").first()
