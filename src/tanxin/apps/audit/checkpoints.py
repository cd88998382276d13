"""Taking a checkpoint: hand the keeper what is new, have it sign, write it down outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from tanxin.apps.audit.anchors.files import AnchorDiffers, alone
from tanxin.apps.audit.anchors.keeping import Anchored, Anchors
from tanxin.apps.audit.models import AuditLeaf, LogHead
from tanxin.apps.sealing import logs
from tanxin.apps.sealing.asking import KeeperRefused
from tanxin.core.vault.checkpoint import Checkpoint, Tree
from tanxin.core.vault.leaf import NO_HASH, Log
from tanxin.core.vault.note import VerifierKey, open_note
from tanxin.core.vault.proofs import Prover
from tanxin.core.vault.suites import provider_for

_CHUNK = 10_000
_REWRITTEN = {"smaller_tree": "ROLLBACK", "another_history": "RECOMPUTED", "gap_in_log": "MISSING"}


class LogRewritten(Exception):
    """The log is not the one that was signed: ``code`` as the verifier has it, from ``seq`` on."""

    def __init__(self, code: str, seq: int) -> None:
        super().__init__(f"{code} at entry {seq}")
        self.code = code
        self.seq = seq


@dataclass(frozen=True, slots=True)
class Taken:
    """``new`` is False where nothing had changed since the last one."""

    anchored: Anchored
    new: bool


def take_checkpoint(realm_id: UUID) -> Taken | None:
    """Sign and keep how far both logs have come; None where there is no log yet.

    Call it outside of any transaction. Raises ``LogRewritten`` if the log is not a longer one of
    those signed before, ``AnchorDiffers`` if the folder is not, ``KeeperUnavailable``.
    """
    head = LogHead.objects.filter(realm=realm_id).first()
    if head is None:
        return None
    anchors = Anchors.of(realm_id)
    with alone(anchors.folder):
        note = _signed(realm_id, head)
        keys = logs.log_state(realm_id).keys
        anchors.keep_keys(keys)
        text = open_note(note, map(VerifierKey.decode, keys))
        anchored = Anchored(Checkpoint.decode(text), note)
        _keep_hashes(realm_id, anchors, anchored.checkpoint)
        return Taken(anchored, anchors.keep(anchored))


def _signed(realm_id: UUID, head: LogHead) -> str:
    known = logs.log_state(realm_id)
    try:
        last = _extend(realm_id, head, known)
        return logs.sign_log(realm_id, head.size, last)
    except KeeperRefused as refusal:
        if refusal.code not in _REWRITTEN:
            raise
        code = _REWRITTEN[refusal.code]
        seq = head.size if code == "ROLLBACK" else min(known.size, head.size)
        raise LogRewritten(code, seq) from None


def _extend(realm_id: UUID, head: LogHead, known: logs.LogState) -> bytes:
    """Hand over what is new in pieces; return the hash of the log's last leaf."""
    start, last = known.size, _hash_at(realm_id, min(known.size, head.size) - 1)
    while start < head.size:
        piece = list(leaf_hashes(realm_id, start, min(start + _CHUNK, head.size)))
        logs.extend_log(realm_id, head.suite, start, last, b"".join(piece))
        start, last = start + len(piece), piece[-1]
    return last


def _hash_at(realm_id: UUID, seq: int) -> bytes:
    """The hash of an entry, also of the last one that was lost when a backup was restored."""
    if seq < 0:
        return NO_HASH
    row = AuditLeaf.objects.filter(realm=realm_id, seq=seq).values_list("leaf_hash").first()
    if row is not None:
        return bytes(row[0])
    for one in logs.restores(realm_id):
        if one.after == seq + 1:
            return one.head
    raise LogRewritten("MISSING", seq)


def leaf_hashes(realm_id: UUID, begin: int, end: int) -> Iterator[bytes]:
    """Yield the hashes of stored entries; raises ``LogRewritten`` where one is missing."""
    rows = AuditLeaf.objects.filter(realm=realm_id, seq__gte=begin, seq__lt=end)
    expected = begin
    for seq, known in rows.order_by("seq").values_list("seq", "leaf_hash").iterator(_CHUNK):
        if seq != expected:
            break
        yield bytes(known)
        expected += 1
    if expected != end:
        raise LogRewritten("MISSING", expected)


def _keep_hashes(realm_id: UUID, anchors: Anchors, checkpoint: Checkpoint) -> None:
    changes, releases = anchors.hashes(Log.CHANGES), anchors.hashes(Log.RELEASES)
    if changes.size < checkpoint.changes.size:
        new = leaf_hashes(realm_id, changes.size, checkpoint.changes.size)
        changes.extend(provider_for(checkpoint.changes.suite), new)
    if releases.size < checkpoint.releases.size:
        leaves = logs.release_leaves(realm_id, releases.size)
        missing = checkpoint.releases.size - releases.size
        new = (leaf.hash for leaf, _ in zip(leaves, range(missing), strict=False))
        releases.extend(provider_for(checkpoint.releases.suite), new)
    for log, tree in ((Log.CHANGES, checkpoint.changes), (Log.RELEASES, checkpoint.releases)):
        _refuse_another_root(anchors, log, tree)


def _refuse_another_root(anchors: Anchors, log: Log, tree: Tree) -> None:
    if Prover(provider_for(tree.suite), anchors.hashes(log)).root(tree.size) != tree.root:
        raise AnchorDiffers(f"{anchors.folder} tells another history of the log of {log.value}")
