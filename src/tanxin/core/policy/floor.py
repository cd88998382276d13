"""An upper rule is a floor: a rule below it may ask for more, never for less.

A rule is measured against the upper rule it says it ``replaces``, and against any upper rule about
the same people, where it would look like the rule to follow and ask for less.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tanxin.core.calendar import OffsetUnit, PeriodKind
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.faults import Fault, meant
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Count,
    Distance,
    EachPeriod,
    Form,
    Holder,
    Pack,
    Rule,
    Terms,
    Time,
)
from tanxin.core.policy.windows import share


@dataclass(frozen=True, slots=True)
class _Upper:
    pack: Pack
    rule: Rule
    terms: Terms


def lax(pack: Pack, above: Sequence[Pack]) -> Iterator[Fault]:
    """Return where ``pack`` asks for less than the packs above it, with the clause it undercuts."""
    uppers = [
        _Upper(upper, rule, rule.terms) for upper in above for rule in upper.rules if rule.terms
    ]
    names = {f"{upper.pack.id}/{upper.rule.id}": upper for upper in uppers}
    for rule in pack.rules:
        if rule.replaces and rule.replaces not in names:
            hint = meant(rule.replaces, names)
            params = {"rule": rule.id, "value": rule.replaces}
            yield Fault("rule.replaces-unknown", rule.file, rule.line, params, hint)
        for name, upper in names.items():
            less = _less(rule, upper) if _is_about(rule, name, upper) else ""
            if less:
                yield _fault(rule, upper, less)


def _is_about(rule: Rule, name: str, upper: _Upper) -> bool:
    if rule.replaces:
        return rule.replaces == name
    terms, floor = rule.terms, upper.terms
    if terms is None or type(terms.time) is not type(floor.time):
        return False
    same_people = (terms.who, terms.whom, terms.joined) == (floor.who, floor.whom, floor.joined)
    return same_people and terms.count is floor.count and _same_events(terms.time, floor.time)


def _fault(rule: Rule, upper: _Upper, less: str) -> Fault:
    clause = upper.rule.cites[0]
    params = {
        "rule": rule.id,
        "upper": f"{upper.pack.id}/{upper.rule.id}",
        "less": less,
        "document": clause.document,
        "place": clause.place,
        "clause": clause.clause,
    }
    return Fault("rule.lax", rule.file, rule.line, params)


def _less(rule: Rule, upper: _Upper) -> str:
    """Return the first respect in which ``rule`` asks for less, or nothing."""
    terms = rule.terms
    if terms is None:
        return "text"
    return next((name for name, is_less in _RESPECTS.items() if is_less(rule, terms, upper)), "")


def _fewer_people(_: Rule, terms: Terms, upper: _Upper) -> bool:
    floor = upper.terms
    narrower_state = bool(terms.whom.states) and not (
        floor.whom.states and set(floor.whom.states) <= set(terms.whom.states)
    )
    return (
        narrower_state
        or not set(terms.whom.not_states) <= set(floor.whom.not_states)
        or not _holds_all(terms.whom.holder, floor.whom.holder)
        or (_counts_initiators(floor) and not _holds_all(terms.who.holder, floor.who.holder))
    )


def _counts_initiators(terms: Terms) -> bool:
    """Where any initiator will do, naming fewer of them takes nothing from the subject."""
    return terms.count is not Count.SUBJECT


def _holds_all(holder: Holder, floor: Holder) -> bool:
    return (
        holder.holding is floor.holding
        and _includes(holder.roles, floor.roles)
        and _includes(holder.teams, floor.teams)
    )


def _includes(words: tuple[str, ...], floor: tuple[str, ...]) -> bool:
    """No word means all of them."""
    return not words or (bool(floor) and set(floor) <= set(words))


def _counted_less(_: Rule, terms: Terms, upper: _Upper) -> bool:
    return terms.count not in (Count.PAIR, upper.terms.count)


def _other_relation(_: Rule, terms: Terms, upper: _Upper) -> bool:
    return terms.joined.relation is not upper.terms.joined.relation


def _looser_form(rule: Rule, _: Terms, upper: _Upper) -> bool:
    return upper.rule.form is Form.INDIVIDUAL and rule.form is not Form.INDIVIDUAL


def _more_exempt(rule: Rule, _: Terms, upper: _Upper) -> bool:
    allowed = {state for exemption in upper.rule.exemptions for state in exemption.states}
    taken = {state for exemption in rule.exemptions for state in exemption.states}
    return not taken <= allowed


def _rarer(_: Rule, terms: Terms, upper: _Upper) -> bool:
    match terms.time, upper.terms.time:
        case EachPeriod() as mine, EachPeriod() as floor:
            return not _as_often(mine, floor)
        case AfterEvent() as mine, AfterEvent() as floor:
            return not _same_events(mine, floor) or _may_exceed(mine.within, floor.within)
        case BeforeEvent() as mine, BeforeEvent() as floor:
            return not _same_events(mine, floor) or _may_exceed(floor.by, mine.by)
    return True


_RESPECTS: Mapping[str, Callable[[Rule, Terms, _Upper], bool]] = {
    "relation": _other_relation,
    "people": _fewer_people,
    "count": _counted_less,
    "form": _looser_form,
    "exceptions": _more_exempt,
    "time": _rarer,
}

_A_YEAR = {
    PeriodKind.WEEK: 52,
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.TERM: 2,
    PeriodKind.YEAR: 1,
}


def _as_often(mine: EachPeriod, floor: EachPeriod) -> bool:
    """In each of the floor's periods as many talks must be sure to fall as it asks for."""
    own, upper = mine.spread or mine.period, floor.spread or floor.period
    if own is upper:
        parts = 1
    elif PeriodKind.CUSTOM in (own, upper):
        return False
    else:
        # Weeks do not fit evenly into months; one of them may lie in the next.
        parts = _A_YEAR[own] // _A_YEAR[upper] - (own is PeriodKind.WEEK)
    return all(
        mine.at_least.on(day) // share(mine) * parts >= floor.at_least.on(day) // share(floor)
        for day in _changes(mine.at_least, floor.at_least)
    )


def _changes(one: Dated, other: Dated) -> set[date]:
    return {day for day, _ in (*one.values, *other.values)}


def _same_events(mine: Time, floor: Time) -> bool:
    match mine, floor:
        case AfterEvent(), AfterEvent():
            return set(floor.events) <= set(mine.events) and set(floor.states) <= set(mine.states)
        case BeforeEvent(), BeforeEvent():
            return set(floor.events) <= set(mine.events)
    return True


# The fewest and the most days that a unit can mean; a long holiday may lie among working days.
_DAYS = {
    OffsetUnit.DAY: (1, 1),
    OffsetUnit.WORKING_DAY: (1, 3),
    OffsetUnit.WEEK: (7, 7),
    OffsetUnit.MONTH: (28, 31),
    OffsetUnit.YEAR: (365, 366),
}


def _may_exceed(one: Distance, other: Distance) -> bool:
    """Say whether ``one`` can be longer than ``other`` on any day."""
    most, fewest = _DAYS[one.unit][1], _DAYS[other.unit][0]
    if one.unit is other.unit:
        most = fewest = 1
    return any(
        one.amount.on(day) * most > other.amount.on(day) * fewest
        for day in _changes(one.amount, other.amount)
    )
