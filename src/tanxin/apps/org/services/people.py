"""People of the roster. Columns are sealed before the transaction, all of one kind at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.audit.services import Detail
from tanxin.apps.org.access import PersonNotFound, may_record_facts, person_for
from tanxin.apps.org.models import Person
from tanxin.apps.org.services.logins import end_logins
from tanxin.apps.org.services.version import raise_directory_version
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission

BATCH = 2000
PLAIN = ("number", "gender", "birth", "politics", "joined_party", "started_work")


class PersonIsKnown(Exception):
    """Somebody of the realm has this staff number or ID number."""


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What a roster says about a person. ``more`` holds its remaining columns."""

    name: str = field(repr=False)
    number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    more: Mapping[str, str] = field(default_factory=dict, repr=False)
    gender: str = ""
    birth: str = field(default="", repr=False)
    politics: str = ""
    joined_party: date | None = None
    started_work: date | None = None
    left_on: date | None = None


def as_json(more: Mapping[str, str]) -> str:
    return json.dumps(dict(more), ensure_ascii=False) if more else ""


Column = tuple[str, str, Callable[[PersonDetails], str]]
SEALED: tuple[Column, ...] = (
    ("name", "name_sealed", lambda row: row.name),
    ("phone", "phone_sealed", lambda row: row.phone),
    ("id", "id_sealed", lambda row: row.id_number),
    ("mail", "mail_sealed", lambda row: row.mail),
    ("details", "details_sealed", lambda row: as_json(row.more)),
)  # fmt: skip


def sealed_person_rows(
    realm_id: UUID, people: Sequence[PersonDetails], *, at: datetime, ids: Sequence[UUID] = ()
) -> list[Person]:
    """Unsaved rows with their columns sealed. Call it before the transaction that saves them."""
    rows = [
        Person(
            id=person_id,
            realm_id=realm_id,
            recorded_at=at,
            left_on=person.left_on,
            **{name: getattr(person, name) for name in PLAIN},
        )
        for person_id, person in zip(ids or [uuid4() for _ in people], people, strict=True)
    ]
    for column, attribute, text_of in SEALED:
        wanted = [(row, text_of(person)) for row, person in zip(rows, people, strict=True)]
        given = [(row, text) for row, text in wanted if text]
        sealed = pii.seal_column(realm_id, column, [(row.pk, text) for row, text in given])
        for (row, _), value in zip(given, sealed, strict=True):
            setattr(row, attribute, value)
    for row, person in zip(rows, people, strict=True):
        row.phone_index = (
            person.phone and pii.blind_index(realm_id, "phone", person.phone)
        ) or None
        row.id_index = (
            person.id_number and pii.blind_index(realm_id, "id", person.id_number)
        ) or None
    refuse_known_by_older_keys(realm_id, people, rows)
    return rows


def refuse_known_by_older_keys(
    realm_id: UUID, people: Sequence[PersonDetails], rows: Sequence[Person]
) -> None:
    """While a renewed key is taken into use, equal ID numbers may have unequal indexes."""
    older = [
        index
        for person in people
        if person.id_number
        for index in pii.older_indexes(realm_id, "id", person.id_number)
    ]
    own = {row.pk for row in rows}
    for start in range(0, len(older), BATCH):
        known = Person.objects.filter(realm=realm_id, id_index__in=older[start : start + BATCH])
        if set(known.values_list("pk", flat=True)) - own:
            raise PersonIsKnown


def add_person(actor: Actor, person: PersonDetails, *, at: datetime) -> UUID:
    """Raises ``FactsForbidden`` and ``PersonIsKnown``."""
    return add_people(actor, [person], at=at)[0]


def add_people(actor: Actor, people: Sequence[PersonDetails], *, at: datetime) -> list[UUID]:
    """Add all of them or, when one ``PersonIsKnown``, none; one audit leaf for each."""
    may_record_facts(actor)
    rows = sealed_person_rows(actor.realm_id, people, at=at)
    try:
        with transaction.atomic():
            Person.objects.bulk_create(rows, batch_size=BATCH)
            raise_directory_version(actor.realm_id)
            for row in rows:
                record_change(actor, "person.added", row.pk, {}, at)
    except IntegrityError as reason:
        raise PersonIsKnown from reason
    return [row.pk for row in rows]


def details_of(person: Person) -> PersonDetails:
    """Open a row again. For services and roster exports; pages use ``contact_details``."""
    realm_id = person.realm_id

    def opened(column: str, sealed: bytes | memoryview | None) -> str:
        return "" if sealed is None else pii.open_pii(realm_id, person.pk, column, bytes(sealed))

    more = opened("details", person.details_sealed)
    return PersonDetails(
        name=opened("name", person.name_sealed),
        phone=opened("phone", person.phone_sealed),
        id_number=opened("id", person.id_sealed),
        mail=opened("mail", person.mail_sealed),
        more=json.loads(more) if more else {},
        left_on=person.left_on,
        **{name: getattr(person, name) for name in PLAIN},
    )


def change_person(actor: Actor, person_id: UUID, *, at: datetime, **changes: object) -> None:
    """Write other values of ``PersonDetails``; the audit leaf names the columns, not the values."""
    may_record_facts(actor)
    row = Person.objects.filter(realm=actor.realm_id, pk=person_id).first()
    if row is None:
        raise PersonNotFound(person_id)
    person = replace(details_of(row), **changes)  # type: ignore[arg-type] # checked by the class
    new = sealed_person_rows(actor.realm_id, [person], at=row.recorded_at, ids=[person_id])[0]
    try:
        with transaction.atomic():
            new.save(force_update=True)
            raise_directory_version(actor.realm_id)
            record_change(actor, "person.changed", person_id, {"columns": [*sorted(changes)]}, at)
    except IntegrityError as reason:
        raise PersonIsKnown from reason


def leave_realm(actor: Actor, person_id: UUID, *, on: date, at: datetime) -> None:
    """From ``on`` the person is no longer of the realm; what was true before stays true."""
    may_record_facts(actor)
    with transaction.atomic():
        found = Person.objects.filter(realm=actor.realm_id, pk=person_id).update(left_on=on)
        if not found:
            raise PersonNotFound(person_id)
        raise_directory_version(actor.realm_id)
        end_logins(actor.realm_id, [person_id])
        record_change(actor, "person.left", person_id, {"on": on.isoformat()}, at)


def contact_details(actor: Actor, person_id: UUID) -> PersonDetails:
    """Phone, mail and the like, for the person and organisers only."""
    return details_of(person_for(actor, person_id, Permission.CONTACT_DETAILS_VIEW))


def record_change(actor: Actor, event: str, person_id: UUID, detail: Detail, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="person",
        subject_id=person_id,
        detail=detail,
        at=at,
    )
