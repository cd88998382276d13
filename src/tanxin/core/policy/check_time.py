"""Nodes → when."""

from collections.abc import Mapping

from tanxin.core.calendar import FESTIVAL_CODES, OffsetUnit, PeriodKind
from tanxin.core.policy import check_only, words
from tanxin.core.policy.dated import Dated, always
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Distance,
    EachPeriod,
    Only,
    Stretch,
    Time,
    YearlyDate,
)
from tanxin.core.policy.windows import share

EXAMPLE = "time: {at_least: 1, each: year}"
AFTER_EXAMPLE = "time: {within: {months: 1}, after: {event: application}}"
BEFORE_EXAMPLE = "time: {before: {event: democratic_life_meeting}, by: {days: 1}, from: {days: 30}}"
AROUND_EXAMPLE = "time: {around: birthday, from: {weeks: 1}, within: {weeks: 1}}"

KEYS = (
    "at_least", "each", "only", "during", "spread", "within", "after", "before", "by", "from",
    "around", "every",
)  # fmt: skip
AFTER_KEYS = ("event", "state", "ended", "talk", "lapsed", "below")
BEFORE_KEYS = ("event", "node", "below")
UNITS = {
    "days": OffsetUnit.DAY,
    "working_days": OffsetUnit.WORKING_DAY,
    "weeks": OffsetUnit.WEEK,
    "months": OffsetUnit.MONTH,
    "years": OffsetUnit.YEAR,
}
_DAYS = {
    OffsetUnit.DAY: 1,
    OffsetUnit.WORKING_DAY: 1,
    OffsetUnit.WEEK: 7,
    OffsetUnit.MONTH: 28,
    OffsetUnit.YEAR: 365,
}


def time(node: Node, outer: Fields, parameters: Mapping[str, Dated]) -> Time:
    fields = outer.inner(node, KEYS, EXAMPLE)
    if fields.get("each"):
        return _each(fields, parameters)
    if fields.get("after"):
        fields.example = AFTER_EXAMPLE
        return _after(fields, parameters)
    if fields.get("before"):
        fields.example = BEFORE_EXAMPLE
        return _before(fields, parameters)
    if fields.get("around"):
        fields.example = AROUND_EXAMPLE
        return _around(fields, parameters)
    return _each(fields, parameters)


def _each(fields: Fields, parameters: Mapping[str, Dated]) -> EachPeriod:
    _only(fields, "at_least", "each", "spread", "only", "during", "before", "by")
    at_least, percent = _quota(fields, parameters)
    period, own = _period(fields)
    before, by = _done_before(fields, parameters)
    only = check_only.only(fields, period)
    spread = None
    if fields.get("spread") is not None:
        spread = fields.one("spread", PeriodKind, PeriodKind.YEAR)
    whole = EachPeriod(at_least, period, spread, own, only, before, by, percent)
    if spread is not None:
        _check_spread(fields, whole, spread)
    return whole


def _quota(fields: Fields, parameters: Mapping[str, Dated]) -> tuple[Dated, bool]:
    """Read ``at_least: 2`` or ``at_least: {percent: 10}``."""
    node = fields.get("at_least")
    if node is None or not isinstance(node.value, Mapping):
        return fields.dated("at_least", parameters), False
    inner = fields.inner(node, ("percent",), "at_least: {percent: 10}")
    share_of = inner.dated("percent", parameters)
    if any(number > 100 for number in share_of.numbers):  # noqa: PLR2004 a hundred per cent
        inner.wrong("time.percent", inner.get("percent"))
    return share_of, True


def _period(fields: Fields) -> tuple[PeriodKind, tuple[Stretch, ...]]:
    node = fields.need("each")
    if node is None:
        return PeriodKind.YEAR, ()
    calendars = fields.own.calendars
    if isinstance(node.value, str) and node.value in calendars:
        kind = PeriodKind.TERM if node.value == PeriodKind.TERM else PeriodKind.CUSTOM
        return kind, calendars[node.value]
    known = [each.value for each in PeriodKind]
    return PeriodKind(fields.known(node, [*known, *calendars]) or PeriodKind.YEAR), ()


def _done_before(
    fields: Fields, parameters: Mapping[str, Dated]
) -> tuple[tuple[str, ...], Distance | None]:
    node = fields.get("before")
    if node is None:
        if fields.get("by"):
            fields.wrong("time.mixed", fields.get("by"), key="by", allowed="before, by")
        return (), None
    what = fields.inner(node, ("event",))
    return (
        what.knowns("event", fields.own.all_events, needed=True),
        _distance(fields, "by", parameters, least=0),
    )


def _check_spread(fields: Fields, whole: EachPeriod, spread: PeriodKind) -> None:
    parts = share(whole)
    if whole.own or whole.only != Only() or whole.percent:
        fields.wrong("time.spread-with", fields.get("spread"))
    elif parts <= 1:
        fields.wrong("time.spread-longer", fields.get("spread"), each=whole.period, spread=spread)
    elif any(number % parts for number in whole.at_least.numbers):
        fields.wrong("time.spread-uneven", fields.get("at_least"), parts=str(parts))


def _after(fields: Fields, parameters: Mapping[str, Dated]) -> AfterEvent:
    _only(fields, "at_least", "within", "after", "from")
    within = _distance(fields, "within", parameters)
    what = fields.inner(fields.get("after") or fields.node, AFTER_KEYS)
    own = fields.own
    asked = AfterEvent(
        within,
        events=what.knowns("event", own.all_events),
        states=what.knowns("state", own.all_states),
        ended=what.knowns("ended", own.all_states),
        talks=what.knowns("talk", (*own.all_kinds, *own.types)),
        lapsed=tuple(what.text_of(each) for each in what.items("lapsed", needed=False)),
        opening=_opening(fields, parameters),
        at_least=_how_many(fields, parameters),
        below=what.flag("below"),
    )
    if not (asked.events or asked.states or asked.ended or asked.talks or asked.lapsed):
        what.wrong("time.after-what")
    if asked.opening and _shortest(within) < _longest(asked.opening):
        fields.wrong("time.opens-late", fields.get("from"))
    return asked


def _before(fields: Fields, parameters: Mapping[str, Dated]) -> BeforeEvent:
    _only(fields, "at_least", "before", "by", "from")
    what = fields.inner(fields.get("before") or fields.node, BEFORE_KEYS)
    nodes = what.knowns("node", sorted(FESTIVAL_CODES))
    events = what.knowns("event", fields.own.all_events, needed=not nodes)
    by = _distance(fields, "by", parameters, least=0)
    opening = _distance(fields, "from", parameters)
    if _shortest(opening) < _longest(by):
        fields.wrong("time.opens-late", fields.get("from"))
    wanted = _how_many(fields, parameters)
    return BeforeEvent(events, by, opening, nodes, wanted, what.flag("below"))


def _around(fields: Fields, parameters: Mapping[str, Dated]) -> YearlyDate:
    _only(fields, "at_least", "around", "from", "within", "every")
    return YearlyDate(
        dates=fields.knowns("around", words.DATES, needed=True),
        opening=_distance(fields, "from", parameters, least=0),
        within=_distance(fields, "within", parameters, least=0),
        every=fields.number("every", least=1) if fields.get("every") else 1,
        at_least=_how_many(fields, parameters),
    )


def _how_many(fields: Fields, parameters: Mapping[str, Dated]) -> Dated:
    return fields.dated("at_least", parameters) if fields.get("at_least") else always(1)


def _opening(fields: Fields, parameters: Mapping[str, Dated]) -> Distance | None:
    return _distance(fields, "from", parameters) if fields.get("from") else None


def _shortest(distance: Distance) -> int:
    return min(number * _DAYS[distance.unit] for number in distance.amount.numbers)


def _longest(distance: Distance) -> int:
    return max(number * _DAYS[distance.unit] for number in distance.amount.numbers)


def _distance(
    fields: Fields, key: str, parameters: Mapping[str, Dated], *, least: int = 1
) -> Distance:
    node = fields.need(key)
    return (
        Distance(always(least), OffsetUnit.DAY)
        if node is None
        else distance(node, fields, parameters, least=least)
    )


def distance(
    node: Node, outer: Fields, parameters: Mapping[str, Dated], *, least: int = 1
) -> Distance:
    """Read ``{working_days: 5}``."""
    inner = outer.inner(node, tuple(UNITS))
    named = [unit for unit in UNITS if inner.get(unit)]
    if len(named) != 1:
        inner.wrong("time.one-unit", known=", ".join(UNITS))
        return Distance(always(least), OffsetUnit.DAY)
    return Distance(inner.dated(named[0], parameters, least=least), UNITS[named[0]])


def _only(fields: Fields, *allowed: str) -> None:
    for key in KEYS:
        if key not in allowed and fields.get(key):
            fields.wrong("time.mixed", fields.get(key), key=key, allowed=", ".join(allowed))
