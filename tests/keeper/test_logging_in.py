"""Logging in at a keeper that believes nobody, and who may set a password there."""

import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from speaking import ADA, BEN, Kept, named

from tanxin.core.vault.suites import SUITES
from tanxin.keeper.limits import Limits
from tanxin.keeper.realms import Realms
from tanxin.keeper.refusal import Refused
from tanxin.keeper.service import Service

PASSWORD, OTHER = "correct-horse-battery", "another-long-password"
EMIL, CLEO = str(uuid4()), str(uuid4())


class Clock:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def call(tmp_path, clock):
    realms = Realms(tmp_path, bytes(range(32)), SUITES[1])
    service = Service(realms, clock, Limits(guesses=3))
    yield lambda op, **args: service.answer({"v": 1, "op": op, "args": args})
    realms.close()


@pytest.fixture
def kept(call):
    return Kept(call)


@pytest.fixture
def code(call):
    def code(op, **args):
        with pytest.raises(Refused) as refused:
            call(op, **args)
        return refused.value.code.value

    return code


def door(kept, password=PASSWORD, account=ADA, person=BEN):
    proof = {"kind": "password", "password": password}
    return {"realm": kept.realm, "account": account, "person": person, "proof": proof}


def password(kept, new=PASSWORD, account=ADA, person=BEN, authority=""):
    return {
        "realm": kept.realm, "account": account, "person": person, "password": new,
        "authority": authority,
    }  # fmt: skip


def told(tmp_path, kept):
    db = sqlite3.connect(tmp_path / "realms" / f"{kept.realm}.sqlite3")
    rows = db.execute("SELECT content FROM leaf ORDER BY seq").fetchall()
    db.close()
    return [row for (row,) in rows]


def test_whom_the_web_names_is_not_believed(kept, code):
    assert code("session.open", realm=kept.realm, **named()) == "not_believed"
    assert code("session.open", **door(kept, account=None)) == "not_believed"


def test_the_first_password_of_a_realm_needs_nobody_the_next_one_somebody(
    kept, call, code, tmp_path
):
    assert call("credential.set", **password(kept)) == {"authority": "founding"}
    assert code("credential.set", **password(kept, OTHER, EMIL, CLEO)) == "no_authority"
    assert code("credential.set", **password(kept, OTHER)) == "no_authority"

    founder = call("session.open", **door(kept))["token"]
    by = call("credential.set", **password(kept, OTHER, EMIL, CLEO, founder))
    assert by == {"authority": "security"}
    cleo = call("session.open", **door(kept, OTHER, EMIL, CLEO))["token"]
    assert code("credential.set", **password(kept, OTHER, authority=cleo)) == "no_authority"
    assert call("credential.set", **password(kept, PASSWORD + "2", EMIL, CLEO, cleo)) == {
        "authority": "own"
    }
    assert sum("credential.set" in leaf for leaf in told(tmp_path, kept)) == 3


def test_a_new_password_ends_the_other_sessions_of_the_account(kept, call, code):
    call("credential.set", **password(kept))
    one, two = (call("session.open", **door(kept))["token"] for _ in range(2))

    call("credential.set", **password(kept, OTHER, authority=one))

    call("session.keep_alive", realm=kept.realm, session=one)
    assert code("session.keep_alive", realm=kept.realm, session=two) == "session_closed"
    assert code("session.open", **door(kept)) == "wrong_proof"
    assert call("session.open", **door(kept, OTHER))["token"]


def test_an_account_is_bound_to_its_person_for_good(kept, call, code):
    call("credential.set", **password(kept))
    founder = call("session.open", **door(kept))["token"]
    assert code("credential.set", **password(kept, person=CLEO, authority=founder)) == "taken"
    assert code("session.open", **door(kept, person=CLEO)) == "wrong_proof"


def test_guesses_are_bounded_and_told_in_the_log_and_the_right_one_gives_them_back(
    kept, call, code, clock, tmp_path
):
    call("credential.set", **password(kept))
    assert [code("session.open", **door(kept, "wrong")) for _ in range(2)] == ["wrong_proof"] * 2
    call("session.open", **door(kept))
    wrong = [code("session.open", **door(kept, "wrong")) for _ in range(4)]
    assert wrong == ["wrong_proof"] * 3 + ["too_many_guesses"]
    assert code("session.open", **door(kept)) == "too_many_guesses"
    assert sum("session.refused" in leaf for leaf in told(tmp_path, kept)) == 5

    clock.now += timedelta(minutes=61)
    assert call("session.open", **door(kept))["token"]


def test_an_account_that_there_is_not_is_refused_in_the_same_words(kept, code):
    assert code("session.open", **door(kept)) == "wrong_proof"


def test_a_password_is_long_enough_and_nowhere_in_clear(kept, call, code, tmp_path):
    assert code("credential.set", **password(kept, "short")) == "weak"
    call("credential.set", **password(kept))
    assert not any(PASSWORD.encode() in file.read_bytes() for file in tmp_path.rglob("*.sqlite3*"))


def test_a_session_ends_when_it_is_idle_or_old(kept, call, code, clock):
    call("credential.set", **password(kept))
    token = call("session.open", **door(kept))["token"]
    alive = {"realm": kept.realm, "session": token}
    for _ in range(33):
        clock.now += timedelta(minutes=14)
        call("session.keep_alive", **alive)
    clock.now += timedelta(minutes=14)
    clock.now += timedelta(minutes=4)
    assert code("session.keep_alive", **alive) == "session_too_long"

    again = {"realm": kept.realm, "session": call("session.open", **door(kept))["token"]}
    clock.now += timedelta(minutes=15)
    assert code("session.keep_alive", **again) == "session_idle"


def test_a_clock_that_goes_back_brings_nothing_to_life(kept, call, code, clock):
    call("credential.set", **password(kept))
    token = call("session.open", **door(kept))["token"]
    clock.now -= timedelta(hours=1)
    assert code("session.keep_alive", realm=kept.realm, session=token) == "clock_went_back"
    assert code("session.open", **door(kept)) == "clock_went_back"


def test_only_a_security_administrator_says_who_is_one_and_the_last_one_stays(kept, call, code):
    call("credential.set", **password(kept))
    founder = call("session.open", **door(kept))["token"]
    call("credential.set", **password(kept, OTHER, EMIL, CLEO, founder))
    cleo = call("session.open", **door(kept, OTHER, EMIL, CLEO))["token"]

    def entrust(token, person, task="security", *, on=True):
        return {"realm": kept.realm, "session": token, "person": person, "task": task, "on": on}

    assert code("task.entrust", **entrust(cleo, CLEO)) == "no_authority"
    assert code("task.entrust", **entrust(founder, CLEO, "everything")) == "bad_request"
    assert code("task.entrust", **entrust(founder, BEN, on=False)) == "no_authority"
    call("task.entrust", **entrust(founder, CLEO))
    call("task.entrust", **entrust(cleo, BEN, on=False))
    assert code("task.entrust", **entrust(founder, EMIL)) == "no_authority"


def test_an_approver_is_one_the_keeper_knows(kept, call, code):
    call("credential.set", **password(kept))
    founder = call("session.open", **door(kept))["token"]
    accounts = [(str(uuid4()), str(uuid4())) for _ in range(2)]
    tokens = []
    for account, person in accounts:
        call("credential.set", **password(kept, OTHER, account, person, founder))
        tokens.append(call("session.open", **door(kept, OTHER, account, person))["token"])
    asker, approver = tokens
    kept._session = founder
    (item,) = kept.record("一")
    request = str(uuid4())
    call(
        "grant.ask",
        realm=kept.realm,
        session=asker,
        request=request,
        records=[item["record"]],
        role="granted",
        hours=1,
    )
    wrapped = [{"record": item["record"], "wrapped": item["wrapped"]}]
    approving = {"realm": kept.realm, "session": approver, "request": request, "items": wrapped}

    assert code("grant.approve", **approving) == "no_authority"
    call(
        "task.entrust",
        realm=kept.realm,
        session=founder,
        person=accounts[1][1],
        task="approval",
        on=True,
    )
    assert UUID(call("grant.approve", **approving)["grants"][0]["person"]) == UUID(accounts[0][1])
