"""The keeper signs one history of a log and no other, whatever it is shown."""

import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tanxin.core.vault.checkpoint import Checkpoint
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.leaf import NO_HASH
from tanxin.core.vault.note import VerifierKey, open_note
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import root_hash
from tanxin.core.vault.wire import to_bytes, to_text
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.checkpoints import OPERATIONS
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm, Realms
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.signing_keys import current_key, rewrap_signing_keys

NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
REALM = UUID(int=5)
LEAVES = [bytes([n]) * 32 for n in range(1, 100)]


class Asked:
    """A keeper and the four things one may ask it about its logs."""

    def __init__(self, home, suite):
        self.realms = Realms(home, bytes(32), provider_for(suite))
        self.realms.ensure(REALM)
        self.now = NOW
        self.suite = suite

    def clock(self):
        return self.now

    def ask(self, name, **args):
        names, operation = OPERATIONS[name]
        return operation(self, Arguments({"realm": str(REALM), **args}, names))

    def extend(self, leaves, start=0, prev=NO_HASH):
        hashes = to_text(b"".join(leaves))
        return self.ask(
            "log.extend", suite=self.suite, start=start, prev=to_text(prev), hashes=hashes
        )

    def sign(self, leaves):
        head = leaves[-1] if leaves else NO_HASH
        return self.ask("log.sign", size=len(leaves), head=to_text(head))

    def opened(self, note):
        keys = [VerifierKey.decode(key) for key in self.ask("log.state")["keys"]]
        return Checkpoint.decode(open_note(note, keys))

    def release(self, count=1):
        kept = self.realms.get(REALM)
        rows = [Release(uuid4(), uuid4(), uuid4(), {"ground": "subject"}) for _ in range(count)]
        kept.store.append(rows, NOW, kept.current.provider)


@pytest.fixture(params=[1, 2])
def asked(request, tmp_path):
    asked = Asked(tmp_path, request.param)
    yield asked
    asked.realms.close()


def refused(do, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    return refusal.value.code


def test_both_roots_are_signed(asked):
    asked.release(3)
    asked.extend(LEAVES[:7])
    signed = asked.opened(asked.sign(LEAVES[:7])["note"])

    provider = provider_for(asked.suite)
    assert (signed.realm, signed.at) == (REALM, NOW)
    assert (signed.changes.size, signed.changes.suite) == (7, asked.suite)
    assert signed.changes.root == root_hash(provider, LEAVES[:7])
    own = [to_bytes(leaf["hash"]) for leaf in asked.ask("log.releases", start=0, most=9)["leaves"]]
    assert (signed.releases.size, signed.releases.root) == (3, root_hash(provider, own))
    assert len(asked.ask("log.releases", start=2, most=9)["leaves"]) == 1
    assert len(asked.ask("log.releases", start=0, most=2)["leaves"]) == 2
    assert asked.ask("log.state")["releases"] == 3


def test_it_grows_on_from_where_it_was_also_after_a_restart(asked, tmp_path):
    asked.extend(LEAVES[:5])
    first = asked.opened(asked.sign(LEAVES[:5])["note"])
    asked.realms.close()
    again = Asked(tmp_path, asked.suite)
    again.extend(LEAVES[5:60], 5, LEAVES[4])
    second = again.opened(again.sign(LEAVES[:60])["note"])

    assert second.changes.root == root_hash(provider_for(asked.suite), LEAVES[:60])
    assert second.changes.root != first.changes.root
    assert len(again.ask("log.state")["keys"]) == 1
    again.realms.close()


def test_where_nothing_has_grown_nothing_new_is_signed(asked):
    asked.extend(LEAVES[:5])
    first = asked.sign(LEAVES[:5])
    asked.now += timedelta(hours=1)
    assert asked.sign(LEAVES[:5]) == {"note": first["note"], "new": False}
    assert asked.ask("log.state")["note"] == first["note"]
    asked.release()
    assert asked.sign(LEAVES[:5])["new"]


def test_it_refuses_a_smaller_tree(asked):
    asked.extend(LEAVES[:9])
    asked.sign(LEAVES[:9])
    assert refused(asked.sign, LEAVES[:8]) == Code.SMALLER_TREE
    assert refused(asked.extend, LEAVES[4:9], 4, LEAVES[3]) == Code.SMALLER_TREE
    assert asked.ask("log.state")["size"] == 9


def test_it_refuses_another_root_of_the_same_size(asked):
    asked.extend(LEAVES[:9])
    asked.sign(LEAVES[:9])
    assert refused(asked.sign, [*LEAVES[:8], LEAVES[50]]) == Code.ANOTHER_HISTORY
    assert refused(asked.extend, LEAVES[9:], 9, LEAVES[50]) == Code.ANOTHER_HISTORY


def test_it_refuses_a_gap_and_broken_hashes(asked):
    asked.extend(LEAVES[:3])
    assert refused(asked.extend, LEAVES[5:], 5, LEAVES[4]) == Code.GAP_IN_LOG
    assert refused(asked.sign, LEAVES[:4]) == Code.GAP_IN_LOG
    assert refused(asked.extend, [b"short"], 3, LEAVES[2]) == Code.BAD_REQUEST


def test_it_refuses_when_the_clock_went_back(asked):
    asked.extend(LEAVES[:3])
    asked.sign(LEAVES[:3])
    asked.extend(LEAVES[3:5], 3, LEAVES[2])
    asked.now -= timedelta(seconds=3)
    assert refused(asked.sign, LEAVES[:5]) == Code.CLOCK_WENT_BACK
    asked.now += timedelta(seconds=2)
    assert asked.sign(LEAVES[:5])["new"]


def test_an_empty_log_can_be_signed_too(asked):
    assert asked.extend([]) == {"size": 0}
    signed = asked.opened(asked.sign([])["note"])
    assert (signed.changes.size, signed.releases.size) == (0, 0)


def test_its_file_refuses_to_forget(asked, tmp_path):
    asked.extend(LEAVES[:3])
    asked.sign(LEAVES[:3])
    (path,) = (tmp_path / "realms").glob("*.sqlite3")
    db = sqlite3.connect(path)
    for statement in (
        "UPDATE tree SET size = 2", "UPDATE tree SET suite = 9, size = 4", "DELETE FROM tree",
        "UPDATE checkpoint SET note = ''", "DELETE FROM checkpoint",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)
    db.close()


def test_the_signing_key_is_wrapped_and_moves_to_a_new_realm_key(asked, tmp_path):
    asked.extend(LEAVES[:3])
    asked.sign(LEAVES[:3])
    kept = asked.realms.get(REALM)
    newer = RealmKey(REALM, 2, asked.suite, b"\7" * 32)
    moved = KeptRealm({**kept.keys, 2: newer}, kept.store)

    assert rewrap_signing_keys(moved) == 1
    with kept.store.transaction() as db:
        key, signer = current_key(db, KeptRealm({2: newer}, kept.store))
    assert str(key) == asked.ask("log.state")["keys"][0]
    assert key.public == signer.public


def test_another_suite_signs_with_a_key_of_its_own(asked):
    asked.extend(LEAVES[:3])
    first = asked.sign(LEAVES[:3])["note"]
    kept = asked.realms.get(REALM)
    kept.keys[2] = RealmKey(REALM, 2, 3 - asked.suite, b"\7" * 32)
    asked.release()
    second = asked.sign(LEAVES[:3])["note"]

    assert len(asked.ask("log.state")["keys"]) == 2
    assert asked.opened(first).changes == asked.opened(second).changes
