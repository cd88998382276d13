"""Nodes → when."""

from collections.abc import Mapping

from tanxin.core.calendar import OffsetUnit, PeriodKind
from tanxin.core.policy import words
from tanxin.core.policy.dated import Dated, always
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, Distance, EachPeriod, Time
from tanxin.core.policy.windows import share

EXAMPLE = "time: {at_least: 1, each: year}"
AFTER_EXAMPLE = "time: {within: {months: 1}, after: {event: application}}"
BEFORE_EXAMPLE = "time: {before: {event: democratic_life_meeting}, by: {days: 1}, from: {days: 30}}"

_KEYS = ("at_least", "each", "spread", "within", "after", "before", "by", "from")
_UNITS = {
    "days": OffsetUnit.DAY,
    "working_days": OffsetUnit.WORKING_DAY,
    "weeks": OffsetUnit.WEEK,
    "months": OffsetUnit.MONTH,
    "years": OffsetUnit.YEAR,
}
_PERIODS = tuple(each.value for each in PeriodKind)
_DAYS = {
    OffsetUnit.DAY: 1,
    OffsetUnit.WORKING_DAY: 1,
    OffsetUnit.WEEK: 7,
    OffsetUnit.MONTH: 28,
    OffsetUnit.YEAR: 365,
}


def time(node: Node, outer: Fields, parameters: Mapping[str, Dated]) -> Time:
    fields = outer.inner(node, _KEYS, EXAMPLE)
    if fields.get("after"):
        fields.example = AFTER_EXAMPLE
        return _after(fields, parameters)
    if fields.get("before"):
        fields.example = BEFORE_EXAMPLE
        return _before(fields, parameters)
    return _each(fields, parameters)


def _each(fields: Fields, parameters: Mapping[str, Dated]) -> EachPeriod:
    _only(fields, "at_least", "each", "spread")
    at_least = fields.dated("at_least", parameters)
    fields.need("each")
    period = fields.one("each", PeriodKind, PeriodKind.YEAR)
    if fields.get("spread") is None:
        return EachPeriod(at_least, period)
    spread = fields.one("spread", PeriodKind, PeriodKind.YEAR)
    whole = EachPeriod(at_least, period, spread)
    parts = share(whole)
    if parts <= 1:
        fields.wrong("time.spread-longer", fields.get("spread"), each=period, spread=spread)
    elif any(number % parts for number in at_least.numbers):
        fields.wrong("time.spread-uneven", fields.get("at_least"), parts=str(parts))
    return whole


def _after(fields: Fields, parameters: Mapping[str, Dated]) -> AfterEvent:
    _only(fields, "within", "after")
    within = _distance(fields, "within", parameters)
    what = fields.inner(fields.get("after") or fields.node, ("event", "state"))
    events = what.knowns("event", words.EVENTS)
    states = what.knowns("state", words.STATES)
    if not events and not states:
        what.wrong("time.after-what")
    return AfterEvent(within, events, states)


def _before(fields: Fields, parameters: Mapping[str, Dated]) -> BeforeEvent:
    _only(fields, "before", "by", "from")
    what = fields.inner(fields.get("before") or fields.node, ("event",))
    events = what.knowns("event", words.EVENTS, needed=True)
    by = _distance(fields, "by", parameters, least=0)
    opening = _distance(fields, "from", parameters)
    if min(_reach(opening)) < max(_reach(by)):
        fields.wrong("time.opens-late", fields.get("from"))
    return BeforeEvent(events, by, opening)


def _reach(distance: Distance) -> list[int]:
    return [number * _DAYS[distance.unit] for number in distance.amount.numbers]


def _distance(
    fields: Fields, key: str, parameters: Mapping[str, Dated], *, least: int = 1
) -> Distance:
    node = fields.need(key)
    nothing = Distance(always(least), OffsetUnit.DAY)
    if node is None:
        return nothing
    inner = fields.inner(node, tuple(_UNITS))
    named = [unit for unit in _UNITS if inner.get(unit)]
    if len(named) != 1:
        inner.wrong("time.one-unit", known=", ".join(_UNITS))
        return nothing
    return Distance(inner.dated(named[0], parameters, least=least), _UNITS[named[0]])


def _only(fields: Fields, *allowed: str) -> None:
    for key in _KEYS:
        if key not in allowed and fields.get(key):
            fields.wrong("time.mixed", fields.get(key), key=key, allowed=", ".join(allowed))
