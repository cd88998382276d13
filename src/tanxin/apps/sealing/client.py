"""What the application asks of the keeper.

Every function raises ``KeeperUnavailable`` when there is no keeper, ``KeeperRefused`` when it says
no, and ``KeeperInsideTransaction`` inside a transaction: seal before it, open after it. A single
text of more than about 10 MB is ``TooLong``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from tanxin.apps.sealing.connection import KeeperUnavailable, pool
from tanxin.apps.sealing.transactions import KeeperInsideTransaction, refuse_inside_transaction
from tanxin.core.access import Actor
from tanxin.core.vault.personal import PersonalKey
from tanxin.core.vault.wire import PROTOCOL, to_bytes, to_text

__all__ = [
    "Draft",
    "KeeperInsideTransaction",
    "KeeperRefused",
    "KeeperUnavailable",
    "Release",
    "Sealed",
    "answers",
    "ensure_realm",
    "new_record",
    "new_records",
    "open_texts",
    "releases",
    "seal_text",
    "seal_texts",
]

_BATCH_BYTES = 8 * 1024 * 1024
_BATCH_ITEMS = 5_000


class KeeperRefused(Exception):
    """The keeper said no; ``code`` is of ``keeper.refusal`` or ``core.vault.refusals``."""

    def __init__(self, code: str, params: dict[str, Any]) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Draft:
    """A text on its way into the archive. ``wrapped_key`` is what ``new_record`` gave."""

    record: UUID
    wrapped_key: bytes
    field: str
    version: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text as the archive stores it."""

    record: UUID
    wrapped_key: bytes
    field: str
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Release:
    """Who opened a record, when and on which ground; the ground is gone once erased."""

    seq: int
    at: datetime
    account_id: UUID | None
    person_id: UUID | None
    event: str
    ground: str | None
    fields: tuple[str, ...]


def answers() -> bool:
    try:
        _ask("ping", {})
    except (KeeperUnavailable, KeeperRefused):
        return False
    return True


def ensure_realm(realm_id: UUID) -> None:
    """Give a new realm its keys; does nothing for one that has them."""
    refuse_inside_transaction()
    _ask("ensure_realm", {"realm": str(realm_id)})


def new_record(realm_id: UUID, record_id: UUID) -> bytes:
    """Return the wrapped key of a new record, to be stored beside it."""
    return new_records(realm_id, [record_id])[0]


def new_records(realm_id: UUID, record_ids: Sequence[UUID]) -> list[bytes]:
    refuse_inside_transaction()
    wrapped: list[bytes] = []
    for start in range(0, len(record_ids), _BATCH_ITEMS):
        records = [str(record) for record in record_ids[start : start + _BATCH_ITEMS]]
        answer = _ask("new_records", {"realm": str(realm_id), "records": records})
        wrapped += map(to_bytes, answer["wrapped"])
    return wrapped


def seal_text(
    realm_id: UUID, record_id: UUID, wrapped_key: bytes, *, field: str, version: int, text: str
) -> bytes:
    draft = Draft(record_id, wrapped_key, field, version, text.encode())
    return seal_texts(realm_id, [draft])[0]


def seal_texts(realm_id: UUID, drafts: Sequence[Draft]) -> list[bytes]:
    """Seal many texts, in the order given."""
    refuse_inside_transaction()
    items = ({**_place(draft), "text": to_text(draft.content)} for draft in drafts)
    sealed: list[bytes] = []
    for batch in _batches(items, "text"):
        answer = _ask("seal", {"realm": str(realm_id), "items": batch})
        sealed += map(to_bytes, answer["sealed"])
    return sealed


def open_texts(actor: Actor, items: Sequence[Sealed], *, ground: str) -> list[bytes]:
    """Open texts for ``actor``; every record opened is one leaf in the keeper's log before that.

    ``ground`` is the relation or rule that allows it, as ``core.access`` names it. All or nothing
    up to 8 MB; beyond that the batches before a refusal are logged as opened but not returned.
    """
    refuse_inside_transaction()
    who = {
        "realm": str(actor.realm_id),
        "actor": _id(actor.account_id),
        "person": _id(actor.person_id),
        "session": actor.session,
        "ground": ground,
    }
    asked = ({**_place(item), "sealed": to_text(item.sealed)} for item in items)
    texts: list[bytes] = []
    for batch in _batches(asked, "sealed"):
        texts += map(to_bytes, _ask("open", {**who, "items": batch})["texts"])
    return texts


def releases(realm_id: UUID, record_id: UUID) -> list[Release]:
    """Return who opened the record, oldest first."""
    refuse_inside_transaction()
    answer = _ask("releases", {"realm": str(realm_id), "record": str(record_id)})
    return [_release(row) for row in answer["releases"]]


def personal_keys(realm_id: UUID) -> dict[int, PersonalKey]:
    """Return the realm's keys for personal columns, by version.

    The one call that may be made inside a transaction: it is asked once per process and realm,
    and a refusal that depends on what happens to be cached would be met by users, not by tests.
    """
    answer = _ask("pii_keys", {"realm": str(realm_id)})
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


def _ask(operation: str, args: dict[str, Any]) -> dict[str, Any]:
    message = {"v": PROTOCOL, "op": operation, "args": args}
    answer = pool.ask(settings.TANXIN_KEEPER_SOCKET, message)
    if answer.get("ok") is not True:
        raise KeeperRefused(str(answer.get("code")), answer.get("params", {}))
    result: dict[str, Any] = answer["result"]
    return result


def _place(item: Draft | Sealed) -> dict[str, Any]:
    return {
        "record": str(item.record),
        "wrapped": to_text(item.wrapped_key),
        "field": item.field,
        "version": item.version,
    }


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _uuid(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _release(row: dict[str, Any]) -> Release:
    return Release(
        seq=row["seq"],
        at=datetime.fromisoformat(row["at"]),
        account_id=_uuid(row["actor"]),
        person_id=_uuid(row["person"]),
        event=row["event"],
        ground=row["ground"],
        fields=tuple(row["fields"] or ()),
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
