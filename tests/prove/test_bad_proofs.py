"""G20 at full size: of real logs, the keeper's own among them, no spoilt proof is believed."""

from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tanxin.apps.archive import services as archive
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.checkpoints import take_checkpoint
from tanxin.apps.audit.services import record
from tanxin.core.vault.leaf import Log
from tanxin.core.vault.proofs import Grown, Place, Prover
from tanxin.core.vault.suites import provider_for

pytestmark = pytest.mark.prove
ENTRIES, AT_LEAST = 300, 480


@pytest.fixture
def logs(world, settings, tmp_path):
    """A log of changes and one of releases, of some hundred entries each, signed."""
    settings.TANXIN_CHECKPOINTS = str(tmp_path)
    parties = [(world.ada, "initiator"), (world.ben, "subject")]
    sealed = archive.prepare(
        world.realm_id, kind="remark", about_kind="talk", about_id=uuid4(), author_id=world.ada,
        text="一", parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        row = archive.store(sealed, parties, timezone.now())
        for _ in range(ENTRIES):
            record(
                "record.written", realm_id=world.realm_id, actor=None, subject_kind="record",
                subject_id=row.pk, at=timezone.now(),
            )  # fmt: skip
    actor = world.actor("ben")
    for _ in range(ENTRIES):
        archive.open_texts(actor, [row.pk], "subject")
    checkpoint = take_checkpoint(world.realm_id).anchored.checkpoint
    anchors = Anchors.of(world.realm_id)
    return {
        log: (Prover(provider_for(tree.suite), anchors.hashes(log)), tree)
        for log, tree in ((Log.CHANGES, checkpoint.changes), (Log.RELEASES, checkpoint.releases))
    }


def spoilt(path):
    """The steps cut, doubled, exchanged, emptied, with one bit turned."""
    yield path[:-1]
    yield path[1:]
    yield [*path, path[-1]]
    yield path[::-1]
    for at, step in enumerate(path):
        yield [*path[:at], bytes(32), *path[at + 1 :]]
        yield [*path[:at], bytes([step[0] ^ 1]) + step[1:], *path[at + 1 :]]
        yield [*path[:at], *path[at + 1 :]]


@pytest.mark.parametrize("log", list(Log))
def test_no_spoilt_proof_of_a_real_log_is_believed(logs, log, capsys):
    prover, tree = logs[log]
    provider, said = prover.provider, []
    assert tree.size > ENTRIES
    for index in range(tree.size):
        [leaf] = prover.nodes.read(0, index, index + 1)
        path, place = prover.inclusion(index, tree.size), Place(index, tree.size, tree.root)
        assert place.is_proved(provider, leaf, path)
        others = (Place(index ^ 1, tree.size, tree.root), Place(index, tree.size, bytes(32)))
        said += [other.is_proved(provider, leaf, path) for other in others]
        said += [place.is_proved(provider, leaf, bad) for bad in spoilt(path) if bad != path]
    for older in range(1, tree.size):
        grown = Grown(older, prover.root(older), tree.size, tree.root)
        path = prover.consistency(older, tree.size)
        assert grown.is_proved(provider, path)
        said += [grown.is_proved(provider, bad) for bad in spoilt(path) if bad != path]
        said.append(Grown(older, bytes(32), tree.size, tree.root).is_proved(provider, path))
    with capsys.disabled():
        print(f"\n{log.value}: {len(said):,} bad proofs, {said.count(True)} believed")
    assert len(said) >= AT_LEAST
    assert said.count(True) == 0
