"""Talks that cannot well have been as they stand: two at one time, or somebody was away."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from tanxin.core.oversight.facts import Found, Sign, TalkFact, Year

# Times are written down from memory: a few minutes are no clash.
SHORTEST = timedelta(minutes=10)


def overlapping(year: Year) -> Iterator[Found]:
    """Two talks of one person at one time, told to whoever led the later one entered."""
    seats: dict[UUID, list[TalkFact]] = {}
    for talk in sorted(year.talks, key=lambda one: (one.held, one.id)):
        seats.setdefault(talk.initiator, []).append(talk)
        seats.setdefault(talk.subject, []).append(talk)
    told: set[frozenset[UUID]] = set()
    for talks in seats.values():
        for earlier, later in clashes(talks):
            pair = frozenset({earlier.id, later.id})
            if pair not in told:
                told.add(pair)
                yield clash(earlier, later)


def clashes(talks: list[TalkFact]) -> Iterator[tuple[TalkFact, TalkFact]]:
    """Neighbours in time that overlap by more than a slip; a talk of several is one talk."""
    longest = max((talk.minutes for talk in talks), default=0)
    for at, earlier in enumerate(talks):
        for later in talks[at + 1 :]:
            if later.held - earlier.held >= timedelta(minutes=longest):
                break
            same = earlier.group is not None and earlier.group == later.group
            if not same and overlap(earlier, later) >= SHORTEST:
                yield earlier, later


def overlap(earlier: TalkFact, later: TalkFact) -> timedelta:
    ends = min(one.held + timedelta(minutes=one.minutes) for one in (earlier, later))
    return ends - max(earlier.held, later.held)


def clash(earlier: TalkFact, later: TalkFact) -> Found:
    first, last = sorted((earlier, later), key=lambda one: (one.entered or one.held, one.id))
    return Found(
        Sign.OVERLAP,
        last.initiator,
        anchor="+".join(sorted(map(str, (first.id, last.id)))),
        talks=(earlier.id, later.id),
        told={"minutes": int(overlap(earlier, later).total_seconds() // 60)},
    )


def while_away(year: Year) -> Iterator[Found]:
    """Face to face on a day on which one of the two was away by the roster."""
    for talk in year.talks:
        day = talk.held.date()
        gone = [
            person
            for person in (talk.initiator, talk.subject)
            if any(first <= day <= last for first, last in year.away.get(person, ()))
        ]
        if gone and not talk.by_distance:
            yield Found(
                Sign.ABSENT,
                talk.initiator,
                anchor=str(talk.id),
                talks=(talk.id,),
                told={
                    "initiator": int(talk.initiator in gone),
                    "subject": int(talk.subject in gone),
                },
            )
