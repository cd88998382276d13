"""What the keeper does and refuses, without a socket."""

import json
import sqlite3
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from speaking import ADA, BEN, Kept, b64

from tanxin.core.vault.envelope import wrap_realm_key
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.leaf import NO_HASH, Leaf, Log
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.limits import Limits
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import Realms
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.service import Service

ROOT = bytes(range(32))
STRANGE = "12345678-1234-4234-8234-123456789abc"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(params=[1, 2], ids=["INTL-1", "GM-1"])
def realms(request, tmp_path):
    realms = Realms(tmp_path, ROOT, SUITES[request.param])
    yield realms
    realms.close()


@pytest.fixture
def service(realms, clock):
    return Service(realms, clock, Limits(quota=5), believe_web=True)


@pytest.fixture
def call(service):
    return lambda op, **args: service.answer({"v": 1, "op": op, "args": args})


@pytest.fixture
def kept(call):
    return Kept(call)


def file_of(tmp_path, kept):
    return tmp_path / "realms" / f"{kept.realm}.sqlite3"


def leaves(tmp_path, kept, event="record.opened"):
    """What the log says of one kind; logging in leaves a leaf too."""
    db = sqlite3.connect(file_of(tmp_path, kept))
    rows = db.execute("SELECT content, hash FROM leaf ORDER BY seq").fetchall()
    db.close()
    return [row for row in rows if json.loads(row[0])["event"] == event]


def refused(call, op, **args):
    with pytest.raises((Refused, VaultRefusal)) as caught:
        call(op, **args)
    return str(getattr(caught.value.code, "value", caught.value.code))


def test_texts_come_back_in_their_order(kept):
    items = kept.record("一", "二") + kept.record("三")
    assert kept.open(items) == ["一", "二", "三"]


def test_every_release_is_logged_once_per_record(kept, tmp_path):
    items = kept.record("一", "二")
    kept.open(items)

    (release,) = kept.releases(items[0]["record"])
    assert release == {
        "seq": 1,
        "at": "2026-11-23T09:00:00.000000Z",
        "actor": ADA,
        "person": BEN,
        "event": "record.opened",
        "ground": "subject",
        "role": "subject",
        "fields": ["record@1", "record@2"],
    }
    assert kept.releases(str(uuid4())) == []


def test_the_log_is_a_chain_of_leaves_in_the_final_form(kept, tmp_path, service):
    suite = service.realms.get(UUID(kept.realm)).current.suite
    records = [kept.record("一"), kept.record("二")]
    kept.open(records[0] + records[1])
    kept.open(records[0])

    prev = NO_HASH
    db = sqlite3.connect(file_of(tmp_path, kept))
    rows = db.execute(
        "SELECT leaf.content, hash, salt, detail.content, subject FROM leaf JOIN detail USING (seq)"
    ).fetchall()
    db.close()
    assert len(rows) == 4
    for seq, (content, leaf_hash, salt, detail, subject) in enumerate(rows):
        commit = SUITES[suite].mac(salt, detail.encode())
        event, kind = ("record.opened", "record") if seq else ("session.opened", "account")
        leaf = Leaf(
            Log.RELEASES, UUID(kept.realm), seq, NOW, UUID(ADA), UUID(BEN), event, kind,
            UUID(subject), commit, prev, suite,
        )  # fmt: skip
        assert (leaf.content().decode(), leaf.hash()) == (content, leaf_hash)
        prev = leaf_hash


@pytest.mark.parametrize(
    "sql", ["UPDATE leaf SET at = ''", "DELETE FROM leaf", "UPDATE realm_key SET version = 9"]
)
def test_the_file_refuses_to_forget(kept, tmp_path, sql):
    kept.open(kept.record("一"))
    db = sqlite3.connect(file_of(tmp_path, kept))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(sql)
    db.close()
    assert len(leaves(tmp_path, kept)) == 1


def test_erasing_a_detail_leaves_who_and_when(kept, tmp_path):
    items = kept.record("一")
    kept.open(items)
    db = sqlite3.connect(file_of(tmp_path, kept))
    db.execute("DELETE FROM detail")
    db.commit()
    db.close()

    (release,) = kept.releases(items[0]["record"])
    assert (release["actor"], release["ground"], release["fields"]) == (ADA, None, None)


def test_no_text_and_no_ground_stands_in_the_hashed_part(kept, tmp_path):
    kept.open(kept.record("一个秘密"), ground="break-glass")
    (row,) = leaves(tmp_path, kept)
    assert "break-glass" not in row[0]
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or "一个秘密".encode() not in file.read_bytes()


def test_nothing_is_released_when_the_log_cannot_be_written(kept, service):
    items, _ = kept.record("一"), kept.session
    service.realms.get(UUID(kept.realm)).store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        kept.open(items)


def test_one_bad_item_releases_none_and_logs_none(kept, call, tmp_path):
    good, bad = kept.record("一"), kept.record("二")
    sealed = bytearray(b64decode(bad[0]["sealed"]))
    sealed[-1] ^= 1
    bad[0]["sealed"] = b64(bytes(sealed))

    assert refused(call, "open", **kept.opening(good + bad)) == "not_authentic"
    assert leaves(tmp_path, kept) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"session": "f" * 64}, "no_session"),
        ({"session": "\ud800"}, "bad_request"),
        ({"session": None}, "bad_request"),
        ({"ground": ""}, "no_ground"),
        ({"ground": 5}, "bad_request"),
        ({"ground": "x" * 201}, "bad_request"),
        ({"realm": STRANGE}, "unknown_realm"),
        ({"items": "all"}, "bad_request"),
        ({"items": [5]}, "bad_request"),
        ({"items": [{}]}, "bad_request"),
        ({"items": [{}] * 20_001}, "bad_request"),
        ({"more": 1}, "bad_request"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_an_opening_that_is_not_as_it_should_be_is_refused(kept, call, tmp_path, change, code):
    items = kept.record("一")
    args = kept.opening(items)
    if "session" in change and change["session"] is None:
        assert refused(call, "open", **{**args, **change}) == "bad_request"
    assert refused(call, "open", **{**args, **change}) == code
    assert leaves(tmp_path, kept) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"field": "memo"}, "not_for_that_role"),
        ({"field": "remark"}, "wrong_place"),
        ({"version": 2}, "wrong_place"),
        ({"version": True}, "bad_request"),
        ({"version": "1"}, "bad_request"),
        ({"version": -1}, "bad_request"),
        ({"field": "a b"}, "malformed"),
        ({"record": STRANGE}, "wrong_place"),
        ({"sealed": "?"}, "malformed"),
        ({"sealed": None}, "malformed"),
        ({"wrapped": ""}, "malformed"),
    ],
    ids=str,
)
def test_an_item_that_does_not_fit_is_refused(kept, call, tmp_path, change, code):
    (item,) = kept.record("一")
    assert refused(call, "open", **kept.opening([{**item, **change}])) == code
    assert leaves(tmp_path, kept) == []


def test_one_realm_does_not_open_what_another_sealed(kept, call):
    other = Kept(call)
    assert refused(call, "open", **other.opening(kept.record("一"))) == "wrong_place"
    assert (
        refused(call, "open", **kept.opening(kept.record("一"), session=other.session))
        == "no_session"
    )


def test_the_quota_counts_records_per_person_and_hour(kept, call, clock, tmp_path):
    for _ in range(5):
        kept.open(kept.record("一", "二"))
    items = kept.record("三")

    assert refused(call, "open", **kept.opening(items)) == "quota_exceeded"
    assert len(leaves(tmp_path, kept)) == 5
    clock.now += timedelta(minutes=61)
    assert kept.open(items, session=kept.login()) == ["三"]


def test_the_quota_is_counted_from_the_file_and_survives_a_restart(kept, realms, clock, call):
    for _ in range(5):
        kept.open(kept.record("一"))
    realms.close()

    assert refused(call, "open", **kept.opening(kept.record("三"))) == "quota_exceeded"


def test_a_request_over_the_quota_releases_nothing_at_all(kept, call, tmp_path):
    many = [item for _ in range(6) for item in kept.record("一")]
    assert refused(call, "open", **kept.opening(many)) == "quota_exceeded"
    assert leaves(tmp_path, kept) == []


def test_opening_nothing_logs_nothing(kept, tmp_path):
    assert kept.open([]) == []
    assert leaves(tmp_path, kept) == []


def test_a_realm_gets_its_key_once(call, service):
    realm = str(uuid4())
    first = call("ensure_realm", realm=realm)
    assert call("ensure_realm", realm=realm) == first
    keys = call("pii_keys", realm=realm)
    service.realms.close()

    assert call("ensure_realm", realm=realm) == first
    assert call("pii_keys", realm=realm) == keys
    assert [key["version"] for key in keys["keys"]] == [1]


def test_a_sketch_key_is_for_who_is_logged_in_and_opens_nothing(kept, call, realms, clock):
    asked = {"realm": kept.realm, "session": kept.session}
    given = call("sketch_key", **asked)
    assert call("sketch_key", **asked) == given
    assert given["version"] == 1
    shown = [
        row[name]
        for row in call("pii_keys", realm=kept.realm)["keys"]
        for name in ("sealing", "index")
    ]
    assert given["key"] not in shown

    doubting = Service(realms, clock, Limits())
    for session, code in ((kept.session, None), ("", "no_session"), ("0" * 64, "no_session")):
        message = {"v": 1, "op": "sketch_key", "args": {**asked, "session": session}}
        if code is None:
            assert doubting.answer(message) == given
        else:
            with pytest.raises(Refused) as refusal:
                doubting.answer(message)
            assert refusal.value.code == code


def test_reading_makes_no_realm(call, tmp_path):
    realm = str(uuid4())
    assert refused(call, "pii_keys", realm=realm) == "unknown_realm"
    assert not list((tmp_path / "realms").iterdir())


def test_a_realm_whose_making_was_cut_short_is_unknown_until_made(call, tmp_path):
    realm = str(uuid4())
    sqlite3.connect(tmp_path / "realms" / f"{realm}.sqlite3").close()
    assert refused(call, "pii_keys", realm=realm) == "unknown_realm"
    call("ensure_realm", realm=realm)
    assert call("pii_keys", realm=realm)["keys"]


def test_another_root_key_opens_no_realm(kept, tmp_path):
    stranger = Realms(tmp_path, bytes(32), SUITES[1])
    with pytest.raises(VaultRefusal):
        stranger.get(UUID(kept.realm))
    stranger.close()


def test_a_newer_realm_key_seals_and_the_older_still_opens(kept, call, realms):
    old = kept.record("旧")
    realm = UUID(kept.realm)
    for version, suite in ((2, 2), (3, 1)):
        key = RealmKey(realm, version, suite, SUITES[suite].secret())
        realms.get(realm).store.add_wrapped_key(version, wrap_realm_key(ROOT, key))
        realms.close()
        assert kept.open(old + kept.record("新")) == ["旧", "新"]
    assert [key["version"] for key in call("pii_keys", realm=kept.realm)["keys"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({}, Code.WRONG_PROTOCOL),
        ({"v": 2, "op": "ping", "args": {}}, Code.WRONG_PROTOCOL),
        ({"v": 1, "op": "ping"}, Code.BAD_REQUEST),
        ({"v": 1, "op": "ping", "args": {}, "x": 1}, Code.BAD_REQUEST),
        ({"v": 1, "op": "ping", "args": []}, Code.BAD_REQUEST),
        ({"v": 1, "op": "ping", "args": {"x": 1}}, Code.BAD_REQUEST),
        ({"v": 1, "op": "dump", "args": {}}, Code.UNKNOWN_OPERATION),
        ({"v": 1, "op": [], "args": {}}, Code.UNKNOWN_OPERATION),
    ],
    ids=str,
)
def test_a_message_that_is_not_of_the_protocol_is_refused(service, message, code):
    with pytest.raises(Refused) as caught:
        service.answer(message)
    assert caught.value.code is code


def test_it_says_what_it_speaks(call):
    told = {"protocol": 1, "quota": 5, "realm_quota": 20_000, "believes_web": True}
    assert call("ping") == told


def fill(store, record):
    release = Release(record, UUID(ADA), UUID(BEN), {"ground": "x" * 190})
    at = datetime(2026, 11, 23, tzinfo=UTC)
    while True:
        store.append([release] * 50, at, SUITES[1])


def test_after_a_full_disk_it_refuses_once_and_goes_on(kept, service):
    items, _ = kept.record("一"), kept.session
    record = UUID(items[0]["record"])
    store = service.realms.get(UUID(kept.realm)).store
    (pages,) = store._db.execute("PRAGMA page_count").fetchone()
    store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        fill(store, record)
    store._db.execute("PRAGMA max_page_count = 1000000")

    kept.open(items)

    assert kept.releases(str(record))[-1]["ground"] == "subject"
