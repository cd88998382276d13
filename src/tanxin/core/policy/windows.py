"""When: the stretches of days in which a rule wants talks, from periods, events and states."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tanxin.core.calendar import (
    CustomPeriod,
    Offset,
    Period,
    WorkCalendar,
    deadline_after,
    deadline_before,
    periods_in,
)
from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.identity import id_bytes, seed
from tanxin.core.policy.resolve import Edition
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, Distance, EachPeriod
from tanxin.core.policy.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Occasion:
    """What deriving is asked about: from ``start`` up to before ``end``, seen from ``today``."""

    start: date
    end: date
    today: date
    calendar: WorkCalendar
    terms: Sequence[CustomPeriod] = ()


class Window(NamedTuple):
    """``opens`` and ``due`` are day ordinals, both included.

    A relation counts if it reaches ``floor`` and began with the window or by ``latest``. ``seeds``
    has one entry for each talk that is wanted. ``about`` is the event, if there is one.
    """

    period: str
    opens: int
    due: int
    floor: int
    latest: int
    seeds: tuple[bytes, ...]
    parameters: str
    event: Hashable | None
    state: Hashable | None
    about: EventFact | None
    sensitive: bool


def windows(edition: Edition, snapshot: Snapshot, occasion: Occasion) -> Iterator[Window]:
    match edition.terms.time:
        case EachPeriod() as time:
            yield from _periods(edition, time, occasion)
        case AfterEvent() as time:
            yield from _after(edition, time, snapshot, occasion)
        case BeforeEvent() as time:
            yield from _before(edition, time, snapshot, occasion)


def _periods(edition: Edition, time: EachPeriod, occasion: Occasion) -> Iterator[Window]:
    kind = time.spread or time.period
    for period in periods_in(kind, occasion.start, occasion.end, occasion.terms):
        anchor = edition.anchor(period.start, period.last_day)
        if anchor is not None:
            window = _period(edition, time, period, anchor, occasion.today)
            if anchor == period.start or window.opens <= window.latest:
                yield window


def _period(
    edition: Edition, time: EachPeriod, period: Period, anchor: date, today: date
) -> Window:
    wanted = time.at_least.on(anchor) // share(time)
    newcomer_days = edition.pack.newcomer_days.on(anchor)
    last = edition.last_day(period.last_day)
    due = last.toordinal()
    return Window(
        period=period.code,
        opens=anchor.toordinal(),
        due=due,
        floor=min(today.toordinal(), due),
        latest=due + 1 - min(newcomer_days, period.days // 2),
        seeds=_seeds(edition, period.code, wanted),
        parameters=f"at_least={wanted},newcomer_days={newcomer_days}",
        event=None,
        state=None,
        about=None,
        sensitive=False,
    )


_PARTS = {"month": 12, "quarter": 4, "half": 2, "term": 2, "year": 1}


def share(time: EachPeriod) -> int:
    """Return over how many parts of the period the talks are spread."""
    if time.spread is None:
        return 1
    return _PARTS[time.spread] // _PARTS[time.period]


def _after(
    edition: Edition, time: AfterEvent, snapshot: Snapshot, occasion: Occasion
) -> Iterator[Window]:
    for event in _events(edition, time.events, snapshot, occasion):
        yield _window(edition, event, event.on, _due_after(time, event, occasion), occasion)
    for event in _states(edition, time.states, snapshot, occasion):
        due = _due_after(time, event, occasion)
        window = _window(edition, event, event.on, due, occasion, prefix="s")
        yield window._replace(event=None, state=event.id)


def _before(
    edition: Edition, time: BeforeEvent, snapshot: Snapshot, occasion: Occasion
) -> Iterator[Window]:
    calendar = occasion.calendar
    for event in _events(edition, time.events, snapshot, occasion):
        due = deadline_before(event.on, _offset(time.by, event.on), calendar)
        opens = deadline_before(event.on, _offset(time.opening, event.on), calendar)
        yield _window(edition, event, min(opens, due), due, occasion)


def _window(
    edition: Edition,
    event: EventFact,
    opens: date,
    due: date,
    occasion: Occasion,
    *,
    prefix: str = "e",
) -> Window:
    period = f"{prefix}-{id_bytes(event.id).hex()}"
    last = due.toordinal()
    return Window(
        period=period,
        opens=opens.toordinal(),
        due=last,
        floor=min(occasion.today.toordinal(), last),
        latest=last,
        seeds=_seeds(edition, period, 1),
        parameters=_amounts(edition, event),
        event=event.id,
        state=None,
        about=event,
        sensitive=event.sensitive,
    )


def _events(
    edition: Edition, kinds: Sequence[str], snapshot: Snapshot, occasion: Occasion
) -> Iterator[EventFact]:
    for kind in kinds:
        for event in snapshot.events_by_kind.get(kind, ()):
            if occasion.start <= event.on < occasion.end and edition.in_force(event.on):
                yield event


def _states(
    edition: Edition, kinds: Sequence[str], snapshot: Snapshot, occasion: Occasion
) -> Iterator[EventFact]:
    """Coming into a state is an event of the person; since when must be known."""
    for kind in kinds:
        for state in snapshot.states_by_kind.get(kind, ()):
            on = state.start
            if on and occasion.start <= on < occasion.end and edition.in_force(on):
                yield EventFact(state.id, kind, on, person=state.person, sensitive=state.sensitive)


def _due_after(time: AfterEvent, event: EventFact, occasion: Occasion) -> date:
    return deadline_after(event.on, _offset(time.within, event.on), occasion.calendar)


def _offset(distance: Distance, day: date) -> Offset:
    return Offset(distance.amount.on(day), distance.unit)


def _amounts(edition: Edition, event: EventFact) -> str:
    """What is sensitive is not named here; who may know it finds it by its id."""
    what = "event=-" if event.sensitive else f"event={event.kind},on={event.on}"
    match edition.terms.time:
        case AfterEvent(within=distance):
            name = "within"
        case BeforeEvent(by=distance):
            name = "before"
    return f"{name}={distance.amount.on(event.on)}_{distance.unit},{what}"


def _seeds(edition: Edition, period: str, wanted: int) -> tuple[bytes, ...]:
    return tuple(
        seed(edition.pack.id, edition.rule.id, period, ordinal) for ordinal in range(1, wanted + 1)
    )
