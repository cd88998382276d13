"""What somebody is given as proof that an entry of the log exists: it verifies without us.

A receipt holds the entry and, where a checkpoint covers it, the path to the signed root. Whoever
keeps it can later show that the log was cut, rewritten or exchanged, whoever holds the keys.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import wrap
from uuid import UUID

from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.anchors.keeping import Anchored, Anchors
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.audit.rows import leaf_of
from tanxin.core.vault.canonical import Json, canonical
from tanxin.core.vault.leaf import Leaf, Log
from tanxin.core.vault.proofs import Place, Prover
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import leaf_hash

BEGIN, END = "-----BEGIN TANXIN RECEIPT-----", "-----END TANXIN RECEIPT-----"


@dataclass(frozen=True, slots=True)
class Proof:
    """The path from an entry to the root that a checkpoint signs."""

    anchored: Anchored
    path: tuple[bytes, ...]

    def is_of(self, content: bytes, seq: int, suite: int) -> bool:
        """Whether it leads from an entry with that content to the signed root."""
        tree = self.anchored.checkpoint.changes
        leaf = leaf_hash(provider_for(suite), content)
        place = Place(seq, tree.size, tree.root)
        return place.is_proved(provider_for(tree.suite), leaf, self.path)


@dataclass(frozen=True, slots=True)
class Receipt:
    """``detail`` is what the entry says; both it and its salt are gone once they were erased."""

    leaf: Leaf
    detail: dict[str, Json] | None
    salt: bytes
    proof: Proof | None

    @property
    def digest(self) -> str:
        """The version of the record that was answered, empty once erased."""
        return str((self.detail or {}).get("digest", ""))

    def encode(self) -> bytes:
        """Return everything that is needed to check it, as JSON of one spelling."""
        leaf = self.leaf
        return canonical(
            {
                **self._named(),
                "leaf": leaf.spelled(),
                "salt": self.salt.hex(),
                "detail": self.detail,
                "checkpoint": self.proof.anchored.note if self.proof else "",
                "proof": [step.hex() for step in self.proof.path] if self.proof else [],
                "tree": self.proof.anchored.checkpoint.changes.suite if self.proof else leaf.suite,
            }
        )

    def short(self) -> bytes:
        """Return what fits a code that a telephone reads: enough to check it against an export."""
        return canonical(self._named())

    def block(self) -> str:
        lines = wrap(b64encode(self.encode()).decode(), 76)
        return "\n".join([BEGIN, *lines, END])

    def _named(self) -> dict[str, Json]:
        return {
            "tanxin": "receipt",
            "v": 1,
            "realm": str(self.leaf.realm),
            "talk": str(self.leaf.subject),
            "digest": self.digest,
            "entry": self.leaf.seq,
            "hash": self.leaf.hash().hex(),
        }


def receipt_about(
    realm_id: UUID, subject_id: UUID, events: Sequence[str], at: datetime
) -> Receipt | None:
    """The receipt for the entry that one of ``events`` left about ``subject_id`` at a moment.

    For the app that owns the subject and has asked its own door.
    """
    rows = AuditLeaf.objects.filter(realm=realm_id, subject_id=subject_id, event__in=events, at=at)
    row = rows.order_by("-seq").first()
    if row is None:
        return None
    detail = AuditDetail.objects.filter(realm=realm_id, leaf=row.pk).first()
    leaf = leaf_of(row)
    return Receipt(
        leaf,
        detail.content if detail else None,
        bytes(detail.salt) if detail else b"",
        proof_of(realm_id, leaf.seq),
    )


def proof_of(realm_id: UUID, seq: int) -> Proof | None:
    """The path of one entry, or None while no checkpoint covers it or the folder is damaged."""
    anchors = Anchors.of(realm_id)
    try:
        anchored = anchors.latest()
        if anchored is None or anchored.checkpoint.changes.size <= seq:
            return None
        tree = anchored.checkpoint.changes
        prover = Prover(provider_for(tree.suite), anchors.hashes(Log.CHANGES))
        return Proof(anchored, tuple(prover.inclusion(seq, tree.size)))
    except (OSError, AnchorDiffers, VaultRefusal):
        return None
