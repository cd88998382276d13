"""Personal columns. Keys come from the keeper once per realm and stay in this process's memory.

All raise ``KeeperUnavailable`` or ``KeeperRefused`` only while the keys are not there yet, and a
``VaultRefusal`` for bytes that were changed or belong elsewhere.
"""

from collections.abc import Iterable
from contextlib import suppress
from threading import Lock
from time import monotonic
from uuid import UUID

from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable, personal_keys
from tanxin.core.vault import personal
from tanxin.core.vault.personal import PersonalKey
from tanxin.core.vault.refusals import UnknownKeyVersion

# A renewed key is used within this time; the keeper lets an old one live for an hour longer.
ASK_AGAIN_SECONDS = 300.0
_keys: dict[UUID, tuple[float, dict[int, PersonalKey]]] = {}
_lock = Lock()


def seal_pii(realm_id: UUID, person_id: UUID, field: str, text: str) -> bytes:
    return seal_column(realm_id, field, [(person_id, text)])[0]


def open_pii(realm_id: UUID, person_id: UUID, field: str, sealed: bytes) -> str:
    return open_column(realm_id, field, [(person_id, sealed)])[0]


def seal_column(realm_id: UUID, field: str, values: Iterable[tuple[UUID, str]]) -> list[bytes]:
    """Seal one column of many persons: 100,000 names in about half a second."""
    return personal.seal_personal(_current(realm_id), field, values)


def open_column(realm_id: UUID, field: str, values: Iterable[tuple[UUID, bytes]]) -> list[str]:
    """Open one column of many persons, in the order given."""
    given = list(values)
    try:
        return personal.open_personal(keys_of(realm_id), field, given)
    except UnknownKeyVersion:
        forget_keys(realm_id)
        return personal.open_personal(keys_of(realm_id), field, given)


def blind_index(realm_id: UUID, field: str, text: str) -> bytes:
    """Return 32 bytes to look ``text`` up by; ``field`` is phone, id, mail or name."""
    return personal.blind_index(_current(realm_id), field, text)


def older_indexes(realm_id: UUID, field: str, text: str) -> list[bytes]:
    """The blind indexes of ``text`` under older keys, while rows are still moved to the newest."""
    keys = keys_of(realm_id)
    return [
        personal.blind_index(key, field, text)
        for version, key in keys.items()
        if version != max(keys)
    ]


def keys_of(realm_id: UUID) -> dict[int, PersonalKey]:
    """Return the keys; those held for long are asked for again, but stay while nobody answers."""
    with _lock:
        asked_at, keys = _keys.get(realm_id, (0.0, {}))
        if keys and monotonic() - asked_at <= ASK_AGAIN_SECONDS:
            return keys
        if not keys:
            return _keep(realm_id, personal_keys(realm_id))
        # Nobody else asks or waits meanwhile.
        _keep(realm_id, keys)
    with suppress(KeeperUnavailable, KeeperRefused):
        keys = _keep(realm_id, personal_keys(realm_id))
    return keys


def _keep(realm_id: UUID, keys: dict[int, PersonalKey]) -> dict[int, PersonalKey]:
    _keys[realm_id] = (monotonic(), keys)
    return keys


def forget_keys(realm_id: UUID | None = None) -> None:
    """Ask the keeper anew next time; for rotation, and for tests with another keeper."""
    with _lock:
        if realm_id is None:
            _keys.clear()
        else:
            _keys.pop(realm_id, None)


def _current(realm_id: UUID) -> PersonalKey:
    keys = keys_of(realm_id)
    return keys[max(keys)]
