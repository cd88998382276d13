"""Records that are nearly the same text: one's own, last year's, somebody else's, put in order."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

from tanxin.core.likeness import near_copies, order_kept, shared
from tanxin.core.oversight.facts import Found, Sign, TalkFact, Year

A_YEAR_APART = timedelta(days=200)
ANOTHER_ORDER = 0.34
MOSTLY_STOCK = 80
FEWEST_OF_STOCK = 3


def copied(year: Year) -> Iterator[Found]:
    """Groups of near copies, each told to every initiator in it as his own question.

    The parts of a talk of several are short and alike by their nature, and what consists of stock
    phrases is alike everywhere and asked about as that: both are left out.
    """
    measured = [talk for talk in year.talks if is_compared(talk)]
    for version in sorted({talk.text.key_version for talk in measured if talk.text}):
        talks = [talk for talk in measured if talk.text and talk.text.key_version == version]
        talks.sort(key=lambda one: (one.held, one.id))
        for group in near_copies([talk.text.sketch for talk in talks if talk.text]):
            yield from told_of([talks[at] for at in group.members], group.least)


def is_compared(talk: TalkFact) -> bool:
    text = talk.text
    return text is not None and bool(text.sketch) and not talk.group and text.stock < MOSTLY_STOCK


def told_of(talks: Sequence[TalkFact], least: float) -> Iterator[Found]:
    leaders = {talk.initiator for talk in talks}
    for person in sorted(leaders, key=str):
        mine = [talk for talk in talks if talk.initiator == person]
        yield Found(
            sign_of(talks, mine),
            person,
            anchor=str(min(mine, key=lambda one: (one.held, one.id)).id),
            talks=tuple(talk.id for talk in mine),
            told={
                "records": len(mine),
                "all": len(talks),
                "leaders": len(leaders),
                "alike": shared(least),
                "minutes": minutes_between(mine),
            },
        )


def sign_of(talks: Sequence[TalkFact], mine: Sequence[TalkFact]) -> Sign:
    if len(mine) < len(talks):
        return Sign.ACROSS
    if is_permuted(mine):
        return Sign.PERMUTED
    if any(later.held - earlier.held >= A_YEAR_APART for earlier, later in pairwise(mine)):
        return Sign.LAST_YEAR
    return Sign.COPY


def is_permuted(talks: Sequence[TalkFact]) -> bool:
    """Whether each has the sentences of the first in an order of its own."""
    first, *others = (talk.text.seams for talk in talks if talk.text)
    kept = [order_kept(first, other) for other in others]
    return bool(kept) and all(one is not None and one <= ANOTHER_ORDER for one in kept)


def minutes_between(talks: Sequence[TalkFact]) -> int:
    """From the first to the last entry."""
    entered = [talk.entered for talk in talks if talk.entered]
    return int((max(entered) - min(entered)).total_seconds() // 60) if entered else 0


def of_stock(year: Year) -> Iterator[Found]:
    """Records that consist of phrases and outlines which fit every talk."""
    by_person: dict[UUID, list[TalkFact]] = {}
    for talk in sorted(year.talks, key=lambda one: (one.held, one.id)):
        if talk.text and talk.text.stock >= MOSTLY_STOCK and not talk.group:
            by_person.setdefault(talk.initiator, []).append(talk)
    for person, talks in by_person.items():
        if len(talks) >= FEWEST_OF_STOCK:
            yield Found(
                Sign.STOCK,
                person,
                anchor=str(talks[0].id),
                talks=tuple(talk.id for talk in talks),
                told={
                    "records": len(talks),
                    "stock": min(talk.text.stock for talk in talks if talk.text),
                },
            )


def left_behind(year: Year) -> Iterator[Found]:
    """A form's gaps, or the name or the day of another talk, in one record."""
    for talk in year.talks:
        if talk.text and talk.text.residue:
            yield Found(
                Sign.TEMPLATE,
                talk.initiator,
                anchor=str(talk.id),
                talks=(talk.id,),
                told={residue.value: 1 for residue in sorted(talk.text.residue)},
            )
