"""The log as lines that ``tanxin.verifier`` checks anywhere: leaves without their details.

First a head, then checkpoints, statements of restored backups, the changes, a separator, and the
keeper's releases. A leaf is ``{"hash":…,"leaf":…}``, where what follows ``leaf`` is byte for byte
what was hashed; of one that a restore lost there is ``{"lost":…}``, its hash.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.lost import Lost
from tanxin.apps.audit.models import AuditLeaf, LogHead
from tanxin.apps.audit.rows import leaf_of
from tanxin.apps.sealing import logs
from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.leaf import NO_HASH, moment
from tanxin.core.vault.suites import INTL_1

FORM = 1
SEPARATOR = b'{"log":"releases"}'
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a log says of itself: how long it is, where it ends, which suite hashes its tree."""

    size: int
    head: bytes
    suite: int

    def encode(self) -> Json:
        return {"size": self.size, "head": self.head.hex(), "suite": self.suite}


def export_lines(realm_id: UUID, *, at: datetime) -> Iterator[bytes]:
    """Yield the lines of an export, each with its end; the keeper must answer."""
    anchors = Anchors.of(realm_id)
    changes = claim_of(realm_id)
    lost = Lost.of(realm_id)
    releases = list(logs.release_leaves(realm_id))
    last = releases[-1].hash if releases else NO_HASH
    latest = anchors.latest()
    suite = latest.checkpoint.releases.suite if latest else changes.suite
    if latest:  # the first leaf's, whatever the realm's suite became
        changes = replace(changes, suite=latest.checkpoint.changes.suite)
    keys = [str(key) for key in anchors.public_keys()]
    yield head_line(realm_id, changes, Claim(len(releases), last, suite), keys, at)
    for note in anchors.daily():
        yield canonical({"checkpoint": note}) + b"\n"
    yield from lost.statements()
    yield from lost.filled(change_lines(realm_id, changes.size), changes.size)
    yield SEPARATOR + b"\n"
    yield from (leaf_line(leaf.hash, leaf.content) for leaf in releases)


def claim_of(realm_id: UUID) -> Claim:
    head = LogHead.objects.filter(realm=realm_id).first()
    return (
        Claim(head.size, bytes(head.head_hash), head.suite) if head else Claim(0, NO_HASH, INTL_1)
    )


def head_line(
    realm_id: UUID, changes: Claim, releases: Claim, keys: Iterable[str], at: datetime
) -> bytes:
    head: Json = {
        "tanxin": "export",
        "v": FORM,
        "realm": str(realm_id),
        "at": moment(at),
        "changes": changes.encode(),
        "releases": releases.encode(),
        "keys": list(keys),
    }
    return canonical(head) + b"\n"


def change_lines(realm_id: UUID, size: int) -> Iterator[tuple[int, bytes]]:
    rows = AuditLeaf.objects.filter(realm=realm_id, seq__lt=size).order_by("seq")
    for row in rows.iterator(chunk_size=_CHUNK):
        yield row.seq, leaf_line(bytes(row.leaf_hash), leaf_of(row).content())


def leaf_line(known: bytes, content: bytes) -> bytes:
    return b'{"hash":"' + known.hex().encode() + b'","leaf":' + content + b"}\n"
