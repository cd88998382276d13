"""When: the stretches of days in which a rule wants talks, from periods, events and states."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tanxin.core.calendar import (
    CustomPeriod,
    Period,
    PeriodKind,
    WorkCalendar,
    deadline_after,
    deadline_before,
    periods_in,
)
from tanxin.core.policy.distance import offset_on
from tanxin.core.policy.identity import seed
from tanxin.core.policy.occasions import Happening, happenings
from tanxin.core.policy.only import is_meant
from tanxin.core.policy.resolve import Edition
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, Distance, EachPeriod
from tanxin.core.policy.snapshot import Snapshot

__all__ = ["Happening", "Occasion", "Window", "periods", "share", "window_of", "wished"]


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
    has one entry for each talk that is wanted; where ``percent`` is set it is empty until a group
    says how many people there are.
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
    percent: int = 0


def periods(edition: Edition, occasion: Occasion) -> Iterator[Window]:
    """Return the periods a rule wants talks in; none where it waits for events."""
    time = edition.terms.time
    if not isinstance(time, EachPeriod):
        return
    for period in _periods_of(time, occasion):
        anchor = edition.anchor(period.start, period.last_day)
        if anchor is not None:
            window = _period(edition, time, period, anchor, occasion.today)
            if anchor == period.start or window.opens <= window.latest:
                yield window


def _periods_of(time: EachPeriod, occasion: Occasion) -> Iterator[Period]:
    given = [CustomPeriod(each.code, "", each.start, each.last) for each in time.own]
    kind, terms = time.spread or time.period, given or occasion.terms
    for period in periods_in(kind, occasion.start, occasion.end, terms):
        if is_meant(time.only, period, occasion.terms):
            yield period


def wished(
    edition: Edition, snapshot: Snapshot, occasion: Occasion
) -> Iterator[tuple[Happening, Window]]:
    """Return what a rule answers to, and when; whatever no version of it rules over is left out."""
    for happening in happenings(edition.terms.time, snapshot, occasion.start, occasion.end):
        if edition.in_force(happening.event.on):
            yield happening, window_of(edition, happening, occasion)


def window_of(edition: Edition, happening: Happening, occasion: Occasion) -> Window:
    event, time, calendar = happening.event, happening.time, occasion.calendar
    on = event.on
    if isinstance(time, BeforeEvent):
        due = deadline_before(on, offset_on(time.by, on), calendar)
        opens = min(due, deadline_before(on, offset_on(time.opening, on), calendar))
        distance, word = time.by, "before"
    else:
        due = deadline_after(on, offset_on(time.within, on), calendar)
        opens, distance, word = on, time.within, "within"
        if isinstance(time, AfterEvent):
            if time.opening is not None:
                opens = min(due, deadline_after(on, offset_on(time.opening, on), calendar))
        else:
            opens = deadline_before(on, offset_on(time.opening, on), calendar)
    what = "event=-" if event.sensitive else f"event={event.kind},on={on}"
    return Window(
        period=happening.period,
        opens=opens.toordinal(),
        due=due.toordinal(),
        floor=min(occasion.today, due).toordinal(),
        latest=due.toordinal(),
        seeds=seeds(edition, happening.period, time.at_least.on(on)),
        parameters=f"{word}={_amount(distance, on)},{what}",
        event=event.id if happening.is_event else None,
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
    asked = f"percent={wanted}" if time.percent else f"at_least={wanted}"
    return Window(
        period=period.code,
        opens=anchor.toordinal(),
        due=due,
        floor=min(today.toordinal(), due),
        latest=due + 1 - min(newcomer_days, period.days // 2),
        seeds=() if time.percent else seeds(edition, period.code, wanted),
        parameters=f"{asked},newcomer_days={newcomer_days}",
        percent=wanted if time.percent else 0,
    )


_A_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.HALF: 2, PeriodKind.YEAR: 1}


def share(time: EachPeriod) -> int:
    """Return over how many parts of the period the talks are spread; 0 where it has no such."""
    if time.spread is None:
        return 1
    parts = _A_YEAR.get(time.spread, 0)
    whole = _A_YEAR.get(time.period, 0)
    return parts // whole if whole else 0


def _amount(distance: Distance, day: date) -> str:
    return f"{distance.amount.on(day)}_{distance.unit}"


def seeds(edition: Edition, period: str, wanted: int) -> tuple[bytes, ...]:
    """Return what the keys of the wanted talks begin with."""
    return tuple(
        seed(edition.pack.id, edition.rule.id, period, ordinal) for ordinal in range(1, wanted + 1)
    )
