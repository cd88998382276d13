"""Entries on their way into the log: all but number and link of a leaf is known beforehand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.audit.rows import row_of
from tanxin.core.access import Actor
from tanxin.core.vault.canonical import Json
from tanxin.core.vault.leaf import NO_HASH, SALT_BYTES, Leaf, Log, commit_detail
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
    """A leaf without its place, the row it becomes, and the salt of what it commits to."""

    pk: UUID
    leaf: Leaf
    salt: bytes
    detail: Detail | None

    def detail_row(self) -> AuditDetail:
        return AuditDetail(
            realm_id=self.leaf.realm,
            leaf_id=self.pk,
            salt=self.salt,
            content=dict(self.detail or {}),
        )


def unlinked(
    entries: Sequence[Entry], *, realm_id: UUID, suite: int, actor: Actor | None, at: datetime
) -> list[Unlinked]:
    """Commit to what the entries say. Raises ``NotCanonical``."""
    provider = provider_for(suite)
    made = []
    for entry in entries:
        salt = provider.random(SALT_BYTES)
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
            commit=commit_detail(provider, salt, entry.detail) if entry.detail else b"",
            prev=NO_HASH,
            suite=suite,
        )
        made.append(Unlinked(uuid4(), leaf, salt, entry.detail))
    return made


def linked(waiting: Sequence[Unlinked], seq: int, prev: bytes) -> Iterator[AuditLeaf]:
    """The rows as they follow a log of ``seq`` entries that ends with ``prev``."""
    for number, one in enumerate(waiting, start=seq):
        row = row_of(replace(one.leaf, seq=number, prev=prev))
        row.pk = one.pk
        prev = bytes(row.leaf_hash)
        yield row
