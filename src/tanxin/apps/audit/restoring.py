"""Going on with the log after a backup of the database was restored."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit.anchors.files import AnchorDiffers, alone
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.anchors.trees import KeptHashes
from tanxin.apps.audit.checkpoints import LogRewritten, leaf_hashes, take_checkpoint
from tanxin.apps.audit.models import LogHead
from tanxin.apps.audit.services import record
from tanxin.apps.sealing import logs
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.proofs import Prover
from tanxin.core.vault.suites import provider_for

_CHUNK = 10_000


class NothingLost(Exception):
    """The log is as long as the keeper knows it, or longer: there is nothing to state."""


def shorter_than_signed() -> list[UUID]:
    """The realms whose log ends before what the folder of checkpoints holds; asks no keeper."""
    sizes = LogHead.objects.values_list("realm", "size")
    return [realm for realm, size in sizes if Anchors.of(realm).hashes(Log.CHANGES).size > size]


def state_restored(
    realm_id: UUID, operator: str, *, by: str, reason: str, at: datetime
) -> logs.Restore:
    """Let the log go on where it ended before a backup was restored; what was lost stays named.

    ``operator`` is the token in the keeper's home. What is left has to begin the log that was
    signed: raises ``LogRewritten`` where it does not, also where entries were added since, and
    ``AnchorDiffers`` where the folder of checkpoints is not whole. Raises ``NothingLost``,
    ``KeeperRefused``, ``KeeperUnavailable``. Call it outside of any transaction.
    """
    head = LogHead.objects.get(realm=realm_id)
    known = logs.log_state(realm_id)
    if head.size >= known.size:
        raise NothingLost(realm_id)
    anchors = Anchors.of(realm_id)
    with alone(anchors.folder):
        hashes, latest = anchors.hashes(Log.CHANGES), anchors.latest()
        if latest is None or hashes.size < known.size:
            raise AnchorDiffers(f"{anchors.folder} does not hold what the keeper has signed")
        _refuse_another_beginning(realm_id, hashes, head.size)
        prover = Prover(provider_for(latest.checkpoint.changes.suite), hashes)
        path = prover.consistency(head.size, known.size) if head.size else []
        root = prover.root(head.size)
    size, last = logs.state_restored(
        realm_id, operator, head.size, root, b"".join(path), by=by, reason=reason
    )
    said = logs.restores(realm_id)[-1]
    _go_on(head, size, last, said, at)
    take_checkpoint(realm_id)
    return said


def _refuse_another_beginning(realm_id: UUID, hashes: KeptHashes, size: int) -> None:
    for begin in range(0, size, _CHUNK):
        end = min(begin + _CHUNK, size)
        kept = hashes.read(0, begin, end)
        for seq, (mine, theirs) in enumerate(
            zip(leaf_hashes(realm_id, begin, end), kept, strict=True), start=begin
        ):
            if mine != theirs:
                raise LogRewritten("RECOMPUTED", seq)


@transaction.atomic
def _go_on(head: LogHead, size: int, last: bytes, said: logs.Restore, at: datetime) -> None:
    mine = LogHead.objects.filter(realm=head.realm_id, size=head.size)
    if mine.update(size=size, head_hash=last) != 1:
        raise LogRewritten("RECOMPUTED", head.size)
    record(
        "log.restored",
        realm_id=head.realm_id,
        actor=None,
        subject_kind="log",
        subject_id=None,
        detail={"from": said.first, "to": said.after, "by": said.by, "reason": said.reason},
        at=at,
    )
