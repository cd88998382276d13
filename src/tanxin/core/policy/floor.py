"""An upper rule is a floor: a rule below it may ask for more, never for less.

A rule is measured against the upper rule it says it ``replaces``, and against any upper rule about
the same people, where it would look like the rule to follow and ask for less.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tanxin.core.policy.faults import Fault, meant
from tanxin.core.policy.floor_time import answers_to_all, is_rarer
from tanxin.core.policy.schema import Count, Form, Holder, Pack, Rule, Selector, Terms


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
    return same_people and terms.count is floor.count and answers_to_all(terms.time, floor.time)


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
    return _means_fewer(terms.whom, floor.whom) or (
        _counts_initiators(floor) and _means_fewer(terms.who, floor.who)
    )


def _means_fewer(mine: Selector, floor: Selector) -> bool:
    narrower_state = bool(mine.states) and not (
        floor.states and set(floor.states) <= set(mine.states)
    )
    return (
        narrower_state
        or not set(mine.not_states) <= set(floor.not_states)
        or not _narrowings(mine) <= _narrowings(floor)
        or not _holds_all(mine.holder, floor.holder)
    )


def _narrowings(meant: Selector) -> set[object]:
    """Whatever else must be true of somebody; a narrowing of the same words is the same."""
    rest = {"talked": meant.talked, "not_talked": meant.not_talked, "also": meant.also}
    return {*meant.traits, *meant.years, *((name, each) for name, each in rest.items() if each)}


def _counts_initiators(terms: Terms) -> bool:
    """Where any initiator will do, naming fewer of them takes nothing from the subject."""
    return terms.count is not Count.SUBJECT


def _holds_all(holder: Holder, floor: Holder) -> bool:
    if holder.parts or floor.parts:
        return all(
            any(_holds_all(part, each) for part in holder.parts or (holder,))
            for each in floor.parts or (floor,)
        )
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
    mine, floor = terms.joined, upper.terms.joined
    nearer = mine.depth not in (0, floor.depth)
    fewer = bool(mine.contacts) and not set(floor.contacts) <= set(mine.contacts)
    return mine.relation is not floor.relation or nearer or fewer


def _looser_form(rule: Rule, _: Terms, upper: _Upper) -> bool:
    return upper.rule.form is Form.INDIVIDUAL and rule.form is not Form.INDIVIDUAL


def _more_exempt(rule: Rule, _: Terms, upper: _Upper) -> bool:
    allowed = {state for exemption in upper.rule.exemptions for state in exemption.states}
    taken = {state for exemption in rule.exemptions for state in exemption.states}
    return not taken <= allowed


def _rarer(_: Rule, terms: Terms, upper: _Upper) -> bool:
    return is_rarer(terms.time, upper.terms.time)


def _smaller_sample(_: Rule, terms: Terms, upper: _Upper) -> bool:
    mine, floor = terms.sample, upper.terms.sample
    if mine is None or floor is None:
        return mine is not None
    days = {day for day, _ in (*mine.amount.values, *floor.amount.values)}
    return mine.percent is not floor.percent or any(
        mine.amount.on(day) < floor.amount.on(day) for day in days
    )


def _by_part(_: Rule, terms: Terms, upper: _Upper) -> bool:
    return terms.pro_rata and not upper.terms.pro_rata


_RESPECTS: Mapping[str, Callable[[Rule, Terms, _Upper], bool]] = {
    "relation": _other_relation,
    "people": _fewer_people,
    "sample": _smaller_sample,
    "pro_rata": _by_part,
    "count": _counted_less,
    "form": _looser_form,
    "exceptions": _more_exempt,
    "time": _rarer,
}
