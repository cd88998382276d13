"""Who may open a record, vouched for by the keeper: rows of ``archive.Party`` are these values."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tanxin.apps.sealing.asking import ask
from tanxin.apps.sealing.transactions import refuse_inside_transaction
from tanxin.core.access import Actor
from tanxin.core.vault.wire import to_bytes, to_text


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who shall be able to open a record, until ``end`` if it says so."""

    person_id: UUID
    role: str
    may_pass_on: bool = False
    end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Stored field by field; a change of any of them makes ``mac`` worthless."""

    person_id: UUID
    role: str
    may_pass_on: bool
    start: datetime
    end: datetime | None
    mac: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Key:
    """A record with its wrapped key, as the archive stores it."""

    record_id: UUID
    wrapped_key: bytes = field(repr=False)


def pass_on(
    actor: Actor, held: Sequence[tuple[Key, Grant]], to: Sequence[Named]
) -> list[list[Grant]]:
    """Give others access to records whose grants ``actor`` holds and may pass on.

    Returns the new grants of each record. Refused with ``may_not_pass_on``, ``grant_ended``,
    ``grant_not_good``, or where the session is over.
    """
    refuse_inside_transaction()
    args = {
        "realm": str(actor.realm_id),
        "session": actor.session,
        "items": [{**_key(key), "grant": told(grant)} for key, grant in held],
        "to": [named(one) | {"end": _moment(one.end)} for one in to],
    }
    return [[grant_of(row) for row in rows] for rows in ask("grant.pass_on", args)["grants"]]


def ask_access(
    actor: Actor, request_id: UUID, record_ids: Sequence[UUID], *, role: str, hours: int
) -> None:
    """Lodge at the keeper that ``actor`` asks to read records as ``granted`` or ``emergency``.

    It gives nothing by itself. At most 31 days of hours; ``request_used`` for a known id.
    """
    refuse_inside_transaction()
    args = {
        "realm": str(actor.realm_id),
        "session": actor.session,
        "request": str(request_id),
        "records": [str(record) for record in record_ids],
        "role": role,
        "hours": hours,
    }
    ask("grant.ask", args)


def approve_access(actor: Actor, request_id: UUID, keys: Sequence[Key]) -> list[Grant]:
    """Another person's live session approves: one grant per record, in the order of ``keys``.

    ``keys`` must be just the records that were asked for. Refused with ``no_authority`` (the asker
    himself, or nobody the keeper knows as approver or security administrator) or ``request_used``
    (unknown, older than 31 days, or approved before).
    """
    refuse_inside_transaction()
    args = {
        "realm": str(actor.realm_id),
        "session": actor.session,
        "request": str(request_id),
        "items": [_key(key) for key in keys],
    }
    return [grant_of(row) for row in ask("grant.approve", args)["grants"]]


def end_grants(realm_id: UUID, held: Sequence[tuple[Key, Grant]]) -> list[Grant]:
    """End grants now, and for good: the rows as they were open nothing any more.

    Returns them as they are to be stored. Nobody need be logged in.
    """
    refuse_inside_transaction()
    items = [
        {**_key(key), "person": str(grant.person_id), "grant": told(grant)} for key, grant in held
    ]
    answer = ask("grant.end", {"realm": str(realm_id), "items": items})
    return [grant_of(row) for row in answer["grants"]]


def told(grant: Grant) -> dict[str, Any]:
    """A grant as the keeper is shown it; whose it is, it knows from the session."""
    return {
        "role": grant.role,
        "may_pass_on": grant.may_pass_on,
        "start": grant.start.isoformat(),
        "end": _moment(grant.end),
        "mac": to_text(grant.mac),
    }


def grant_of(row: dict[str, Any]) -> Grant:
    return Grant(
        person_id=UUID(row["person"]),
        role=row["role"],
        may_pass_on=row["may_pass_on"],
        start=datetime.fromisoformat(row["start"]),
        end=None if row["end"] is None else datetime.fromisoformat(row["end"]),
        mac=to_bytes(row["mac"]),
    )


def named(one: Named) -> dict[str, Any]:
    return {"person": str(one.person_id), "role": one.role, "may_pass_on": one.may_pass_on}


def _key(key: Key) -> dict[str, str]:
    return {"record": str(key.record_id), "wrapped": to_text(key.wrapped_key)}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
