"""What days and words say about an issue that is followed: marks, the effect, coming up again."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from tanxin.core.calendar import WorkCalendar

NEAR_WORKING_DAYS = 3
# The effect is asked for some weeks after the answer; who says nothing for as long, is silent.
EFFECT_AFTER = timedelta(days=28)
EFFECT_WITHIN = timedelta(days=28)
AGAIN_WITHIN = timedelta(days=365)


class Mark(StrEnum):
    """Red and yellow, each with its word; nothing while there is time."""

    NONE = ""
    NEAR = "near"
    LATE = "late"


class Effect(StrEnum):
    SOLVED = "solved"
    PARTLY = "partly"
    NOT = "not"


class Reply(StrEnum):
    """How it stands with one who is asked; ``SILENT`` is never taken for solved."""

    TO_COME = "to_come"
    ASKED = "asked"
    SILENT = "silent"
    SAID = "said"


_FROM_THE_WORST = (Effect.NOT, Effect.PARTLY, Effect.SOLVED)


def mark_of(due: date | None, today: date, calendar: WorkCalendar) -> Mark:
    """Yellow from three working days before; red from the day after it was due.

    >>> mark_of(date(2026, 3, 13), date(2026, 3, 10), WorkCalendar())
    <Mark.NEAR: 'near'>
    >>> mark_of(date(2026, 3, 16), date(2026, 3, 10), WorkCalendar())
    <Mark.NONE: ''>
    >>> mark_of(date(2026, 3, 9), date(2026, 3, 10), WorkCalendar())
    <Mark.LATE: 'late'>
    """
    if due is None:
        return Mark.NONE
    if due < today:
        return Mark.LATE
    return Mark.NEAR if calendar.working_days(today, due) <= NEAR_WORKING_DAYS else Mark.NONE


def worst(words: Iterable[str]) -> str:
    """The worst of what was said, empty where nobody said anything.

    >>> worst(["solved", "", "partly"])
    'partly'
    >>> worst(["", ""])
    ''
    """
    said = set(words)
    return next((word.value for word in _FROM_THE_WORST if word in said), "")


def reply_of(word: str, asked_on: date, today: date) -> Reply:
    """How it stands with whoever was asked on a day.

    >>> reply_of("", date(2026, 3, 10), date(2026, 4, 8))
    <Reply.SILENT: 'silent'>
    """
    if word:
        return Reply.SAID
    if today < asked_on:
        return Reply.TO_COME
    return Reply.ASKED if today <= asked_on + EFFECT_WITHIN else Reply.SILENT
