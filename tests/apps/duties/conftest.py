"""Duties of the small world: packs in force since the year began, derived on its today."""

from datetime import date

import pytest
from django.utils import timezone

from tanxin.apps.duties import services
from tanxin.packs import NATIONAL, THREE_MUSTS
from world import TODAY

THIS_YEAR = date(2026, 1, 1)


@pytest.fixture
def adopt(world):
    """``adopt()`` puts the national minimum and the three musts in force."""

    def put(*names, start=THIS_YEAR):
        return services.put_shipped_in_force(
            world.founder, names or (NATIONAL, THREE_MUSTS), start=start, at=timezone.now()
        )

    return put


@pytest.fixture
def derive(world):
    def run(*, today=TODAY, scope=None, reason="test"):
        return services.derive_realm(
            world.founder,
            world.realm_id,
            today=today,
            at=timezone.now(),
            scope=scope,
            reason=reason,
        )

    return run


@pytest.fixture
def owed(adopt, derive):
    """The world's duties, derived."""
    adopt()
    return derive()
