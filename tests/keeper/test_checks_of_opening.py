"""Each line of the keeper's check list, asked of a real keeper by a program that means no good."""

import shutil
import sqlite3
import tempfile
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from speaking import ADA, BEN, Kept, ask, b64, result

from keeper_process import KeeperProcess
from tanxin.core.vault.personal import PersonalKey, seal_personal

CLEO = str(uuid4())
EARLIER = "2026-01-01T00:00:00.000000Z"


@pytest.fixture(scope="module")
def process():
    home = Path(tempfile.mkdtemp(prefix="tanxin-checks-"))
    process = KeeperProcess(home)
    process.start()
    yield process
    process.stop()
    shutil.rmtree(home)


@pytest.fixture
def kept(process):
    return Kept(lambda op, **args: result(process.socket, op, **args))


@pytest.fixture
def refusal(process):
    def refusal(op, **args):
        answer = ask(process.socket, op, **args)
        assert not answer["ok"], answer
        assert "result" not in answer
        return answer["code"]

    return refusal


def changed(item, **grant):
    return {**item, "grant": {**item["grant"], **grant}}


def test_without_a_session_nothing_opens(kept, refusal):
    (item,) = kept.record("一")
    for token in ("", "0" * 64, BEN, "心"):
        assert refusal("open", **kept.opening([item]) | {"session": token}) == "no_session"
    assert kept.releases(item["record"]) == []


def test_a_closed_session_opens_nothing(kept, refusal):
    (item,) = kept.record("一")
    kept.call("session.close", realm=kept.realm, session=kept.session)
    assert refusal("open", **kept.opening([item])) == "session_closed"
    kept.call("session.close", realm=kept.realm, session="never was")


def test_all_sessions_of_an_account_are_closed_at_once(kept, refusal):
    (item,) = kept.record("一")
    tokens = [kept.login(), kept.login(), kept.login(account=CLEO)]
    assert kept.call("session.close_all", realm=kept.realm, account=ADA) == {"ended": 2}
    codes = [ask_open(kept, item, token) for token in tokens]
    assert codes == ["session_closed", "session_closed", "ok"]


def ask_open(kept, item, token):
    try:
        kept.open([item], session=token)
    except AssertionError as answer:
        return answer.args[0]["code"]
    return "ok"


def test_an_idle_session_opens_nothing(refusal):
    home = Path(tempfile.mkdtemp(prefix="tanxin-idle-"))
    process = KeeperProcess(home, "--idle-minutes", "0")
    process.start()
    kept = Kept(lambda op, **args: result(process.socket, op, **args))
    (item,) = kept.record("一")
    answer = ask(process.socket, "open", **kept.opening([item]))
    process.stop()
    shutil.rmtree(home)

    assert (answer["ok"], answer["code"]) == (False, "session_idle")


def test_a_session_of_another_person_opens_nothing(kept, refusal):
    (item,) = kept.record("一")
    cleo = kept.login(person=CLEO)
    assert refusal("open", **kept.opening([item], session=cleo)) == "grant_not_good"


def test_a_session_of_another_realm_opens_nothing(kept, process, refusal):
    other = Kept(kept.call)
    (item,) = kept.record("一")
    assert refusal("open", **kept.opening([item], session=other.session)) == "no_session"


def test_without_a_grant_nothing_opens(kept, refusal):
    (item,) = kept.record("一")
    nothing = {"role": "subject", "may_pass_on": True, "start": EARLIER, "end": None, "mac": ""}
    assert refusal("open", **kept.opening([{**item, "grant": nothing}])) == "grant_not_good"
    assert refusal("open", **kept.opening([{**item, "grant": None}])) == "bad_request"
    assert refusal("open", **kept.opening([{**item, "grant": {}}])) == "bad_request"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "initiator"),
        ("role", "granted"),
        ("may_pass_on", False),
        ("start", EARLIER),
        ("end", "2099-01-01T00:00:00.000000Z"),
        ("mac", b64(bytes(36))),
        ("mac", b64(b"\0\0\0\1" + bytes(32))),
        ("mac", b64(b"\0\0\0\2" + bytes(32))),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_grant_altered_in_any_field_opens_nothing(kept, refusal, field, value):
    (item,) = kept.record("一")
    altered = changed(item, **{field: value})
    assert refusal("open", **kept.opening([altered])) == "grant_not_good"
    assert kept.releases(item["record"]) == []


def test_a_grant_of_another_record_opens_nothing(kept, refusal):
    (one,), (two,) = kept.record("一"), kept.record("二")
    moved = {**one, "grant": two["grant"]}
    assert refusal("open", **kept.opening([moved])) == "grant_not_good"


def test_a_record_s_key_put_beside_another_s_grant_opens_nothing(kept, refusal):
    (one,), (two,) = kept.record("一"), kept.record("二")
    mixed = {**one, "wrapped": two["wrapped"]}
    assert refusal("open", **kept.opening([mixed])) == "wrong_place"


def test_an_ended_grant_opens_nothing_even_put_back_as_it_was(kept, refusal):
    (item,) = kept.record("一")
    assert kept.open([item]) == ["一"]
    held = {name: item[name] for name in ("record", "wrapped", "grant")} | {"person": BEN}
    (ended,) = kept.call("grant.end", realm=kept.realm, items=[held])["grants"]

    after = changed(item, end=ended["end"], mac=ended["mac"])
    assert refusal("open", **kept.opening([after])) == "grant_ended"
    assert refusal("open", **kept.opening([item])) == "grant_ended"
    assert len(kept.releases(item["record"])) == 1


def test_a_part_opens_only_what_it_is_for(kept, refusal):
    (memo,) = kept.record("一", field="memo")
    (record,) = kept.record("一", role="author")
    assert refusal("open", **kept.opening([memo])) == "not_for_that_role"
    assert refusal("open", **kept.opening([record])) == "not_for_that_role"


@pytest.mark.parametrize("role", ["", "organiser", "root"])
def test_a_part_that_there_is_not_is_never_vouched_for(kept, refusal, role):
    party = {"person": BEN, "role": role, "may_pass_on": False}
    new = {"record": str(uuid4()), "field": "record", "text": "", "parties": [party]}
    assert refusal("create", realm=kept.realm, items=[new]) == "bad_request"


def later(item, text="二", **more):
    """``item`` as ``seal`` wants it, with a second text."""
    names = ("record", "wrapped", "field", "grant")
    return {name: item[name] for name in names} | {"version": 2, "text": b64(text.encode())} | more


def ask_seal(kept, item, token):
    return {"realm": kept.realm, "session": token, "items": [item]}


def test_a_later_text_is_sealed_for_whoever_has_a_part_in_the_record(kept, refusal):
    (item,) = kept.record("一")
    [box] = kept.seal([later(item)])
    assert kept.open([{**item, "version": 2, "sealed": box}]) == ["二"]
    for token in ("0" * 64, BEN):
        assert refusal("seal", **ask_seal(kept, later(item), token)) == "no_session"
    stranger = kept.login(CLEO, CLEO)
    assert refusal("seal", **ask_seal(kept, later(item), stranger)) == "grant_not_good"


def test_a_later_text_is_sealed_for_nobody_whose_part_ended_or_is_another(kept, refusal):
    (item,) = kept.record("一")
    memo = later(item, field="memo")
    assert refusal("seal", **ask_seal(kept, memo, kept.session)) == "not_for_that_role"
    held = {name: item[name] for name in ("record", "wrapped", "grant")}
    kept.call("grant.end", realm=kept.realm, items=[{**held, "person": BEN}])
    assert refusal("seal", **ask_seal(kept, later(item), kept.session)) == "grant_ended"


def test_without_a_session_a_real_keeper_seals_nothing_later():
    home = Path(tempfile.mkdtemp(prefix="tanxin-checks-"))
    process = KeeperProcess(home, believe_web=False)
    process.start()
    realm = str(uuid4())
    result(process.socket, "ensure_realm", realm=realm)
    answer = ask(process.socket, "seal", realm=realm, session="", items=[])
    process.stop()
    shutil.rmtree(home)
    assert answer["code"] == "no_session"


def test_texts_swapped_between_records_fields_and_versions_do_not_open(kept, refusal):
    first, second = kept.record("一", "二")
    (other,) = kept.record("三")
    (remark,) = kept.record("四", field="remark")
    for here, from_there in ((first, second), (second, first), (first, other), (first, remark)):
        swapped = {**here, "sealed": from_there["sealed"]}
        assert refusal("open", **kept.opening([swapped])) == "wrong_place"


def test_an_older_version_put_back_as_the_newest_is_refused(kept, refusal):
    first, second = kept.record("一", "二")
    assert kept.open([second]) == ["二"]

    assert refusal("open", **kept.opening([{**first, "latest": True}])) == "older_version"
    assert kept.open([first]) == ["一"]


def test_what_looks_like_tampering_leaves_a_leaf_once_a_minute(kept, process, refusal):
    (item,) = kept.record("一")
    for _ in range(5):
        refusal("open", **kept.opening([changed(item, role="initiator")]))
    alarms = leaves(process, kept, "tampering.found")
    assert 1 <= len(alarms) <= 2


def leaves(process, kept, event):
    db = sqlite3.connect(process.home / "home" / "realms" / f"{kept.realm}.sqlite3")
    rows = db.execute("SELECT content FROM leaf WHERE content LIKE ?", (f'%"{event}"%',)).fetchall()
    db.close()
    return rows


def test_over_the_quota_nothing_opens_and_an_alarm_is_left():
    home = Path(tempfile.mkdtemp(prefix="tanxin-quota-"))
    process = KeeperProcess(home, quota=3)
    process.start()
    kept = Kept(lambda op, **args: result(process.socket, op, **args))
    records = [kept.record(str(number))[0] for number in range(5)]
    answers = [ask(process.socket, "open", **kept.opening([item])) for item in records]
    alarms = leaves(process, kept, "quota.exceeded")
    process.stop()
    shutil.rmtree(home)

    assert [answer["ok"] for answer in answers] == [True] * 3 + [False] * 2
    assert answers[3]["code"] == "quota_exceeded"
    assert len(alarms) == 1


def test_over_the_realm_s_quota_nothing_opens_for_anybody():
    home = Path(tempfile.mkdtemp(prefix="tanxin-quota-"))
    process = KeeperProcess(home, "--realm-quota", "2")
    process.start()
    kept = Kept(lambda op, **args: result(process.socket, op, **args))
    (mine,) = kept.record("一")
    (hers,) = kept.record("二", person=CLEO)
    kept.open([mine])
    kept.open([hers], session=kept.login(person=CLEO))
    answer = ask(process.socket, "open", **kept.opening([mine]))
    process.stop()
    shutil.rmtree(home)

    assert answer["code"] == "realm_quota_exceeded"


def test_a_session_survives_a_restart():
    home = Path(tempfile.mkdtemp(prefix="tanxin-restart-"))
    process = KeeperProcess(home)
    process.start()
    kept = Kept(lambda op, **args: result(process.socket, op, **args))
    (item,) = kept.record("一")
    kept.open([item])
    process.kill()
    process.start()
    again = kept.open([item])
    stored = (home / "home" / "realms" / f"{kept.realm}.sqlite3").read_bytes()
    process.stop()
    shutil.rmtree(home)

    assert again == ["一"]
    assert kept.session.encode() not in stored


def test_a_search_says_which_records_and_no_word_more(kept, process, refusal):
    texts = ["孩子上学的事", "处里缺两个人", "都好"]
    items = [kept.record(text)[0] for text in texts]
    asked = {"realm": kept.realm, "session": kept.session, "items": items}

    answer = kept.call("scan", **asked, words=["缺 两个"])
    assert answer == {"found": [items[1]["record"]]}
    assert kept.call("scan", **asked, words=["孩子", "缺"]) == {"found": []}
    assert refusal("scan", **asked, words=[" "]) == "bad_request"
    assert refusal("scan", **asked | {"session": "x"}, words=["孩子"]) == "no_session"
    assert (
        refusal("scan", **asked | {"items": [changed(items[0], role="asker")]}, words=["孩子"])
        == "grant_not_good"
    )
    searches = leaves(process, kept, "records.searched")
    assert len(searches) == 2
    assert not any("孩子" in content for (content,) in searches)
    assert kept.releases(items[1]["record"]) == []


def test_an_address_is_all_the_notices_worker_gets(kept, process, refusal):
    (keys,) = kept.call("pii_keys", realm=kept.realm)["keys"]
    key = PersonalKey(
        UUID(kept.realm), 1, keys["suite"], b64decode(keys["sealing"]), b64decode(keys["index"])
    )
    (phone,) = seal_personal(key, "phone", [(UUID(BEN), "13800000001")])
    asked = {
        "realm": kept.realm,
        "person": BEN,
        "column": "phone",
        "sealed": b64(phone),
        "notice": CLEO,
    }

    assert kept.call("address", **asked) == {"address": "13800000001"}
    assert refusal("address", **asked | {"column": "id"}) == "bad_request"
    assert refusal("address", **asked | {"person": CLEO}) == "wrong_place"
    assert len(leaves(process, kept, "address.opened")) == 1


def test_a_grant_is_passed_on_by_those_who_may_and_never_for_longer(kept, refusal):
    (item,) = kept.record("一")
    (fixed,) = kept.record("二", may_pass_on=False)
    to = [{"person": CLEO, "role": "initiator", "may_pass_on": False, "end": None}]
    held = {name: item[name] for name in ("record", "wrapped", "grant")}

    def passing(source, **changes):
        own = {name: source[name] for name in ("record", "wrapped", "grant")}
        return {"realm": kept.realm, "session": kept.session, "items": [own], "to": to} | changes

    (rows,) = kept.call("grant.pass_on", **passing(item))["grants"]
    cleo = kept.login(person=CLEO)
    grant = {name: value for name, value in rows[0].items() if name != "person"}
    assert kept.open([{**item, "grant": grant}], session=cleo) == ["一"]
    assert refusal("grant.pass_on", **passing(fixed)) == "may_not_pass_on"
    assert refusal("grant.pass_on", **passing(item, session=cleo)) == "grant_not_good"
    assert (
        refusal("grant.pass_on", **passing({**item, "grant": grant}, session=cleo))
        == "may_not_pass_on"
    )
    author = [{**to[0], "role": "author"}]
    assert refusal("grant.pass_on", **passing(item, to=author)) == "may_not_pass_on"
    kept.call("grant.end", realm=kept.realm, items=[held | {"person": BEN}])
    assert refusal("grant.pass_on", **passing(item)) == "grant_ended"


def test_access_is_given_no_faster_than_texts_are_opened():
    home = Path(tempfile.mkdtemp(prefix="tanxin-giving-"))
    process = KeeperProcess(home, quota=2)
    process.start()
    kept = Kept(lambda op, **args: result(process.socket, op, **args))
    to = [{"person": CLEO, "role": "initiator", "may_pass_on": False, "end": None}]
    answers = []
    for number in range(3):
        (item,) = kept.record(str(number))
        own = {name: item[name] for name in ("record", "wrapped", "grant")}
        asked = {"realm": kept.realm, "session": kept.session, "items": [own], "to": to}
        answers.append(ask(process.socket, "grant.pass_on", **asked))
    alarms = leaves(process, kept, "quota.exceeded")
    process.stop()
    shutil.rmtree(home)

    assert [answer["ok"] for answer in answers] == [True, True, False]
    assert answers[2]["code"] == "quota_exceeded"
    assert len(alarms) == 1


def test_a_request_gives_what_was_asked_for_and_only_after_another_approved(kept, refusal):
    (item,) = kept.record("一")
    supervisor, other = str(uuid4()), str(uuid4())
    asker = kept.login(account=CLEO, person=supervisor)
    approver = kept.login(account=other, person=other)
    request = str(uuid4())
    asking = {
        "realm": kept.realm,
        "session": asker,
        "request": request,
        "records": [item["record"]],
        "role": "granted",
        "hours": 2,
    }
    wrapped = [{"record": item["record"], "wrapped": item["wrapped"]}]
    approving = {"realm": kept.realm, "session": approver, "request": request, "items": wrapped}

    assert refusal("grant.approve", **approving) == "request_used"
    assert refusal("grant.ask", **asking | {"role": "initiator"}) == "bad_request"
    assert refusal("grant.ask", **asking | {"hours": 32 * 24}) == "bad_request"
    kept.call("grant.ask", **asking)
    assert refusal("grant.approve", **approving | {"session": asker}) == "no_authority"
    assert refusal("grant.approve", **approving | {"items": []}) == "bad_request"
    (row,) = kept.call("grant.approve", **approving)["grants"]
    assert row.pop("person") == supervisor
    assert refusal("grant.approve", **approving) == "request_used"
    assert refusal("grant.ask", **asking) == "request_used"

    assert kept.open([{**item, "grant": row}], session=asker) == ["一"]
    until = datetime.fromisoformat(row["end"]) - datetime.now(UTC)
    assert timedelta(minutes=118) < until <= timedelta(hours=2)
    assert (
        refusal("open", **kept.opening([{**item, "grant": row}], session=approver))
        == "grant_not_good"
    )
