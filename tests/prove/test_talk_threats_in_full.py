"""T04, T21 and T30 at full size, with their figures."""

import pytest

from login_steps import PASSWORD
from talk_threats import cookies_that_live_on, late_entries, parts_read_by_others

pytestmark = pytest.mark.prove


def test_five_hundred_entries_bear_the_label_if_and_only_if_they_come_late(world, capsys):
    found = late_entries(world, 500, seed=20261123)

    with capsys.disabled():
        print(f"\nT04: {found}")
    assert found.refused_without_reason == found.labelled == found.late > 0
    assert found.wrongly_labelled == found.dated_back == 0


def test_two_hundred_logins_leave_no_cookie_that_lives_on(world, capsys):
    world.person("fay", "方一")
    world.account("fay", password=PASSWORD, handle="fay")
    found = cookies_that_live_on(world, "fay", 200)

    with capsys.disabled():
        print(f"\nT21: of 200 logins {found}")
    assert not any(found.values())


def test_of_twelve_in_a_group_nobody_reads_anothers_part(world, capsys):
    names = [f"p{number}" for number in range(12)]
    for name in names:
        world.person(name)
        world.account(name)
    pairs, seen = parts_read_by_others(world, names)

    with capsys.disabled():
        print(f"\nT30: {pairs} pairs, {seen} parts of others seen")
    assert (pairs, seen) == (132, 0)
