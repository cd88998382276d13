"""Who may take a side of a duty that leaves it open, or that a group shares."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from tanxin.core.policy.delegated import delegates_on
from tanxin.core.policy.join import joining
from tanxin.core.policy.rows import Holdings, Row
from tanxin.core.policy.schema import Rule
from tanxin.core.policy.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Sides:
    initiators: frozenset[Hashable]
    subjects: frozenset[Hashable]


def sides_on(snapshot: Snapshot, rule: Rule, via: Hashable, day: date) -> Sides:
    """Return who stands on either side of ``rule`` at the place ``via`` of a duty on ``day``.

    A talk of any of the initiators, or of a delegate of theirs where the rule allows one, meets a
    shared duty with its subject; a duty without a subject
    is met with any of the subjects. Who is a subject by an event only is not among them.
    """
    if rule.terms is None:
        return Sides(frozenset(), frozenset())
    joined = joining(Holdings(snapshot), snapshot, rule, rule.terms, day)
    if via not in joined.places():
        return Sides(frozenset(), frozenset())
    group = joined.group(via)
    leading = _on(group.who, day)
    delegates = (delegates_on(snapshot, rule, person, day) for person in leading)
    return Sides(leading.union(*delegates), _on(group.whom, day))


def _on(rows: list[Row], day: date) -> frozenset[Hashable]:
    ordinal = day.toordinal()
    return frozenset(row.person for row in rows if row.first <= ordinal <= row.last)
