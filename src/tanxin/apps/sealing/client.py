"""What the application asks of the keeper.

Every function raises ``KeeperUnavailable`` when there is no keeper, ``KeeperRefused`` when it says
no, and ``KeeperInsideTransaction`` inside a transaction: seal before it, open after it. A single
text of more than about 10 MB is ``TooLong``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tanxin.apps.sealing.asking import (
    QUOTA_USED,
    SESSION_OVER,
    KeeperRefused,
    ask,
    uuid_of,
)
from tanxin.apps.sealing.connection import KeeperUnavailable, pool
from tanxin.apps.sealing.grants import (
    Grant,
    Key,
    Named,
    approve_access,
    ask_access,
    end_grants,
    grant_of,
    named,
    pass_on,
    told,
)
from tanxin.apps.sealing.sessions import (
    KeeperSession,
    close_session,
    close_sessions_of,
    entrust_task,
    keep_alive,
    needs_authority,
    open_session,
    set_credential,
)
from tanxin.apps.sealing.transactions import KeeperInsideTransaction, refuse_inside_transaction
from tanxin.core.access import Actor
from tanxin.core.vault.personal import PersonalKey
from tanxin.core.vault.wire import to_bytes, to_text

__all__ = [
    "QUOTA_USED",
    "SESSION_OVER",
    "Draft",
    "Grant",
    "KeeperInsideTransaction",
    "KeeperRefused",
    "KeeperSession",
    "KeeperUnavailable",
    "Key",
    "Named",
    "NewText",
    "Release",
    "Sealed",
    "SealedNew",
    "SketchKey",
    "address",
    "answers",
    "approve_access",
    "ask_access",
    "believes_web",
    "close_session",
    "close_sessions_of",
    "create",
    "end_grants",
    "ensure_realm",
    "entrust_task",
    "keep_alive",
    "needs_authority",
    "open_session",
    "open_texts",
    "pass_on",
    "pool",
    "releases",
    "scan",
    "seal_text",
    "seal_texts",
    "set_credential",
    "sketch_key",
]

_BATCH_BYTES = 8 * 1024 * 1024
_BATCH_ITEMS = 5_000


@dataclass(frozen=True, slots=True)
class NewText:
    """The first text of a new record, and who may open it."""

    record: UUID
    field: str
    content: bytes
    parties: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class SealedNew:
    """A new record as the archive stores it; ``grants`` stand in the order of the parties."""

    wrapped_key: bytes
    sealed: bytes
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A later text on its way into the archive, and the grant of whoever writes it."""

    record: UUID
    wrapped_key: bytes
    field: str
    version: int
    content: bytes
    grant: Grant


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text as the archive stores it, and the grant of whoever wants to see it.

    ``latest`` says that it is shown as the newest: the keeper refuses it where it has opened a
    newer one.
    """

    record: UUID
    wrapped_key: bytes
    field: str
    version: int
    sealed: bytes
    grant: Grant
    latest: bool = True


@dataclass(frozen=True, slots=True)
class Release:
    """Who opened a record, when and on which ground; ground and role are gone once erased.

    ``ground`` is what the application said, ``role`` that of the grant the keeper went by.
    """

    seq: int
    at: datetime
    account_id: UUID | None
    person_id: UUID | None
    event: str
    ground: str | None
    fields: tuple[str, ...]
    role: str | None = None


@dataclass(frozen=True, slots=True)
class SketchKey:
    """Sketches of different versions cannot be compared."""

    version: int
    secret: bytes = field(repr=False)


def answers() -> bool:
    try:
        ask("ping", {})
    except (KeeperUnavailable, KeeperRefused):
        return False
    return True


def believes_web() -> bool:
    """Does the keeper take whom we name for him? Only the demo's may. Raises as the others."""
    return bool(ask("ping", {})["believes_web"])


def ensure_realm(realm_id: UUID) -> None:
    """Give a new realm its keys; does nothing for one that has them."""
    refuse_inside_transaction()
    ask("ensure_realm", {"realm": str(realm_id)})


def create(realm_id: UUID, texts: Sequence[NewText]) -> list[SealedNew]:
    """Seal the first texts of new records, each under a key of its own, for its parties."""
    refuse_inside_transaction()
    items = (
        {
            "record": str(new.record),
            "field": new.field,
            "text": to_text(new.content),
            "parties": [named(party) for party in new.parties],
        }
        for new in texts
    )
    made: list[SealedNew] = []
    for batch in _batches(items, "text"):
        answer = ask("create", {"realm": str(realm_id), "items": batch})
        made += map(_sealed_new, answer["made"])
    return made


def seal_text(actor: Actor, draft: Draft) -> bytes:
    return seal_texts(actor, [draft])[0]


def seal_texts(actor: Actor, drafts: Sequence[Draft]) -> list[bytes]:
    """Seal later texts for the person of ``actor.session``, in the order given."""
    refuse_inside_transaction()
    items = (
        {**_place(draft), "text": to_text(draft.content), "grant": told(draft.grant)}
        for draft in drafts
    )
    who = {"realm": str(actor.realm_id), "session": actor.session}
    sealed: list[bytes] = []
    for batch in _batches(items, "text"):
        answer = ask("seal", {**who, "items": batch})
        sealed += map(to_bytes, answer["sealed"])
    return sealed


def open_texts(actor: Actor, items: Sequence[Sealed], *, ground: str) -> list[bytes]:
    """Open texts for the person of ``actor.session``; each record is one leaf before that.

    ``ground`` is the relation or rule that allows it, as ``core.access`` names it. All or nothing
    up to 8 MB; beyond that the batches before a refusal are logged as opened but not returned.
    """
    texts: list[bytes] = []
    for answer in _shown(actor, "open", items, {"ground": ground}):
        texts += map(to_bytes, answer["texts"])
    return texts


def scan(actor: Actor, items: Sequence[Sealed], words: Sequence[str]) -> list[UUID]:
    """Return which records hold all the words; no text comes back, one leaf stays behind.

    Refused with ``search_quota_exceeded``, and as ``open_texts``.
    """
    found: list[UUID] = []
    for answer in _shown(actor, "scan", items, {"words": list(words)}):
        found += map(UUID, answer["found"])
    return found


def address(realm_id: UUID, person_id: UUID, *, column: str, sealed: bytes, notice_id: UUID) -> str:
    """Open one person's ``phone``, ``mail`` or ``channel`` for one notice; it leaves a leaf."""
    refuse_inside_transaction()
    args = {
        "realm": str(realm_id),
        "person": str(person_id),
        "column": column,
        "sealed": to_text(sealed),
        "notice": str(notice_id),
    }
    return str(ask("address", args)["address"])


def _shown(
    actor: Actor, operation: str, items: Sequence[Sealed], more: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    refuse_inside_transaction()
    who = {"realm": str(actor.realm_id), "session": actor.session, **more}
    asked = (_item(item) for item in items)
    for batch in _batches(asked, "sealed"):
        yield ask(operation, {**who, "items": batch})


def releases(realm_id: UUID, record_id: UUID) -> list[Release]:
    """Return who opened the record, oldest first."""
    refuse_inside_transaction()
    answer = ask("releases", {"realm": str(realm_id), "record": str(record_id)})
    return [_release(row) for row in answer["releases"]]


def sketch_key(actor: Actor) -> SketchKey:
    """The realm's key to sketch a text that ``actor`` is just saving. It is kept nowhere.

    Refused as a session that is over.
    """
    refuse_inside_transaction()
    answer = ask("sketch_key", {"realm": str(actor.realm_id), "session": actor.session})
    return SketchKey(answer["version"], to_bytes(answer["key"]))


def personal_keys(realm_id: UUID) -> dict[int, PersonalKey]:
    """Return the realm's keys for personal columns, by version.

    The one call that may be made inside a transaction: it is asked once per process and realm,
    and a refusal that depends on what happens to be cached would be met by users, not by tests.
    """
    answer = ask("pii_keys", {"realm": str(realm_id)})
    keys = [
        PersonalKey(
            realm_id,
            key["version"],
            key["suite"],
            sealing=to_bytes(key["sealing"]),
            index=to_bytes(key["index"]),
        )
        for key in answer["keys"]
    ]
    return {key.version: key for key in keys}


def _place(item: Draft | Sealed) -> dict[str, Any]:
    return {
        "record": str(item.record),
        "wrapped": to_text(item.wrapped_key),
        "field": item.field,
        "version": item.version,
    }


def _item(item: Sealed) -> dict[str, Any]:
    return {
        **_place(item),
        "sealed": to_text(item.sealed),
        "latest": item.latest,
        "grant": told(item.grant),
    }


def _sealed_new(row: dict[str, Any]) -> SealedNew:
    grants = tuple(grant_of(grant) for grant in row["grants"])
    return SealedNew(to_bytes(row["wrapped"]), to_bytes(row["sealed"]), grants)


def _release(row: dict[str, Any]) -> Release:
    return Release(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        account_id=uuid_of(row["actor"]),
        person_id=uuid_of(row["person"]),
        event=row["event"],
        ground=row["ground"],
        fields=tuple(row["fields"] or ()),
        role=row.get("role"),
    )


def _batches(items: Iterator[dict[str, Any]], heavy: str) -> Iterator[list[dict[str, Any]]]:
    """Cut so that no request outgrows a frame."""
    batch: list[dict[str, Any]] = []
    size = 0
    for item in items:
        if batch and (size + len(item[heavy]) > _BATCH_BYTES or len(batch) == _BATCH_ITEMS):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item[heavy])
    if batch:
        yield batch
