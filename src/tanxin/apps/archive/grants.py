"""Rows of ``Party`` as the keeper vouches for them, and the ways they change after the first day.

Nothing else writes them: a row without the keeper's MAC opens nothing.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Party, Record
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import Grant, Key, Named
from tanxin.core.access import Actor


def grant_of(part: Party) -> Grant:
    return Grant(
        person_id=part.person_id,
        role=part.role,
        may_pass_on=part.may_pass_on,
        start=part.start,
        end=part.end,
        mac=bytes(part.mac),
    )


def party_row(realm_id: UUID, record_id: UUID, grant: Grant) -> Party:
    return Party(
        realm_id=realm_id,
        record_id=record_id,
        person_id=grant.person_id,
        role=grant.role,
        may_pass_on=grant.may_pass_on,
        start=grant.start,
        end=grant.end,
        mac=grant.mac,
    )


def held_by(actor: Actor, record: Record) -> Grant:
    """The actor's own grant in a record, in force or not; raises ``RecordNotFound`` without."""
    part = Party.objects.filter(
        realm=record.realm_id, record=record.pk, person=actor.person_id
    ).first()
    if part is None:
        raise RecordNotFound(record.pk)
    return grant_of(part)


def key_of(record: Record) -> Key:
    return Key(record.pk, bytes(record.wrapped_key))


def keep_grants(realm_id: UUID, grants: Iterable[tuple[UUID, Grant]]) -> None:
    """Store what the keeper gave, by record; call it in the transaction of its cause.

    A person has one part in a record: a new grant takes the place of the old.
    """
    for record_id, grant in grants:
        Party.objects.update_or_create(
            realm_id=realm_id,
            record_id=record_id,
            person_id=grant.person_id,
            defaults={
                "role": grant.role,
                "may_pass_on": grant.may_pass_on,
                "start": grant.start,
                "end": grant.end,
                "mac": grant.mac,
            },
        )


def passed_on(
    actor: Actor, records: Iterable[Record], to: Sequence[Named]
) -> list[tuple[UUID, Grant]]:
    """Have the keeper give others access to records that ``actor`` may open and pass on.

    Call it outside of any transaction; what it returns is for ``keep_grants``. Raises
    ``KeeperRefused`` where the actor holds no grant that may be passed on.
    """
    parts = Party.objects.filter(
        realm=actor.realm_id, person=actor.person_id, record__in=list(records)
    ).select_related("record")
    held = [(part.record_id, (key_of(part.record), grant_of(part))) for part in parts]
    given = client.pass_on(actor, [one for _, one in held], to) if held else []
    return [
        (record_id, grant)
        for (record_id, _), grants in zip(held, given, strict=True)
        for grant in grants
    ]


def approved(actor: Actor, request_id: UUID, records: Sequence[Record]) -> list[tuple[UUID, Grant]]:
    """Have the keeper give the asker of ``request_id`` what he asked for; ``actor`` approves.

    ``client.ask_access`` was called for just these records while the asker was logged in. Call it
    outside of any transaction; what it returns is for ``keep_grants``.
    """
    grants = client.approve_access(actor, request_id, [key_of(record) for record in records])
    return list(zip((record.pk for record in records), grants, strict=True))


def end_parts(realm_id: UUID, parts: Iterable[Party]) -> int:
    """End grants now and for good. Call it outside of any transaction; it opens its own.

    The keeper forgets first: should the rows not be stored, they open nothing all the same.
    """
    rows = list(parts)
    held = [(key_of(part.record), grant_of(part)) for part in rows]
    ended = client.end_grants(realm_id, held) if held else []
    with transaction.atomic():
        for part, grant in zip(rows, ended, strict=True):
            Party.objects.filter(realm=realm_id, pk=part.pk).update(end=grant.end, mac=grant.mac)
    return len(ended)
