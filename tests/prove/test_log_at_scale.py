"""A million entries are checked offline in seconds, in both suites; figures are printed."""

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tanxin import verifier
from tanxin.apps.audit.exporting import Claim, head_line, leaf_line
from tanxin.core.vault.canonical import canonical
from tanxin.core.vault.checkpoint import Checkpoint, Tree, origin
from tanxin.core.vault.leaf import NO_HASH, Leaf, Log
from tanxin.core.vault.note import VerifierKey, sign_note
from tanxin.core.vault.signing import OF_SUITE, signer_for
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import Frontier

pytestmark = pytest.mark.prove
LEAVES = 1_000_000
MOST_SECONDS = {1: 10, 2: 15}
LEAST_A_SECOND, MOST_MILLISECONDS = 200, 100
REALM, AT = UUID(int=9), datetime(2026, 1, 1, tzinfo=UTC)


def write_export(path, suite):
    """The export of a log of that many entries, made without a database."""
    provider = provider_for(suite)
    tree, prev = Frontier(provider), NO_HASH
    leaves = path.with_suffix(".leaves")
    with leaves.open("wb") as file:
        for seq in range(LEAVES):
            at = AT + timedelta(seconds=seq)
            subject = UUID(int=seq)
            leaf = Leaf(
                Log.CHANGES, REALM, seq, at, REALM, subject, "talk.held", "talk", subject,
                bytes(32), prev, suite,
            )  # fmt: skip
            content = leaf.content()
            prev = provider.hash(b"\0" + content)
            tree.append(prev)
            file.write(leaf_line(prev, content))
    signer = signer_for(OF_SUITE[suite], bytes(range(32)))
    key = VerifierKey(origin(REALM), signer.public)
    empty = Tree(0, provider.hash(b""), suite)
    checkpoint = Checkpoint(REALM, Tree(LEAVES, tree.root(), suite), empty, AT)
    note = sign_note(checkpoint.encode(), key, signer)
    with path.open("wb") as file:
        claims = Claim(LEAVES, prev, suite), Claim(0, NO_HASH, suite)
        file.write(head_line(REALM, *claims, [str(key)], AT))
        file.write(canonical({"checkpoint": note}) + b"\n")
        with leaves.open("rb") as source:
            while block := source.read(1 << 20):
                file.write(block)
    leaves.unlink()


@pytest.mark.parametrize("suite", [1, 2], ids=["INTL-1", "GM-1"])
def test_a_million_entries_verify_in_seconds(suite, tmp_path, capsys):
    path = tmp_path / "export.ndjson"
    write_export(path, suite)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-I", verifier.__file__, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)

    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with capsys.disabled():
        print(f"\nsuite {suite}: {LEAVES:,} entries in {cpu:.1f} s of CPU, {took:.1f} s of clock")
    assert done.stdout == f"OK {LEAVES} changes, 0 releases\n"
    assert cpu <= MOST_SECONDS[suite]


def test_eight_writers_wait_little_for_each_other(capsys):
    """On PostgreSQL, synchronous commit on; a row and its leaf per transaction."""
    command = [sys.executable, "-m", "bench.audit", "--only", "postgresql", "--json"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)

    with capsys.disabled():
        print(f"\n{figures}")
    assert figures["verdict"].startswith("intact, ")
    assert figures["ours"]["rate"] >= LEAST_A_SECOND
    assert figures["ours"]["p95"] <= MOST_MILLISECONDS
