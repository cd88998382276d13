"""When: the stretches of days in which a rule wants talks, from periods, events and states."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tanxin.core.calendar import (
    CustomPeriod,
    Offset,
    Period,
    PeriodKind,
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
    has one entry for each talk that is wanted.
    """

    period: str
    opens: int
    due: int
    floor: int
    latest: int
    seeds: tuple[bytes, ...]
    parameters: str
    event: Hashable | None = None
    state: Hashable | None = None
    sensitive: bool = False


class Happening(NamedTuple):
    """An event; coming into a state is one too, and is about the person."""

    event: EventFact
    time: AfterEvent | BeforeEvent
    is_state: bool = False


def periods(edition: Edition, occasion: Occasion) -> Iterator[Window]:
    """Return the periods a rule wants talks in; none where it waits for events."""
    time = edition.terms.time
    if not isinstance(time, EachPeriod):
        return
    kind = time.spread or time.period
    for period in periods_in(kind, occasion.start, occasion.end, occasion.terms):
        anchor = edition.anchor(period.start, period.last_day)
        if anchor is not None:
            window = _period(edition, time, period, anchor, occasion.today)
            if anchor == period.start or window.opens <= window.latest:
                yield window


def happenings(edition: Edition, snapshot: Snapshot, occasion: Occasion) -> Iterator[Happening]:
    """Return what a rule answers to; a state counts if it is known since when."""
    time = edition.terms.time
    if not isinstance(time, EachPeriod):
        for event in _events(time.events, snapshot, occasion):
            if edition.in_force(event.on):
                yield Happening(event, time)
    if isinstance(time, AfterEvent):
        for event in _states(time.states, snapshot, occasion):
            if edition.in_force(event.on):
                yield Happening(event, time, is_state=True)


def window_of(edition: Edition, happening: Happening, occasion: Occasion) -> Window:
    event, calendar = happening.event, occasion.calendar
    what = "event=-" if event.sensitive else f"event={event.kind},on={event.on}"
    time = happening.time
    if isinstance(time, AfterEvent):
        opens = event.on
        due = deadline_after(event.on, _offset(time.within, event.on), calendar)
        numbers = f"within={_amount(time.within, event.on)},{what}"
    else:
        due = deadline_before(event.on, _offset(time.by, event.on), calendar)
        opens = min(due, deadline_before(event.on, _offset(time.opening, event.on), calendar))
        numbers = f"before={_amount(time.by, event.on)},{what}"
    period = f"{'s' if happening.is_state else 'e'}-{id_bytes(event.id).hex()}"
    return Window(
        period=period,
        opens=opens.toordinal(),
        due=due.toordinal(),
        floor=min(occasion.today, due).toordinal(),
        latest=due.toordinal(),
        seeds=_seeds(edition, period, 1),
        parameters=numbers,
        event=None if happening.is_state else event.id,
        state=event.id if happening.is_state else None,
        sensitive=event.sensitive,
    )


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
    )


_A_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2, PeriodKind.YEAR: 1}


def share(time: EachPeriod) -> int:
    """Return over how many parts of the period the talks are spread; 0 where it has no such."""
    if time.spread is None:
        return 1
    parts = _A_YEAR.get(time.spread, 0)
    whole = _A_YEAR.get(time.period, 0)
    return parts // whole if whole else 0


def _events(kinds: Sequence[str], snapshot: Snapshot, occasion: Occasion) -> Iterator[EventFact]:
    for kind in kinds:
        for event in snapshot.events_by_kind.get(kind, ()):
            if occasion.start <= event.on < occasion.end:
                yield event


def _states(kinds: Sequence[str], snapshot: Snapshot, occasion: Occasion) -> Iterator[EventFact]:
    for kind in kinds:
        for state in snapshot.states_by_kind.get(kind, ()):
            on = state.start
            if on and occasion.start <= on < occasion.end:
                yield EventFact(state.id, kind, on, person=state.person, sensitive=state.sensitive)


def _offset(distance: Distance, day: date) -> Offset:
    return Offset(distance.amount.on(day), distance.unit)


def _amount(distance: Distance, day: date) -> str:
    return f"{distance.amount.on(day)}_{distance.unit}"


def _seeds(edition: Edition, period: str, wanted: int) -> tuple[bytes, ...]:
    return tuple(
        seed(edition.pack.id, edition.rule.id, period, ordinal) for ordinal in range(1, wanted + 1)
    )
