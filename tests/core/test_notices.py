from datetime import date, datetime, timedelta

import pytest

from tanxin.core.calendar import WorkCalendar
from tanxin.core.notices import TRY_AGAIN, Wait, hours_begun, marks, may_send, news, next_try

AT = datetime(2026, 11, 23, 9, 0)


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (datetime(2026, 11, 23, 8, 29), False),
        (datetime(2026, 11, 23, 8, 30), True),
        (datetime(2026, 11, 23, 17, 59), True),
        (datetime(2026, 11, 23, 18, 0), False),
        (datetime(2026, 11, 22, 10, 0), False),
        (datetime(2026, 10, 1, 10, 0), False),
        (datetime(2026, 10, 10, 10, 0), True),
    ],
    ids=["early", "begins", "last minute", "evening", "sunday", "holiday", "worked saturday"],
)
def test_messages_leave_in_office_hours_of_working_days_alone(moment, allowed):
    assert may_send(moment, WorkCalendar()) is allowed


@pytest.mark.parametrize(
    ("waits", "told", "fresh"),
    [([], [], []), (["a"], [], ["a"]), (["a"], ["a", "b"], []), (["a", "c"], ["a"], ["c"])],
)
def test_only_what_no_message_stood_for_is_news(waits, told, fresh):
    assert news(waits, told) == fresh


def test_who_wants_to_be_left_in_peace_is_told_of_what_he_owes_and_is_late():
    waits = [Wait("b", late=True), Wait("a")]

    assert marks(waits) == ["a", "b"]
    assert marks(waits, only_late=True) == ["b"]


def test_the_first_hour_begins_with_the_office():
    assert hours_begun(AT.replace(hour=8, minute=29)) == []
    assert hours_begun(AT.replace(hour=8, minute=30)) == [8]
    assert hours_begun(AT.replace(hour=10, minute=1)) == [8, 9, 10]


def test_a_failed_message_is_tried_again_ever_later_and_then_given_up():
    times = [next_try(tries, AT) for tries in range(1, len(TRY_AGAIN) + 2)]

    assert times[-1] is None
    assert times[:-1] == sorted(AT + wait for wait in TRY_AGAIN)
    assert times[-2] - AT <= timedelta(hours=4)
    assert AT.date() == date(2026, 11, 23)
