"""Applying a difference: all of it in one transaction, with one entry in the log."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.intake.difference import Difference, Step
from tanxin.apps.org.intake.examine import Examination
from tanxin.apps.org.intake.touched import touched_by
from tanxin.apps.org.models import Event, Fact, Person, Tenure
from tanxin.apps.org.services.bulk import BATCH, write_facts
from tanxin.apps.org.services.logins import end_logins, holders_of
from tanxin.apps.org.services.people import sealed_person_rows
from tanxin.apps.org.services.version import claim_directory_version
from tanxin.core.access import Actor

COLUMNS_OF_A_PERSON = (
    "name_sealed", "phone_sealed", "phone_index", "id_sealed", "id_index", "mail_sealed",
    "details_sealed", "number", "gender", "birth", "politics", "joined_party", "started_work",
)  # fmt: skip


class RosterHasFaults(Exception):
    """Some rows are wrong or unanswered, and the good ones alone were not asked for."""


class NothingGood(Exception):
    """The file as a whole cannot be read."""


class DifferenceMoved(Exception):
    """The facts changed since the difference was shown."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """``touched`` are the persons, units and teams whose duties may change."""

    steps: int
    rows: dict[str, int]
    touched: frozenset[UUID]


def take_in(
    actor: Actor,
    seen: Examination,
    *,
    at: datetime,
    accept_good: bool = False,
    shown: str | None = None,
) -> TakenIn:
    """Apply what ``seen`` found; nothing is written where anything goes wrong.

    ``shown`` is the digest of the difference somebody looked at. Raises ``NothingGood``,
    ``RosterHasFaults`` unless ``accept_good``, and ``DifferenceMoved`` where another difference
    was shown or the facts changed in the meantime.
    """
    may_record_facts(actor)
    if seen.roster.unreadable:
        raise NothingGood(seen.name)
    if not seen.is_clean and not accept_good:
        raise RosterHasFaults(seen.name)
    if shown is not None and shown != seen.difference.digest:
        raise DifferenceMoved(seen.name)
    if not seen.difference:
        return TakenIn(0, {}, frozenset())
    new, changed = sealed_people(actor, seen.difference, at)
    with transaction.atomic():
        if not claim_directory_version(actor.realm_id, seen.version):
            raise DifferenceMoved(seen.name)
        write_ends(actor, seen.difference.steps, at)
        write_changed_people(changed)
        rows = [row for step in seen.difference.steps for row in step.rows]
        written = write_facts(actor.realm_id, [*new, *rows], at=at)
        move_and_leave(actor, seen.difference.steps)
        end_logins(actor.realm_id, moved(actor, seen.difference.steps))
        leave_log(actor, seen, written, at)
        touched = touched_by(actor, seen.difference.steps)
    return TakenIn(len(seen.difference.steps), written, touched)


def sealed_people(
    actor: Actor, difference: Difference, at: datetime
) -> tuple[list[Person], list[Person]]:
    """New and changed people; somebody named twice is written once, as he was named last."""
    last = {step.person.id: step.person for step in difference.steps if step.person}
    is_new = {step.person.id for step in difference.steps if step.person and step.person.is_new}
    rows = sealed_person_rows(
        actor.realm_id, [person.details for person in last.values()], at=at, ids=list(last)
    )
    return [row for row in rows if row.pk in is_new], [row for row in rows if row.pk not in is_new]


def write_ends(actor: Actor, steps: Iterable[Step], at: datetime) -> None:
    """Each update finds only facts that still stand as they were seen."""
    ends: dict[tuple[type[Fact], date], list[UUID]] = defaultdict(list)
    voided: dict[type[Fact], list[UUID]] = defaultdict(list)
    for step in steps:
        for kind, fact_id, end in step.ends:
            ends[kind, end].append(fact_id)
        for void_kind, fact_id in step.voids:
            voided[void_kind].append(fact_id)
    for (kind, end), ids in ends.items():
        for some in batches(ids):
            rows = kind._default_manager.filter(realm=actor.realm_id, pk__in=some, voided_at=None)
            expect(rows.update(end=end), some)
    for kind, ids in voided.items():
        for some in batches(ids):
            rows = kind._default_manager.filter(realm=actor.realm_id, pk__in=some, voided_at=None)
            expect(rows.update(voided_at=at), some)


def write_changed_people(rows: list[Person]) -> None:
    Person.objects.bulk_create(
        rows, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS_OF_A_PERSON
    )


def move_and_leave(actor: Actor, steps: Iterable[Step]) -> None:
    for step in steps:
        for event_id, on in step.moves:
            events = Event.objects.filter(realm=actor.realm_id, pk=event_id, voided_at=None)
            expect(events.update(on=on), [event_id])
        for person_id, left_on in step.leaves:
            was_here = left_on is not None
            people = Person.objects.filter(
                realm=actor.realm_id, pk=person_id, left_on__isnull=was_here
            )
            expect(people.update(left_on=left_on), [person_id])


def moved(actor: Actor, steps: Iterable[Step]) -> set[UUID]:
    """Whoever gave up a post or left."""
    gone = {person_id for step in steps for person_id, left_on in step.leaves if left_on}
    ended = [fact_id for step in steps for kind, fact_id, _ in step.ends if kind is Tenure]
    return gone | holders_of(actor.realm_id, ended)


def leave_log(actor: Actor, seen: Examination, written: dict[str, int], at: datetime) -> None:
    audit.record_bulk(
        "roster.imported",
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="realm",
        subject_id=actor.realm_id,
        at=at,
        items=[str(row.pk).encode() for step in seen.difference.steps for row in step.rows],
        detail={
            "on": seen.on.isoformat(),
            "steps": len(seen.difference.steps),
            "rows": dict(written),
        },
    )


def batches(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))


def expect(found: int, wanted: list[UUID]) -> None:
    if found != len(wanted):
        raise DifferenceMoved(f"{found} of {len(wanted)} facts still stand")
