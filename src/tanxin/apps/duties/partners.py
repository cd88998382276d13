"""Whether somebody may stand on the open side of a duty, by the rule's own words."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.more_facts import MoreFacts
from tanxin.apps.duties.neighbours import everybody_at, everything_of
from tanxin.apps.duties.snapshot import Facts
from tanxin.apps.org.models import POST_LEVELS, Delegation
from tanxin.core.policy import Sides, Snapshot, rule_from_data, sides_on
from tanxin.core.policy.asked import EVERYTHING
from tanxin.core.policy.spans import span_of


class Partners:
    """The facts of a few people, to ask who of them a rule means at a place on a day."""

    def __init__(self, realm_id: UUID, people: list[UUID], on: date) -> None:
        self._realm = realm_id
        self._people = people
        self._on = on
        self._snapshot: Snapshot | None = None

    def may_lead(self, duty: Duty, person_id: UUID) -> bool:
        """Whether the person is one of those who may hold a shared duty's talk, or a delegate."""
        return self._is_delegate(duty, person_id) or (
            person_id.bytes in self._sides(duty).initiators
        )

    def _is_delegate(self, duty: Duty, person_id: UUID) -> bool:
        if not (duty.rule.text["terms"] or {}).get("delegable"):
            return False
        rows = Delegation.objects.filter(
            Q(start=None) | Q(start__lte=self._on), Q(end=None) | Q(end__gt=self._on),
            realm=self._realm, voided_at=None, person=duty.initiator_id, delegate=person_id,
            rule__in=["", duty.rule.rule],
        )  # fmt: skip
        return rows.exists()

    def may_partner(self, duty: Duty, person_id: UUID) -> bool:
        """Whether the person is one of those whom a duty without fixed subject may be met with."""
        return person_id.bytes in self._sides(duty).subjects

    def is_in_state(self, person_id: UUID | None, states: Collection[str]) -> bool:
        day = self._on.toordinal()
        return any(
            state.kind in states and first <= day <= last
            for state in self._facts().states_by_person.get(person_id and person_id.bytes, ())
            for first, last in [span_of(state.start, state.end)]
        )

    def _sides(self, duty: Duty) -> Sides:
        return sides_on(self._facts(), rule_from_data(duty.rule.text), duty.via.bytes, self._on)

    def _facts(self) -> Snapshot:
        if self._snapshot is None:
            facts = Facts(self._realm, POST_LEVELS, since=self._on, streaming=False)
            self._snapshot = everything_of(facts, self._people, more_of(self._realm, self._on))
        return self._snapshot


def more_of(realm_id: UUID, on: date) -> MoreFacts:
    return MoreFacts(realm_id, EVERYTHING, since=on, today=on)


def partners_of(duty: Duty, on: date) -> frozenset[UUID]:
    """Everybody whom a duty without fixed subject may be met with on a day."""
    facts = Facts(duty.realm_id, POST_LEVELS, since=on, streaming=False)
    rule = rule_from_data(duty.rule.text)
    found = everybody_at(facts, duty.via, more_of(duty.realm_id, on))
    sides = sides_on(found, rule, duty.via.bytes, on)
    return frozenset(UUID(bytes=one) for one in sides.subjects if isinstance(one, bytes)) - {
        duty.initiator_id
    }
