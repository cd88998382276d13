"""Whom and what a difference was about, so that their duties are derived again."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from tanxin.apps.org.intake.difference import Step
from tanxin.apps.org.models import Event
from tanxin.apps.org.services.bulk import BATCH
from tanxin.apps.realms.models import RealmRow
from tanxin.core.access import Actor

ABOUT = ("person_id", "other_id", "unit_id", "over_id", "team_id", "branch_id", "parent_id")


def touched_by(actor: Actor, steps: Iterable[Step]) -> frozenset[UUID]:
    """Also those whose facts only end or move."""
    found: set[UUID] = set()
    changed: dict[type[RealmRow], list[UUID]] = defaultdict(list)
    for step in steps:
        for row in step.rows:
            found.update(about(row))
        for fact, fact_id in (*step.voids, *(end[:2] for end in step.ends)):
            changed[fact].append(fact_id)
        changed[Event].extend(event_id for event_id, _ in step.moves)
        found.update(person_id for person_id, _ in step.leaves)
        if step.person:
            found.add(step.person.id)
    for kind, ids in changed.items():
        found.update(about_those(actor, kind, ids))
    return frozenset(found)


def about_those(actor: Actor, kind: type[RealmRow], ids: list[UUID]) -> Iterable[UUID]:
    for first in range(0, len(ids), BATCH):
        some = ids[first : first + BATCH]
        for row in kind._default_manager.filter(realm=actor.realm_id, pk__in=some):
            yield from about(row)


def about(row: RealmRow) -> Iterable[UUID]:
    return (value for name in ABOUT if (value := getattr(row, name, None)) is not None)
