"""When records were entered: many in one sitting, all before a day that counts, mostly late."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from tanxin.core.oversight.facts import Found, Sign, TalkFact, Year, by_initiator

SITTING = timedelta(minutes=60)
FEWEST_IN_SITTING = 5
SPREAD = timedelta(days=14)
HURRIED = timedelta(days=7)
LOOKED_BACK = timedelta(days=181)
MOST_OF_THEM = 60
FEWEST = 5
FEWEST_LATE = 3
HALF = 50


def in_one_sitting(year: Year) -> Iterator[Found]:
    """Many records entered within an hour, of talks that lie weeks apart.

    Who writes down the talks of one week on its Friday is not meant.
    """
    for person, talks in by_initiator(year.talks).items():
        alone = [talk for talk in talks if talk.entered and not talk.group]
        for sitting in sittings(alone):
            held = [talk.held for talk in sitting]
            if len(sitting) >= FEWEST_IN_SITTING and max(held) - min(held) >= SPREAD:
                yield about(
                    Sign.BURST,
                    person,
                    sitting,
                    minutes=minutes(sitting),
                    days=(max(held) - min(held)).days,
                )


def sittings(talks: Sequence[TalkFact]) -> Iterator[list[TalkFact]]:
    """Cut where the first entry of a sitting lies more than an hour back."""
    sitting: list[TalkFact] = []
    for talk in sorted(talks, key=lambda one: (one.entered or one.held, one.id)):
        if sitting and entered(talk) - entered(sitting[0]) > SITTING.total_seconds():
            yield sitting
            sitting = []
        sitting.append(talk)
    if sitting:
        yield sitting


def before_days_that_count(year: Year) -> Iterator[Found]:
    """Most talks of half a year held in the week before a day that counts."""
    for person, talks in by_initiator(year.talks).items():
        for day in year.counted:
            whole = [talk for talk in talks if day - LOOKED_BACK < talk.held.date() <= day]
            last = [talk for talk in whole if day - HURRIED <= talk.held.date()]
            if len(last) >= FEWEST and 100 * len(last) >= MOST_OF_THEM * len(whole):
                yield about(Sign.RUSH, person, last, anchor=day.isoformat(), whole=len(whole))


def mostly_late(year: Year) -> Iterator[Found]:
    """Half or more of somebody's records of a half-year entered late; a single one is honest."""
    for person, talks in by_initiator(year.talks).items():
        for half, of_half in by_half(talks).items():
            late = [talk for talk in of_half if talk.late]
            if len(late) >= FEWEST_LATE and 100 * len(late) >= HALF * len(of_half):
                yield about(Sign.LATE, person, late, anchor=half, whole=len(of_half))


def by_half(talks: Sequence[TalkFact]) -> dict[str, list[TalkFact]]:
    halves: dict[str, list[TalkFact]] = {}
    for talk in talks:
        halves.setdefault(half_of(talk.held.date()), []).append(talk)
    return halves


def half_of(day: date) -> str:
    """Which half-year a day lies in.

    >>> half_of(date(2026, 7, 1))
    '2026-H2'
    """
    return f"{day.year}-H{1 if day.month <= 6 else 2}"  # noqa: PLR2004 the months of a half-year


def about(
    sign: Sign, person: UUID, talks: Sequence[TalkFact], *, anchor: str = "", **told: int
) -> Found:
    return Found(
        sign,
        person,
        anchor=anchor or str(min(talks, key=lambda one: (entered(one), one.id)).id),
        talks=tuple(talk.id for talk in talks),
        told={"records": len(talks), **told},
    )


def entered(talk: TalkFact) -> float:
    return (talk.entered or talk.held).timestamp()


def minutes(talks: Sequence[TalkFact]) -> int:
    moments = list(map(entered, talks))
    return int((max(moments) - min(moments)) // 60)
