"""Whatever is said to a keeper, it says a plain no: never ``internal``, and it goes on."""

import json
from contextlib import ExitStack
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from speaking import ADA, BEN, Kept, b64, named

from tanxin.core.vault.personal import personal_key, seal_personal
from tanxin.core.vault.suites import SUITES
from tanxin.core.vault.wire import encode_frame
from tanxin.keeper.custody.gate import GATE_WORDS, Gate
from tanxin.keeper.custody.operator import issue_token, read_token
from tanxin.keeper.realms import Realms
from tanxin.keeper.server import KeeperServer
from tanxin.keeper.service import OPERATIONS, Service

HALF = "\ud800"
PLAIN = (
    some.none()
    | some.booleans()
    | some.integers(-(2**70), 2**70)
    | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(some.characters(), max_size=12)
    | some.sampled_from([HALF, "", "\0", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    | some.uuids().map(str)
    | some.binary(max_size=40).map(b64)
)
ANY = some.recursive(
    PLAIN,
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.text(some.characters(), max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("keeper")
    with ExitStack() as stack:
        realms = Realms(home, bytes(32), SUITES[1])
        stack.callback(realms.close)
        issue_token(home)
        service = Service(realms, lambda: datetime.now(UTC), believe_web=True)
        gate = Gate(home, service.clock, lambda *_: service, service)
        server = KeeperServer(home / "s", gate)
        stack.callback(server.server_close)
        yield server


@pytest.fixture(scope="module")
def sound(server):
    """One message for each operation that the keeper answers as it should."""
    return Sound(server)


class Sound:
    def __init__(self, server) -> None:
        self.messages = {}
        self._server = server
        kept = Kept(self.say)
        self.say("keys.found", realm=str(uuid4()), suite=1)
        for op in (
            "keys.state",
            "pii_keys",
            "credential.needs_authority",
            "log.state",
            "reseal.batches",
        ):
            self.say(op, realm=kept.realm)
        for op in ("ping", "status"):
            self.say(op)
        self._confide(kept)
        self._give(kept)
        self._enrol(kept)
        self._look_after(kept)

    def say(self, op, **args):
        message = {"v": 1, "op": op, "args": args}
        answer = self._server.answer(message)
        assert answer["ok"], (op, answer)
        self.messages[op] = message
        return answer["result"]

    def _confide(self, kept) -> None:
        items = kept.record("说过的话", "后来的话")
        kept.open(items)
        self.say("scan", realm=kept.realm, session=kept.session, words=["话"], items=items)
        self.say("releases", realm=kept.realm, record=items[0]["record"])
        self.say("session.keep_alive", realm=kept.realm, session=kept.session)
        self.say("sketch_key", realm=kept.realm, session=kept.session)
        [key] = self._server.service.service.realms.get(kept_id(kept)).keys.values()
        [sealed] = seal_personal(personal_key(key), "phone", [(kept_id(kept), "13800000000")])
        notice = {"person": kept.realm, "column": "phone", "notice": str(uuid4())}
        self.say("address", realm=kept.realm, sealed=b64(sealed), **notice)

    def _give(self, kept) -> None:
        [item] = kept.record("说过的话")
        held = {name: item[name] for name in ("record", "wrapped", "grant")}
        to = {"person": ADA, "role": "owner", "may_pass_on": False, "end": in_an_hour()}
        self.say(
            "grant.pass_on", realm=kept.realm, session=kept.session, items=[held], to=[to]
        )  # fmt: skip
        request, who = str(uuid4()), {"realm": kept.realm, "session": kept.session}
        self.say(
            "grant.ask", **who, request=request, records=[item["record"]], role="granted", hours=2
        )  # fmt: skip
        approver = kept.login(str(uuid4()), ADA)
        self.say("task.entrust", **who, person=ADA, task="approval", on=True)
        key = {name: item[name] for name in ("record", "wrapped")}
        self.say(
            "grant.approve", realm=kept.realm, session=approver, request=request, items=[key]
        )  # fmt: skip
        self.say("grant.end", realm=kept.realm, items=[{**held, "person": BEN}])

    def _enrol(self, kept) -> None:
        account = str(uuid4())
        whose = {"account": account, "person": str(uuid4())}
        self.say("credential.set", realm=kept.realm, **whose, password="p" * 12, authority="")
        token = self.say("session.open", realm=kept.realm, **named(account))["token"]
        self.say("session.close", realm=kept.realm, session=token)
        self.say("session.close_all", realm=kept.realm, account=account)

    def _look_after(self, kept) -> None:
        start = {"start": 0, "prev": b64(bytes(32)), "hashes": b64(bytes(range(32)))}
        self.say("log.extend", realm=kept.realm, suite=1, **start)
        self.say("log.sign", realm=kept.realm, size=1, head=b64(bytes(range(32))))
        self.say("log.releases", realm=kept.realm, start=0, most=2)
        operator = read_token(self._server.service.home)
        lost = {"size": 0, "root": b64(bytes(32)), "path": "", "by": "信息中心", "reason": "坏"}
        self.say("log.restore", realm=kept.realm, operator=operator, **lost)
        self.say("log.restores", realm=kept.realm)
        batch = {"batch": str(uuid4()), "keys": [], "personal": [], "grants": []}
        [item] = kept.record("说过的话")
        text = {name: item[name] for name in ("record", "wrapped", "field", "version", "sealed")}
        self.say("reseal", realm=kept.realm, operator=operator, texts=[text], **batch)
        self.say("keys.renew", realm=kept.realm, suite=2, operator=operator)


def kept_id(kept):
    return UUID(kept.realm)


def in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat()


def places(value, path=()):
    """Every place in a message, the whole of it first."""
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, one in inner:
            yield from places(one, (*path, name))


def put(message, path, value):
    changed = deepcopy(message)
    at = changed
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = value
    return changed


def answered(server, message) -> str:
    """The code of the answer, which fits a frame; nothing unexpected happened."""
    answer = server.answer(message)
    encode_frame(answer)
    code = "ok" if answer["ok"] else answer["code"]
    assert code != "internal", json.dumps(message)
    return code


# What needs a key that was renewed an hour ago, or shares, has no sound message here.
UNSAID = {"keys.destroy", "unseal"}


def test_every_operation_is_among_the_sound_messages(sound):
    assert set(sound.messages) == (OPERATIONS.keys() | GATE_WORDS.keys()) - UNSAID


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_any_value_in_any_place_is_answered_plainly(server, sound, data):
    message = sound.messages[data.draw(some.sampled_from(sorted(sound.messages)))]
    path = data.draw(some.sampled_from([path for path in places(message) if path]))
    answered(server, put(message, path, data.draw(ANY)))


@settings(max_examples=200)
@given(message=some.dictionaries(some.sampled_from(["v", "op", "args", HALF]) | some.text(), ANY))
def test_any_object_is_answered_plainly(server, message):
    assert answered(server, message) != "ok"


@settings(max_examples=300)
@given(op=some.sampled_from(sorted(OPERATIONS | GATE_WORDS)), data=some.data())
def test_any_values_under_the_right_names_are_answered_plainly(server, op, data):
    names = GATE_WORDS[op] if op in GATE_WORDS else OPERATIONS[op][0]
    args = {name: data.draw(ANY) for name in sorted(names)}
    answered(server, {"v": 1, "op": op, "args": args})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"op": []}, "unknown_operation"),
        ({"op": {}}, "unknown_operation"),
        ({"op": HALF}, "unknown_operation"),
        ({"v": HALF}, "wrong_protocol"),
        ({"args": HALF}, "bad_request"),
    ],
)
def test_what_is_no_operation_is_refused_as_one(server, change, code):
    assert answered(server, {"v": 1, "op": "ping", "args": {}, **change}) == code


@pytest.mark.parametrize("op", ["open", "session.close", "credential.set", "keys.renew"])
def test_half_a_character_in_a_token_is_refused_as_a_bad_request(server, sound, op):
    message = deepcopy(sound.messages[op])
    [name] = message["args"].keys() & {"session", "authority", "operator"}
    message["args"][name] = HALF
    assert answered(server, message) == "bad_request"
