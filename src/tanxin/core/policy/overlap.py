"""Where rules speak of the same people: one talk meets both, or no talk can.

Neither is a fault; whoever puts packs together wants to know. Rules are compared by their words,
so a note says that people *may* be the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tanxin.core.policy.faults import Fault
from tanxin.core.policy.floor_time import is_rarer
from tanxin.core.policy.resolve import is_in_force
from tanxin.core.policy.schema import (
    EachPeriod,
    Form,
    Holder,
    Holding,
    Pack,
    Relation,
    Rule,
    Selector,
    Terms,
    Time,
)

_ANSWERS = ("events", "states", "ended", "talks", "lapsed", "nodes", "dates")
_LEADING = frozenset({"chief", "head"})
# In these the initiator stands over the subject's unit, so the same two may be in several.
_OVER = frozenset({Relation.CHARGE, Relation.BELOW, Relation.AUTHORITY})


def notes_on(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Return a note for each two rules in force together that speak of the same people.

    ``overlap``: one talk meets both; ``params`` name the rule that asks for more. ``conflict``: no
    talk meets both, and in which respect.
    """
    rules = [_One(pack, rule, rule.terms) for pack in packs for rule in pack.rules if rule.terms]
    for one, two in combinations(rules, 2):
        apart = one.name != two.rule.replaces and two.name != one.rule.replaces
        if (
            apart
            and _together(one.pack, two.pack)
            and _same_people(one.terms, two.terms)
            and _same_time(one.terms.time, two.terms.time)
        ):
            yield _note(one, two)


@dataclass(frozen=True, slots=True)
class _One:
    pack: Pack
    rule: Rule
    terms: Terms

    @property
    def name(self) -> str:
        return f"{self.pack.id}/{self.rule.id}"


def _note(one: _One, two: _One) -> Fault:
    params = {"rule": one.name, "other": two.name}
    respect = _split(one.rule, two.rule)
    if respect:
        code, params = "conflict", {**params, "respect": respect}
    else:
        code, params = "overlap", {**params, "more": _asks_for_more(one, two)}
    return Fault(code, two.rule.file, two.rule.line, params)


def _asks_for_more(one: _One, two: _One) -> str:
    first = is_rarer(one.terms.time, two.terms.time)
    second = is_rarer(two.terms.time, one.terms.time)
    if first == second:
        return ""
    return two.name if first else one.name


def _together(one: Pack, other: Pack) -> bool:
    if one.id == other.id and one.version != other.version:
        return False
    return is_in_force(one, max(one.start, other.start)) and is_in_force(
        other, max(one.start, other.start)
    )


def _split(rule: Rule, other: Rule) -> str:
    """Return the respect in which no talk can meet both."""
    if rule.kind != other.kind:
        return "kind"
    if rule.type != other.type and rule.type and other.type:
        return "type"
    if rule.form is not other.form and Form.EITHER not in (rule.form, other.form):
        return "form"
    if not set(rule.channels).intersection(other.channels):
        return "channel"
    return ""


def _same_time(one: Time, two: Time) -> bool:
    """Say whether both count by periods, or answer to something in common."""
    if isinstance(one, EachPeriod) or isinstance(two, EachPeriod):
        return isinstance(one, EachPeriod) and isinstance(two, EachPeriod)
    return any(
        set(getattr(one, name, ())).intersection(getattr(two, name, ())) for name in _ANSWERS
    )


def _same_people(one: Terms, two: Terms) -> bool:
    if not _same_relation(one, two):
        return False
    if _meet(one.who, two.who) and _meet(one.whom, two.whom):
        return True
    swapped = one.mutual or two.mutual
    return swapped and _meet(one.who, two.whom) and _meet(one.whom, two.who)


def _same_relation(one: Terms, two: Terms) -> bool:
    relations = {one.joined.relation, two.joined.relation}
    if relations == {Relation.CONTACT}:
        kinds = one.joined.contacts, two.joined.contacts
        return not all(kinds) or bool(set(kinds[0]).intersection(kinds[1]))
    return len(relations) == 1 or relations <= _OVER


def _meet(one: Selector, two: Selector) -> bool:
    excluded = set(one.states).intersection(two.not_states) | set(two.states).intersection(
        one.not_states
    )
    history = (one.talked and one.talked == two.not_talked) or (
        two.talked and two.talked == one.not_talked
    )
    if excluded or history or not _traits_meet(one, two):
        return False
    return any(
        _holders_meet(a, b)
        for a in one.holder.parts or (one.holder,)
        for b in two.holder.parts or (two.holder,)
    )


def _traits_meet(one: Selector, two: Selector) -> bool:
    return all(
        a.kind != b.kind or set(a.values).intersection(b.values)
        for a in one.traits
        for b in two.traits
    )


def _holders_meet(one: Holder, two: Holder) -> bool:
    if Holding.ANYONE in (one.holding, two.holding):
        return True
    if one.holding is two.holding:
        return _words_meet(one.roles, two.roles) and _words_meet(one.teams, two.teams)
    if Holding.HEAD in (one.holding, two.holding):
        other = two if one.holding is Holding.HEAD else one
        return other.holding is not Holding.BRANCH and _words_meet(other.roles, tuple(_LEADING))
    return False


def _words_meet(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """No word means all of them."""
    return not (one and two) or bool(set(one).intersection(two))
