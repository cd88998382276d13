"""What those talked with say in private, weeks later: was I heard, did it help.

Nobody may learn what one of them said. Answers carry no name and no time, and are given out once,
after their period, and only where five or more answered one question and not all the same. What
is too little about one who leads talks is put together with the rest of the organisation, and
given out where, without the answers about any one leader, five still remain. Every answer is in
one sum at most, so no difference of two sums tells more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tanxin.core.calendar.periods import Period, PeriodKind, period_of

FEWEST = 5
AFTER = timedelta(weeks=4)
# A talk is asked about once, soon after its weeks are over; what is older is left in peace.
AT_LATEST = timedelta(weeks=9)


class EchoQuestion(StrEnum):
    HEARD = "heard"
    SOLVED = "solved"


class EchoAnswer(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    # Left out, or nothing was to be solved: it counts nowhere.
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer about the one who led the talk, nobody knows whose."""

    leader: UUID
    question: EchoQuestion
    answer: EchoAnswer


@dataclass(frozen=True, slots=True)
class EchoSum:
    """What may be known. ``leader`` is None for the rest of the organisation together."""

    leader: UUID | None
    question: EchoQuestion
    counts: Mapping[EchoAnswer, int]


def period_for(day: date) -> Period:
    """The half-year in which somebody asked on ``day`` answers."""
    return period_of(PeriodKind.HALF, day)


def talks_asked_about(today: date) -> tuple[date, date]:
    """The first and the last day of the talks that are asked about ``today``."""
    return today - AT_LATEST, today - AFTER


def sums(said: Iterable[Said]) -> list[EchoSum]:
    """Everything that may be given out of a period that is over; the rest is to be forgotten."""
    counted: dict[EchoQuestion, dict[UUID, Counter[EchoAnswer]]] = defaultdict(
        lambda: defaultdict(Counter)
    )
    for one in said:
        if one.answer is not EchoAnswer.SKIPPED:
            counted[one.question][one.leader][one.answer] += 1
    return [found for question in EchoQuestion for found in _sums_of(question, counted[question])]


def _sums_of(
    question: EchoQuestion, by_leader: Mapping[UUID, Counter[EchoAnswer]]
) -> Iterable[EchoSum]:
    rest: dict[UUID, Counter[EchoAnswer]] = {}
    for leader in sorted(by_leader):
        counts = by_leader[leader]
        if is_enough(counts):
            yield EchoSum(leader, question, dict(counts))
        else:
            rest[leader] = counts
    together = sum(rest.values(), Counter[EchoAnswer]())
    most = max((counts.total() for counts in rest.values()), default=0)
    if is_enough(together) and together.total() - most >= FEWEST:
        yield EchoSum(None, question, dict(together))


def is_enough_of(answers: Iterable[EchoAnswer]) -> bool:
    return is_enough(Counter(one for one in answers if one is not EchoAnswer.SKIPPED))


def is_enough(counts: Counter[EchoAnswer]) -> bool:
    """Five or more, and not all the same: then each would be known to have said it."""
    return counts.total() >= FEWEST and len(+counts) > 1
