"""Who may hold a talk for somebody else: approved delegates, where the rule allows it."""

from collections.abc import Callable, Hashable
from datetime import date

from tanxin.core.policy.schema import Rule
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.spans import span_of

IsDelegated = Callable[[Hashable, int, int], bool]


def delegations(snapshot: Snapshot, rule: Rule) -> IsDelegated | None:
    """Return what says whether a principal has a delegate on any of some days, if one may."""
    if rule.terms is None or not rule.terms.delegable or not snapshot.delegates_by_person:
        return None

    def is_delegated(person: Hashable, first: int, last: int) -> bool:
        return any(
            begins <= last and ends >= first for _, begins, ends in _of(snapshot, rule, person)
        )

    return is_delegated


def delegates_on(snapshot: Snapshot, rule: Rule, person: Hashable, day: date) -> set[Hashable]:
    """Return who may hold the talks of ``person`` on a day; they count for him."""
    if rule.terms is None or not rule.terms.delegable:
        return set()
    on = day.toordinal()
    return {who for who, first, last in _of(snapshot, rule, person) if first <= on <= last}


def _of(snapshot: Snapshot, rule: Rule, person: Hashable) -> list[tuple[Hashable, int, int]]:
    return [
        (fact.delegate, *span_of(fact.start, fact.end))
        for fact in snapshot.delegates_by_person.get(person, ())
        if fact.rule in ("", rule.id)
    ]
