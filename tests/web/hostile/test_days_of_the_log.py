"""A day at the end of time, asked of the log, counts as none."""

import pytest
from django.urls import reverse

from tanxin.core.access import Role


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_log_answers_for_days_that_have_no_moment(world, day):
    world.entrust("cleo", Role.AUDITOR)

    assert world.client("cleo").get(reverse("audit:log"), {"day": day}).status_code == 200
