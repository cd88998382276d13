"""The root key among custodians: made, handed out, tried, changed, and given to a sealed keeper."""

import json
import shutil
import tempfile
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from uuid import uuid4

import pytest
from speaking import ask, result

from keeper_process import KeeperProcess
from tanxin.core.vault.escrow import TooFewShares, WrongShare
from tanxin.core.vault.note import VerifierKey, open_note
from tanxin.core.vault.share_text import written
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.custody import root_change
from tanxin.keeper.custody.custodians import (
    Custodians,
    NoCustodians,
    RootKeyThere,
    drill,
    new_set,
    set_up,
    whole_root,
)
from tanxin.keeper.custody.escrow_file import load_escrow
from tanxin.keeper.custody.gate import FORGET_AFTER, Gate
from tanxin.keeper.custody.operator import issue_token, read_token
from tanxin.keeper.custody.root_change import begin_change, finish_change, is_under_way
from tanxin.keeper.custody.sheets import SheetThere, sheet, write_sheets
from tanxin.keeper.realms import Realms
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.root import RootKeyUnusable, read_root_key, root_id, stored_root
from tanxin.keeper.service import Service

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
FIVE = Custodians(3, ["办公室", "组织", "纪检", "档案", "保密"])
INTL = SUITES[1]


class Given(list):
    """Shares as they were handed out."""

    def __call__(self, kept, shares):
        self[:] = shares


def home_with(tmp_path, *, stored=False, custodians=FIVE):
    given = Given()
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    set_up(home, INTL, custodians=custodians, hand_out=given, stored=stored, at=NOW)
    return home, given


def contents(home):
    return {p.relative_to(home): p.read_bytes() for p in home.rglob("*") if p.is_file()}


@pytest.fixture(params=[True, False], ids=["stored", "not stored"])
def stored(request):
    return request.param


def test_a_key_that_is_not_stored_is_nowhere_in_the_home(tmp_path):
    home, given = home_with(tmp_path)
    root = whole_root(home, given[:3])
    for content in contents(home).values():
        assert root not in content
        assert b64encode(root) not in content
        for share in given:
            assert written(share)[:40].encode() not in content
            assert b64encode(share.secret) not in content
    assert stored_root(home) is None
    assert not (home / "root.key").exists()


def test_the_stored_key_and_any_three_shares_are_the_same_key(tmp_path):
    home, given = home_with(tmp_path, stored=True)
    stored = read_root_key(home)
    shutil.move(home / "root.key", tmp_path / "elsewhere")
    assert {whole_root(home, three) for three in combinations(given, 3)} == {stored}
    for two in combinations(given, 2):
        with pytest.raises(TooFewShares):
            whole_root(home, two)


def test_nothing_is_made_twice_or_for_nobody(tmp_path):
    home, _ = home_with(tmp_path)
    before = contents(home)
    with pytest.raises(RootKeyThere):
        set_up(home, INTL, custodians=FIVE, hand_out=Given(), stored=True, at=NOW)
    with pytest.raises(NoCustodians):
        set_up(tmp_path / "x", INTL, custodians=None, hand_out=Given(), stored=False, at=NOW)
    assert contents(home) == before


def test_shares_that_could_not_be_handed_out_leave_no_key_behind(tmp_path):
    def fails(*_):
        raise SheetThere("share-1.txt")

    with pytest.raises(SheetThere):
        set_up(tmp_path, INTL, custodians=FIVE, hand_out=fails, stored=True, at=NOW)
    assert contents(tmp_path) == {}


def test_a_drill_proves_that_three_open_and_changes_nothing_but_its_date(tmp_path, stored):
    home, given = home_with(tmp_path, stored=stored)
    before = contents(home)
    drill(home, given[1:4], NOW)
    after = contents(home)
    changed = json.loads(after.pop(Path("escrow.json")))
    original = json.loads(before.pop(Path("escrow.json")))

    assert after == before
    assert changed.pop("drills") == [{"at": "2026-11-23T04:00:00.000000Z", "shares": [2, 3, 4]}]
    assert original.pop("drills") == []
    assert changed == original


def test_a_drill_with_a_wrong_share_notes_nothing(tmp_path, stored):
    home, given = home_with(tmp_path, stored=stored)
    _, other = home_with(tmp_path / "other")
    before = contents(home)
    for shares in ([*given[:2], other[2]], given[:2], []):
        with pytest.raises((WrongShare, TooFewShares)):
            drill(home, shares, NOW)
    assert contents(home) == before


@pytest.fixture(autouse=True)
def _other(tmp_path):
    (tmp_path / "other").mkdir()


def test_a_drill_notices_that_another_key_is_stored(tmp_path):
    home, given = home_with(tmp_path, stored=True)
    other, _ = home_with(tmp_path / "other", stored=True)
    shutil.copy(other / "root.key", home / "root.key")
    with pytest.raises(RootKeyUnusable, match="another root key"):
        drill(home, given[:3], NOW)


def test_a_new_set_makes_the_old_one_worthless_and_keeps_the_key(tmp_path, stored):
    home, old = home_with(tmp_path, stored=stored)
    root, new = whole_root(home, old[:3]), Given()
    new_set(home, INTL, old[:3], custodians=FIVE, hand_out=new, at=NOW)

    assert load_escrow(home).root_id == root_id(root)
    drill(home, new[2:], NOW)
    with pytest.raises(WrongShare, match="not in force"):
        drill(home, old[:3], NOW)


def test_without_custodians_there_is_nothing_to_try(tmp_path):
    home, _ = home_with(tmp_path, stored=True, custodians=None)
    with pytest.raises(NoCustodians):
        drill(home, [], NOW)


@pytest.mark.parametrize("bent", ["", "{}", "[]", '{"form": 2}', '{"form": 1, "set": "zz"}'])
def test_a_damaged_escrow_is_said_to_be_damaged(tmp_path, bent):
    home, _ = home_with(tmp_path)
    (home / "escrow.json").write_text(bent)
    with pytest.raises(RootKeyUnusable, match="damaged"):
        load_escrow(home)


def test_an_escrow_that_others_can_read_is_refused(tmp_path):
    home, _ = home_with(tmp_path)
    (home / "escrow.json").chmod(0o644)
    with pytest.raises(RootKeyUnusable, match="chmod 600"):
        load_escrow(home)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sheet_says_whose_it_is_and_can_be_typed_as_a_whole(tmp_path, language):
    home, given = home_with(tmp_path)
    kept = load_escrow(home)
    for share in given:
        text = sheet(kept, share, language)
        assert kept.holders[share.number] in text
        assert kept.escrow.set_id.hex() in text
        assert "{" not in text
        assert gate_of(home).answer(unseal(text))["given"] == [share.number]


def test_sheets_are_for_their_owner_alone_and_never_written_over(tmp_path):
    home, given = home_with(tmp_path)
    paths = write_sheets(tmp_path / "sheets", load_escrow(home), given, "zh")
    before = [path.read_bytes() for path in paths]

    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    with pytest.raises(SheetThere):
        write_sheets(tmp_path / "sheets", load_escrow(home), given, "zh")
    assert [path.read_bytes() for path in paths] == before


# ── the sealed keeper


class Opened:
    """Stands for the service behind the gate."""

    def __init__(self, root, shares):
        self.root, self.shares = root, shares

    def answer(self, message):
        return {"heard": message["op"]}


class Clock:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


def gate_of(home, clock=None):
    return Gate(home, clock or Clock(), Opened)


def message(op, **args):
    return {"v": 1, "op": op, "args": args}


def unseal(share):
    return message("unseal", share=share if isinstance(share, str) else written(share))


def refused(gate, asked):
    with pytest.raises(Refused) as told:
        gate.answer(asked)
    return told.value


def test_each_three_shares_unseal_and_nothing_was_answered_before(tmp_path):
    home, given = home_with(tmp_path)
    root = whole_root(home, given[:3])
    for three in combinations(given, 3):
        gate = gate_of(home)
        for place, share in enumerate(three, start=1):
            assert refused(gate, message("ping")).code is Code.SEALED
            state = gate.answer(unseal(share))
            assert state["sealed"] is (place < 3)
        assert gate.answer(message("ping")) == {"heard": "ping"}
        assert (gate.service.root, gate.service.shares) == (root, tuple(s.number for s in three))


def test_the_same_share_three_times_opens_nothing(tmp_path):
    home, given = home_with(tmp_path)
    gate = gate_of(home)
    for _ in range(3):
        state = gate.answer(unseal(given[0]))
    assert (state["sealed"], state["given"]) == (True, [1])


def test_a_wrong_share_is_named_and_the_others_stay_given(tmp_path):
    home, given = home_with(tmp_path)
    _, other = home_with(tmp_path / "other")
    gate = gate_of(home)
    gate.answer(unseal(given[0]))
    wrong = refused(gate, unseal(other[1]))
    rows = written(given[1]).splitlines()
    mistyped = refused(gate, unseal("\n".join([*rows[:4], "0000-0000-00", *rows[5:]])))

    assert (wrong.code, wrong.params["number"]) == (Code.WRONG_SHARE, 2)
    assert (mistyped.code, mistyped.params["row"]) == (Code.MISTYPED_SHARE, 5)
    assert gate.answer(message("status"))["given"] == [1]
    gate.answer(unseal(given[1]))
    assert gate.answer(unseal(given[2]))["sealed"] is False


def test_shares_are_forgotten_after_a_while(tmp_path):
    home, given = home_with(tmp_path)
    clock = Clock()
    gate = gate_of(home, clock)
    gate.answer(unseal(given[0]))
    gate.answer(unseal(given[1]))
    clock.now += FORGET_AFTER + timedelta(seconds=1)
    assert gate.answer(message("status"))["given"] == []
    assert gate.answer(unseal(given[2]))["sealed"] is True


def test_a_keeper_that_works_takes_no_shares(tmp_path):
    home, given = home_with(tmp_path)
    gate = gate_of(home)
    for share in given[:3]:
        gate.answer(unseal(share))
    assert refused(gate, unseal(given[3])).code is Code.NOT_SEALED
    assert gate.answer(message("status"))["sealed"] is False


STRANGE = [
    {"v": 2, "op": "status", "args": {}},
    {"v": 1, "op": "status", "args": {"x": 1}},
    {"v": 1, "op": "status"},
    {"v": 1, "op": "unseal", "args": {"share": 5}},
    {"v": 1, "op": "unseal", "args": {"share": "x" * 20_000}},
    {"v": 1, "op": "unseal", "args": {"share": ""}},
    {"v": 1, "op": ["unseal"], "args": {}},
    {"v": 1},
    {},
]


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_a_sealed_keeper_refuses_whatever_else_it_is_told(tmp_path, strange):
    home, _ = home_with(tmp_path)
    refused(gate_of(home), strange)


def test_a_set_for_another_root_opens_no_realm(tmp_path):
    home, given = home_with(tmp_path)
    kept = json.loads((home / "escrow.json").read_text())
    (home / "escrow.json").write_text(json.dumps(kept | {"root": "00000000"}))
    gate = gate_of(home)
    gate.answer(unseal(given[0]))
    gate.answer(unseal(given[1]))
    assert refused(gate, unseal(given[2])).code is Code.WRONG_ROOT
    assert gate.answer(message("status")) | {"set": ""} == {
        "sealed": True,
        "needed": 3,
        "set": "",
        "given": [],
    }


@pytest.fixture
def sealed():
    """A keeper whose root key only its custodians have, not yet unsealed."""
    place = Path(tempfile.mkdtemp(prefix="tanxin-sealed-"))
    process = KeeperProcess(place)
    given = Given()
    (place / "home").mkdir(mode=0o700)
    set_up(place / "home", INTL, custodians=FIVE, hand_out=given, stored=False, at=NOW)
    process.start()
    yield process, given
    if process.is_running():
        process.kill()
    shutil.rmtree(place)


def test_a_real_keeper_starts_sealed_and_is_sealed_again_after_a_kill(sealed):
    process, given = sealed
    realm = str(uuid4())
    assert ask(process.socket, "ensure_realm", realm=realm)["code"] == "sealed"
    for share in given[2:]:
        result(process.socket, "unseal", share=written(share))
    key = result(process.socket, "ensure_realm", realm=realm)
    assert result(process.socket, "status")["sealed"] is False
    process.kill()
    process.start()

    assert ask(process.socket, "pii_keys", realm=realm)["code"] == "sealed"
    assert "sealed" in process.log()
    for share in given[:3]:
        result(process.socket, "unseal", share=written(share))
    assert result(process.socket, "ensure_realm", realm=realm) == key


def test_who_unsealed_stands_in_every_realms_log_and_shares_in_no_log(sealed):
    process, given = sealed
    realm = str(uuid4())
    for share in given[:3]:
        result(process.socket, "unseal", share=written(share))
    result(process.socket, "ensure_realm", realm=realm)
    process.stop()
    process.start()
    for number in (5, 1, 3):
        result(process.socket, "unseal", share=written(given[number - 1]))
    leaves = result(process.socket, "log.releases", realm=realm, start=0, most=1000)["leaves"]

    assert [json.loads(leaf["content"])["event"] for leaf in leaves] == ["keeper.unsealed"]
    for share in given:
        assert not any(row in process.log() for row in written(share).splitlines())


def test_an_operators_token_is_new_with_every_start_and_for_the_owner_alone(tmp_path):
    issue_token(tmp_path)
    first = read_token(tmp_path)
    issue_token(tmp_path)
    assert len(first) == 64
    assert read_token(tmp_path) != first
    assert (tmp_path / "operator.token").stat().st_mode & 0o777 == 0o600


# ── another root key


def two_realms(home, root):
    realms = Realms(home, root, INTL)
    keys = {}
    for suite in SUITES.values():
        realm = uuid4()
        realms.ensure(realm, suite)
        keys[realm] = realms.add_version(realm, suite).keys
    realms.close()
    return keys


def keys_in(home, root, realms):
    opened = Realms(home, root, INTL)
    try:
        return {realm: dict(opened.get(realm).keys) for realm in realms}
    finally:
        opened.close()


def test_another_root_key_keeps_every_realms_keys(tmp_path, stored):
    home, old = home_with(tmp_path, stored=stored)
    before = whole_root(home, old[:3])
    keys, new = two_realms(home, before), Given()
    begin_change(home, INTL, old[:3], custodians=FIVE, hand_out=new, at=NOW)
    with pytest.raises(RootKeyUnusable, match="half done"):
        stored_root(home)

    assert finish_change(home, old[:3], NOW) == 2
    after = whole_root(home, new[:3])
    assert after != before
    assert keys_in(home, after, keys) == keys
    assert not is_under_way(home)
    assert not (home / "escrow.next.json").exists()
    with pytest.raises(WrongShare):
        whole_root(home, [old[0], *new[1:3]]) if not stored else drill(home, old[:3], NOW)
    for realm in keys:
        with pytest.raises(Exception, match="sealed under another key"):
            keys_in(home, before, [realm])


def signed(home, root, realm, size):
    """A note over ``size`` leaves, and the verifier keys, from a keeper that was just started."""
    realms = Realms(home, root, INTL)
    service = Service(realms, lambda: NOW)
    leaves = [bytes([number]) * 32 for number in range(size)]
    known = service.answer(said("log.state", realm))
    last = b64encode(leaves[known["size"] - 1] if known["size"] else bytes(32)).decode()
    new = b64encode(b"".join(leaves[known["size"] :])).decode()
    start = {"suite": 1, "start": known["size"], "prev": last, "hashes": new}
    service.answer(said("log.extend", realm, **start))
    head = b64encode(leaves[-1]).decode()
    note = service.answer(said("log.sign", realm, size=size, head=head))["note"]
    keys = service.answer(said("log.state", realm))["keys"]
    realms.close()
    return note, keys


def said(op, realm, **args):
    return {"v": 1, "op": op, "args": {"realm": str(realm), **args}}


def test_under_another_root_key_the_same_key_signs_on(tmp_path, stored):
    home, old = home_with(tmp_path, stored=stored)
    before = whole_root(home, old[:3])
    keys, new = two_realms(home, before), Given()
    realm = next(iter(keys))
    first, known = signed(home, before, realm, 1)
    begin_change(home, INTL, old[:3], custodians=FIVE, hand_out=new, at=NOW)
    finish_change(home, old[:3], NOW)

    second, still = signed(home, whole_root(home, new[:3]), realm, 2)
    assert still == known
    for note in (first, second):
        assert open_note(note, map(VerifierKey.decode, known)) == note.rpartition("\n\n")[0] + "\n"


STEPS = ["_rewrap", "_take_place", "sync_directory"]


@pytest.mark.parametrize("stops_at", STEPS)
@pytest.mark.parametrize("after", [True, False], ids=["after it", "before it"])
def test_a_change_that_was_stopped_anywhere_can_be_finished(
    tmp_path, stored, monkeypatch, stops_at, after
):
    home, old = home_with(tmp_path, stored=stored)
    keys, new = two_realms(home, whole_root(home, old[:3])), Given()
    begin_change(home, INTL, old[:3], custodians=FIVE, hand_out=new, at=NOW)
    real = getattr(root_change, stops_at)

    def stopped(*args):
        if after:
            real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(root_change, stops_at, stopped)
    with pytest.raises(KeyboardInterrupt):
        finish_change(home, old[:3], NOW)
    monkeypatch.undo()
    if is_under_way(home):
        finish_change(home, old[:3], NOW)

    root = whole_root(home, new[:3])
    assert stored_root(home) in (None, root)
    assert keys_in(home, root, keys) == keys
    drill(home, new[2:], NOW)


def test_a_key_that_was_split_is_not_changed_behind_its_custodians(tmp_path):
    home, _ = home_with(tmp_path, stored=True)
    with pytest.raises(NoCustodians):
        begin_change(home, INTL, [], custodians=None, hand_out=Given(), at=NOW)
    assert not is_under_way(home)


def test_without_custodians_the_file_is_enough(tmp_path):
    home, _ = home_with(tmp_path, stored=True, custodians=None)
    before = read_root_key(home)
    keys = two_realms(home, before)
    begin_change(home, INTL, [], custodians=None, hand_out=Given(), at=NOW)
    finish_change(home, [], NOW)
    assert read_root_key(home) != before
    assert keys_in(home, read_root_key(home), keys) == keys


def test_the_next_key_on_disk_is_of_no_use_without_the_old_one(tmp_path):
    home, old = home_with(tmp_path)
    begin_change(home, INTL, old[:3], custodians=FIVE, hand_out=(new := Given()), at=NOW)
    left = contents(home)
    finish_change(home, old[:3], NOW)
    root = whole_root(home, new[:3])
    assert not any(root in content or b64encode(root) in content for content in left.values())
