"""Versions of a realm's key: begun, moved to, destroyed after an hour and only when unused."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Event, Thread
from uuid import UUID, uuid4

import pytest
from speaking import BEN, Kept, b64

from tanxin.core.vault.envelope import unwrap_record_key
from tanxin.core.vault.header import Header
from tanxin.core.vault.personal import blind_index, open_personal, personal_key, seal_personal
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.custody.operator import issue_token, read_token
from tanxin.keeper.custody.renewing import COOLING
from tanxin.keeper.limits import Limits
from tanxin.keeper.realms import Realms
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.service import Service

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTHING = {"keys": [], "texts": [], "personal": [], "grants": []}


class Clock:
    now = NOW

    def __call__(self):
        return self.now


@pytest.fixture(params=[(1, 1), (1, 2), (2, 1), (2, 2)], ids=lambda p: f"{p[0]} to {p[1]}")
def change(request):
    """The suite before and after."""
    return request.param


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def realms(change, tmp_path):
    issue_token(tmp_path)
    realms = Realms(tmp_path, bytes(range(32)), SUITES[change[0]])
    yield realms
    realms.close()


@pytest.fixture
def call(realms, clock):
    service = Service(realms, clock, Limits(), believe_web=True)
    return lambda op, **args: service.answer({"v": 1, "op": op, "args": args})


@pytest.fixture
def kept(call):
    return Kept(call)


@pytest.fixture
def order(realms, kept, call):
    token = read_token(realms.home)
    return lambda op, **args: call(op, realm=kept.realm, operator=token, **args)


@pytest.fixture
def renewed(kept, order, change):
    return order("keys.renew", suite=change[1])


def reseal(order, **what):
    return order("reseal", batch=str(uuid4()), **{**NOTHING, **what})


def place(item, *names):
    return {name: item[name] for name in names}


def moved(kept, order, items):
    """Keys, grants and texts moved; items as ``open`` wants them."""
    keys = reseal(order, keys=[place(i, "record", "wrapped") for i in items])["keys"]
    texts = reseal(
        order, texts=[place(i, "record", "wrapped", "field", "version", "sealed") for i in items]
    )["texts"]
    grants = reseal(
        order,
        grants=[{**place(i, "record", "wrapped", "grant"), "person": BEN} for i in items],
    )["grants"]
    return [
        {**item, "wrapped": key, "sealed": text, "grant": {**item["grant"], "mac": mac}}
        for item, key, text, mac in zip(items, keys, texts, grants, strict=True)
    ]


def test_what_was_sealed_before_still_opens_and_new_things_take_the_new_key(kept, renewed, change):
    old, new = kept.record("以前"), kept.record("以后")
    assert renewed["current"] == 2
    assert kept.open(old) == ["以前"]
    header = Header.decode(b64decode(new[0]["sealed"]))
    assert (header.suite, header.kek_version) == (change[1], 2)


def test_what_was_moved_opens_and_is_under_the_new_key(kept, order, change):
    items = kept.record("第一版", "第二版")
    order("keys.renew", suite=change[1])
    after = moved(kept, order, items)

    assert kept.open(after) == ["第一版", "第二版"]
    for item in after:
        assert Header.decode(b64decode(item["wrapped"])).kek_version == 2
        assert Header.decode(b64decode(item["sealed"])).suite == change[1]
        assert b64decode(item["grant"]["mac"])[:4] == bytes([0, 0, 0, 2])


def test_half_moved_opens_too_whichever_half(kept, order, change):
    items = kept.record("说了心里话")
    order("keys.renew", suite=change[1])
    after = moved(kept, order, items)
    for name in ("wrapped", "sealed", "grant"):
        assert kept.open([{**items[0], name: after[0][name]}]) == ["说了心里话"]
        assert kept.open([{**after[0], name: items[0][name]}]) == ["说了心里话"]


def test_an_old_key_is_kept_for_an_hour_and_then_gone_for_good(kept, order, clock, realms, change):
    items = kept.record("说了心里话")
    wrapped = realms.get(UUID(kept.realm)).store.wrapped_keys()[1]
    order("keys.renew", suite=change[1])
    after = moved(kept, order, items)
    clock.now = NOW + COOLING - timedelta(seconds=1)
    assert refused(order, "keys.destroy", version=1, left=0) is Code.TOO_EARLY
    clock.now = NOW + COOLING + timedelta(seconds=1)
    assert refused(order, "keys.destroy", version=1, left=3) is Code.KEY_IN_USE
    state = order("keys.destroy", version=1, left=0)

    assert [row["version"] for row in state["versions"]] == [2]
    with pytest.raises(VaultRefusal):
        unwrap_record_key(
            realms.get(UUID(kept.realm)).keys,
            UUID(items[0]["record"]),
            b64decode(items[0]["wrapped"]),
        )
    session = kept.login()
    with pytest.raises(VaultRefusal):
        kept.open(items, session=session)
    assert kept.open(after, session=session) == ["说了心里话"]
    for file in realms.home.rglob("*"):
        assert file.is_dir() or wrapped not in file.read_bytes()


def refused(order, op, **args):
    with pytest.raises(Refused) as told:
        order(op, **args)
    return told.value.code


def test_the_key_in_use_and_unknown_ones_are_never_destroyed(order, renewed, clock):
    clock.now = NOW + 2 * COOLING
    for version in (2, 3, 0):
        assert refused(order, "keys.destroy", version=version, left=0) is Code.NO_OLD_KEY
    assert refused(order, "keys.destroy", version=-1, left=0) is Code.BAD_REQUEST


def test_keys_come_back_after_a_restart_with_their_suites(kept, order, realms, change):
    order("keys.renew", suite=change[1])
    again = Realms(realms.home, bytes(range(32)), SUITES[1])
    try:
        assert {v: key.suite for v, key in again.get(UUID(kept.realm)).keys.items()} == {
            1: change[0],
            2: change[1],
        }
    finally:
        again.close()


@pytest.mark.parametrize("column", ["name", "phone"])
def test_personal_columns_move_with_their_index(kept, order, realms, change, column):
    realm, person = UUID(kept.realm), uuid4()
    before = personal_key(realms.get(realm).keys[1])
    [sealed] = seal_personal(before, column, [(person, "13800138000")])
    order("keys.renew", suite=change[1])
    item = {
        "record": str(person),
        "field": column,
        "sealed": b64(sealed),
        "indexed": column == "phone",
    }
    [answer] = reseal(order, personal=[item])["personal"]
    after = personal_key(realms.get(realm).keys[2])

    assert open_personal({2: after}, column, [(person, b64decode(answer["sealed"]))]) == [
        "13800138000"
    ]
    wanted = blind_index(after, "phone", "13800138000") if column == "phone" else b""
    assert b64decode(answer["index"]) == wanted


BENT = {
    "of another record": lambda i: {**i, "record": str(uuid4())},
    "of another field": lambda i: {**i, "field": "memo"},
    "of another version": lambda i: {**i, "version": 2},
    "a bit in the text": lambda i: {**i, "sealed": bit(i["sealed"])},
    "a bit in the key": lambda i: {**i, "wrapped": bit(i["wrapped"])},
    "key as text": lambda i: {**i, "sealed": i["wrapped"]},
    "text as key": lambda i: {**i, "wrapped": i["sealed"]},
}


def bit(text):
    raw = bytearray(b64decode(text))
    raw[-3] ^= 8
    return b64(bytes(raw))


@pytest.mark.parametrize("name", BENT)
def test_what_was_bent_is_not_moved_and_nothing_beside_it(kept, order, renewed, name):
    good, bad = kept.record("好")[0], kept.record("坏")[0]
    names = ("record", "wrapped", "field", "version", "sealed")
    with pytest.raises((VaultRefusal, Refused)):
        reseal(order, texts=[place(good, *names), BENT[name](place(bad, *names))])
    assert "key.moved" not in events(kept)


def test_another_persons_grant_is_not_vouched_for(kept, order, renewed):
    item = kept.record("说了心里话")[0]
    grant = {**place(item, "record", "wrapped", "grant"), "person": str(uuid4())}
    with pytest.raises(Refused, match="grant_not_good"):
        reseal(order, grants=[grant])


def events(kept):
    leaves = kept.call("log.releases", realm=kept.realm, start=0, most=1000)["leaves"]
    return [json.loads(leaf["content"])["event"] for leaf in leaves]


def test_every_step_is_a_leaf_and_the_log_stays_whole(kept, order, change, clock):
    items = kept.record("说了心里话")
    order("keys.renew", suite=change[1])
    moved(kept, order, items)
    clock.now = NOW + 2 * COOLING
    order("keys.destroy", version=1, left=0)
    leaves = [
        json.loads(leaf["content"])
        for leaf in kept.call("log.releases", realm=kept.realm, start=0, most=1000)["leaves"]
    ]
    hashes = [
        b64decode(leaf["hash"]).hex()
        for leaf in kept.call("log.releases", realm=kept.realm, start=0, most=1000)["leaves"]
    ]

    told = [leaf["event"] for leaf in leaves if leaf["event"].startswith("key.")]
    assert told == ["key.renewed", "key.moved", "key.moved", "key.moved", "key.destroyed"]
    for (_, before), (leaf, _) in pairwise(zip(leaves, hashes, strict=True)):
        assert leaf["prev"] == before


@pytest.mark.parametrize("token", ["", "x", "0" * 64])
def test_without_the_operators_token_nothing_is_ordered(kept, call, token):
    for op, args in {
        "keys.renew": {"suite": 1},
        "keys.destroy": {"version": 1, "left": 0},
        "reseal": {"batch": str(uuid4()), **NOTHING},
    }.items():
        with pytest.raises(Refused) as told:
            call(op, realm=kept.realm, operator=token, **args)
        assert told.value.code is Code.NO_AUTHORITY
    assert [v["version"] for v in call("keys.state", realm=kept.realm)["versions"]] == [1]


def test_where_no_token_was_issued_nobody_is_an_operator(kept, order, realms):
    (realms.home / "operator.token").unlink()
    assert refused(order, "keys.renew", suite=1) is Code.NO_AUTHORITY


def test_a_suite_that_is_not_known_is_refused(order, call):
    with pytest.raises(VaultRefusal):
        order("keys.renew", suite=3)
    with pytest.raises(VaultRefusal):
        call("keys.found", realm=str(uuid4()), suite=0)


def test_a_realm_is_founded_in_the_suite_that_was_chosen(call, change):
    realm = str(uuid4())
    assert call("keys.found", realm=realm, suite=change[1])["suite"] == change[1]
    assert call("keys.found", realm=realm, suite=change[0])["suite"] == change[1]


def test_requests_under_way_are_not_disturbed_by_a_renewal(kept, order, realms, change):
    before = realms.get(UUID(kept.realm))
    names = iter(before.keys.items())
    next(names)
    order("keys.renew", suite=change[1])
    assert list(names) == []
    assert (set(before.keys), before.current.version) == ({1}, 1)
    assert realms.get(UUID(kept.realm)).current.version == 2


def test_many_seal_and_read_while_keys_are_renewed(kept, order, change):
    failed, done = [], Event()

    def work():
        while not done.is_set():
            try:
                assert kept.open(kept.record("说了心里话")) == ["说了心里话"]
            except Exception as problem:  # noqa: BLE001 - collected and shown
                failed.append(problem)

    threads = [Thread(target=work) for _ in range(4)]
    kept.session  # noqa: B018 - logs in before the threads do
    for thread in threads:
        thread.start()
    for _ in range(20):
        order("keys.renew", suite=change[1])
    done.set()
    for thread in threads:
        thread.join()
    assert failed == []
