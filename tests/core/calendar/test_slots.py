import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.calendar import OFFICE_HOURS, WorkCalendar, free_starts, quarters, starts

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar()
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(
    lambda moment: moment.replace(tzinfo=ZONE)
)
minutes = st.integers(5, 180)
QUARTER = timedelta(minutes=15)


@given(moments, minutes)
def test_quarters_cover_the_whole_talk_and_nothing_they_do_not_touch(begins, lasts):
    found = quarters(begins, lasts)
    ends = begins + timedelta(minutes=lasts)

    assert found[0] <= begins < found[0] + QUARTER
    assert found[-1] < ends <= found[-1] + QUARTER
    assert all(b - a == QUARTER for a, b in itertools.pairwise(found))


@given(moments, minutes, moments, minutes)
def test_two_talks_share_a_quarter_whenever_they_overlap(one, lasts, other, long):
    overlap = one < other + timedelta(minutes=long) and other < one + timedelta(minutes=lasts)

    assert not overlap or set(quarters(one, lasts)) & set(quarters(other, long))


@given(moments, st.sets(st.integers(0, 400)), st.sampled_from([15, 30, 60, 90]))
def test_what_is_offered_is_free_in_office_hours_of_a_working_day(since, taken, lasts):
    first = since.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    busy = {first + QUARTER * n for n in taken}

    for begins in free_starts(busy, CALENDAR, ZONE, since=since, minutes=lasts):
        ends = begins + timedelta(minutes=lasts)
        assert begins >= since
        assert CALENDAR.is_working_day(begins.date())
        assert any(a <= begins.time() and ends.time() <= b for a, b in OFFICE_HOURS)
        assert not busy & set(quarters(begins, lasts))


def test_a_festival_is_passed_over():
    eve = datetime(2026, 9, 30, 17, tzinfo=ZONE)

    assert next(free_starts(set(), CALENDAR, ZONE, since=eve, minutes=30)).date() == date(
        2026, 9, 30
    )
    assert next(free_starts(set(), CALENDAR, ZONE, since=eve, minutes=60)).date() == date(
        2026, 10, 8
    )


def test_the_last_slot_still_ends_in_time():
    opens, closes = datetime(2026, 3, 2, 9, tzinfo=ZONE), datetime(2026, 3, 2, 10, tzinfo=ZONE)
    every = timedelta(minutes=20)

    assert [one.minute for one in starts(opens, closes, 20, every)] == [0, 20, 40]
    assert list(starts(opens, closes, 90)) == []
