"""What rules answer to: events, states that begin or end, talks, lapses, festivals and dates."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tanxin.core.calendar import YearOutOfReach, festivals, yearly_date
from tanxin.core.policy.facts import EventFact, StateFact
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, Time, YearlyDate
from tanxin.core.policy.snapshot import Snapshot

ANY_RULE = "any"


class Happening(NamedTuple):
    """An event, or what is told as one. ``period`` is what the duties from it are known by."""

    event: EventFact
    time: AfterEvent | BeforeEvent | YearlyDate
    period: str
    is_event: bool = False
    is_state: bool = False


Span = tuple[date, date]


def happenings(time: Time, snapshot: Snapshot, start: date, end: date) -> Iterator[Happening]:
    """Return what falls from ``start`` up to before ``end``; a state counts if its day is known."""
    days = start, end
    if isinstance(time, AfterEvent):
        yield from _events(time, time.events, snapshot, days)
        yield from _states(time, time.states, snapshot, days, ended=False)
        yield from _states(time, time.ended, snapshot, days, ended=True)
        yield from _talks(time, snapshot, days)
        yield from _lapses(time, snapshot, days)
    elif isinstance(time, BeforeEvent):
        yield from _events(time, time.events, snapshot, days)
        yield from _festivals(time, days)
    elif isinstance(time, YearlyDate):
        yield from _anniversaries(time, snapshot, days)


def _events(
    time: AfterEvent | BeforeEvent, kinds: Sequence[str], snapshot: Snapshot, days: Span
) -> Iterator[Happening]:
    for kind in kinds:
        for event in snapshot.events_by_kind.get(kind, ()):
            if _is_in(days, event.on):
                yield Happening(event, time, _code("e", event.id), is_event=True)


def _states(
    time: AfterEvent, kinds: Sequence[str], snapshot: Snapshot, days: Span, *, ended: bool
) -> Iterator[Happening]:
    letter, day_of = _SIDES[ended]
    for kind in kinds:
        for state in snapshot.states_by_kind.get(kind, ()):
            on = day_of(state)
            if on and _is_in(days, on):
                event = EventFact(
                    state.id, kind, on, person=state.person, sensitive=state.sensitive
                )
                yield Happening(event, time, _code(letter, state.id), is_state=True)


_SIDES: Mapping[bool, tuple[str, Callable[[StateFact], date | None]]] = {
    False: ("s", lambda state: state.start),
    True: ("x", lambda state: state.end),
}


def _talks(time: AfterEvent, snapshot: Snapshot, days: Span) -> Iterator[Happening]:
    for talk in snapshot.talks:
        if _is_in(days, talk.on) and (talk.kind in time.talks or talk.type in time.talks):
            event = EventFact(talk.id, "talk", talk.on, person=talk.subject, sensitive=True)
            yield Happening(event, time, _code("t", talk.id))


def _lapses(time: AfterEvent, snapshot: Snapshot, days: Span) -> Iterator[Happening]:
    """Whoever let a duty lapse is the one to be talked with."""
    for lapse in snapshot.lapses:
        meant = lapse.rule in time.lapsed or (ANY_RULE in time.lapsed)
        if meant and _is_in(days, lapse.on):
            event = EventFact(lapse.id, "lapse", lapse.on, person=lapse.person, sensitive=True)
            yield Happening(event, time, _code("l", lapse.id))


def _festivals(time: BeforeEvent, days: Span) -> Iterator[Happening]:
    if not time.nodes:
        return
    for year in range(days[0].year, days[1].year + 1):
        for node in _nodes(year):
            if node[0] in time.nodes and _is_in(days, node[1]):
                name = f"n{year}-{node[0]}"
                yield Happening(EventFact(name, node[0], node[1]), time, name)


def _nodes(year: int) -> list[tuple[str, date]]:
    try:
        return [(node.code, node.on) for node in festivals(year)]
    except YearOutOfReach:
        return []


def _anniversaries(time: YearlyDate, snapshot: Snapshot, days: Span) -> Iterator[Happening]:
    for kind in time.dates:
        for fact in snapshot.dates_of(kind):
            for year in range(days[0].year, days[1].year + 1):
                on, number = yearly_date(fact.on, year), year - fact.on.year
                still = fact.end is None or on < fact.end
                if number > 0 and number % time.every == 0 and still and _is_in(days, on):
                    event = EventFact(_name(kind, fact.person), kind, on, person=fact.person)
                    yield Happening(event, time, f"y{year}-{kind}")


def _name(kind: str, person: Hashable) -> Hashable:
    return f"{kind}-{id_bytes(person).hex()}"


def _code(letter: str, fact: Hashable) -> str:
    return f"{letter}-{id_bytes(fact).hex()}"


def _is_in(days: Span, on: date) -> bool:
    return days[0] <= on < days[1]
