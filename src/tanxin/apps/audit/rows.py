"""Between the row in the database and the leaf that is hashed."""

from tanxin.apps.audit.models import AuditLeaf
from tanxin.core.vault.leaf import Leaf, Log


def row_of(leaf: Leaf) -> AuditLeaf:
    return AuditLeaf(
        realm_id=leaf.realm,
        seq=leaf.seq,
        at=leaf.at,
        actor=leaf.actor,
        person=leaf.person,
        event=leaf.event,
        subject_kind=leaf.kind,
        subject_id=leaf.subject,
        detail_commit=leaf.commit,
        prev_hash=leaf.prev,
        leaf_hash=leaf.hash(),
        suite=leaf.suite,
    )


def leaf_of(row: AuditLeaf) -> Leaf:
    return Leaf(
        log=Log.CHANGES,
        realm=row.realm_id,
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        person=row.person,
        event=row.event,
        kind=row.subject_kind,
        subject=row.subject_id,
        commit=bytes(row.detail_commit),
        prev=bytes(row.prev_hash),
        suite=row.suite,
    )
