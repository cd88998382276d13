"""A leaf of an audit log: what is hashed, for changes (the application) and releases (the keeper).

What is hashed is ``0x00`` and the canonical JSON of ``Leaf.content``; the format is final. Keys:
``v`` form (1), ``suite``, ``log`` (``changes`` | ``releases``), ``realm``, ``seq`` from 0, ``at``
(UTC, microseconds, ``Z``), ``actor`` (account or null), ``person`` (in the realm, or null),
``event``, ``kind`` and ``subject`` (what it is about), ``commit`` (hex, empty without detail),
``prev`` (hex of the hash before, zeros for the first).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from tanxin.core.vault.canonical import Json, NotCanonical, canonical
from tanxin.core.vault.provider import Provider
from tanxin.core.vault.suites import INTL_1, provider_for
from tanxin.core.vault.tree import leaf_hash

FORM = 1
NO_HASH = bytes(32)
SALT_BYTES = 32


class Log(StrEnum):
    CHANGES = "changes"
    RELEASES = "releases"


@dataclass(frozen=True, slots=True)
class Leaf:
    log: Log
    realm: UUID
    seq: int
    at: datetime
    actor: UUID | None
    person: UUID | None
    event: str
    kind: str
    subject: UUID | None
    commit: bytes
    prev: bytes
    suite: int = INTL_1

    def content(self) -> bytes:
        """Return the bytes that are hashed, exported and verified."""
        return canonical(self.spelled())

    def spelled(self) -> dict[str, Json]:
        """Return the same as values."""
        return {
            "v": FORM,
            "suite": self.suite,
            "log": self.log.value,
            "realm": str(self.realm),
            "seq": self.seq,
            "at": moment(self.at),
            "actor": _id(self.actor),
            "person": _id(self.person),
            "event": self.event,
            "kind": self.kind,
            "subject": _id(self.subject),
            "commit": self.commit.hex(),
            "prev": self.prev.hex(),
        }

    def hash(self) -> bytes:
        return leaf_hash(provider_for(self.suite), self.content())


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def moment(at: datetime) -> str:
    """Spell a moment in UTC with microseconds; raises ``NotCanonical`` without a time zone."""
    if at.tzinfo is None:
        raise NotCanonical("a moment needs its time zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commit_detail(provider: Provider, salt: bytes, detail: Json) -> bytes:
    """Return what stays when salt and detail are erased: it can no longer be guessed."""
    return provider.mac(salt, canonical(detail))
