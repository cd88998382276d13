"""Entries on their way into the log: all but number and link of a leaf is known beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_bytes
from typing import TypeAlias
from uuid import UUID, uuid4

from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.rows import row_of
from tanxin.core.access import Actor
from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.leaf import NO_HASH, SALT_BYTES, Leaf, Log
from tanxin.core.vault.suites import provider_for

Detail: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Entry:
    event: str
    subject_kind: str
    subject_id: UUID | None
    detail: Detail | None = None


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A leaf without its place, the row it becomes, and what it will commit to."""

    pk: UUID
    leaf: Leaf
    salt: bytes
    detail: Detail | None
    spelled: bytes

    def detail_row(self) -> AuditDetail:
        return AuditDetail(
            realm_id=self.leaf.realm,
            leaf_id=self.pk,
            salt=self.salt,
            content=dict(self.detail or {}),
        )


def unlinked(
    entries: Sequence[Entry], *, realm_id: UUID, actor: Actor | None, at: datetime
) -> list[Unlinked]:
    """Spell out what the entries say. Raises ``NotCanonical``."""
    made = []
    for entry in entries:
        leaf = Leaf(
            log=Log.CHANGES,
            realm=realm_id,
            seq=0,
            at=at,
            actor=actor.account_id if actor else None,
            person=actor.person_id if actor else None,
            event=entry.event,
            kind=entry.subject_kind,
            subject=entry.subject_id,
            commit=b"",
            prev=NO_HASH,
        )
        spelled = canonical(entry.detail) if entry.detail else b""
        made.append(Unlinked(uuid4(), leaf, token_bytes(SALT_BYTES), entry.detail, spelled))
    return made


def linked(waiting: Sequence[Unlinked], after: LogHead) -> Iterator[AuditLeaf]:
    """The rows as they follow a log that ends with ``after``."""
    provider, prev = provider_for(after.suite), bytes(after.head_hash)
    for seq, one in enumerate(waiting, start=after.size):
        commit = provider.mac(one.salt, one.spelled) if one.spelled else b""
        leaf = replace(one.leaf, seq=seq, prev=prev, commit=commit, suite=after.suite)
        row = row_of(leaf)
        row.pk = one.pk
        prev = bytes(row.leaf_hash)
        yield row
