"""Small; at full size in ``tests/prove``."""

from login_steps import PASSWORD
from talk_threats import cookies_that_live_on, late_entries, parts_read_by_others


def test_every_late_entry_bears_its_label_for_good_and_no_other_does(world):
    found = late_entries(world, 14, seed=4)

    assert found.late > 0 < found.in_time
    assert found.refused_without_reason == found.labelled == found.late
    assert found.wrongly_labelled == found.dated_back == 0


def test_no_cookie_from_before_the_login_or_after_the_logout_opens_anything(world):
    world.person("fay", "方一")
    world.account("fay", password=PASSWORD, handle="fay")

    assert cookies_that_live_on(world, "fay", 3) == {
        "laid before": 0, "kept over": 0, "key kept": 0,
    }  # fmt: skip


def test_no_member_of_a_group_reads_what_another_said_alone(world):
    pairs, seen = parts_read_by_others(world, ("ben", "cleo", "emil"))

    assert (pairs, seen) == (6, 0)
