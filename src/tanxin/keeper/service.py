"""What the keeper does when asked, independent of the socket. Anything unexpected means no.

An operation is a function of a ``Keeper`` and its arguments, in a module of its own, with one line
in ``OPERATIONS``.
"""

import json
from collections.abc import Callable
from typing import Any

from tanxin.core.vault.personal import personal_key
from tanxin.core.vault.wire import PROTOCOL, to_text
from tanxin.keeper.addresses import address
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.checkpoints import OPERATIONS as CHECKPOINTS
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.custody.renewing import OPERATIONS as KEYS
from tanxin.keeper.enrolment import entrust, needs_authority, set_credential
from tanxin.keeper.grants import approve, ask, end, pass_on
from tanxin.keeper.opening import open_, scan
from tanxin.keeper.realm_store import RECORD_OPENED
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.reseal import OPERATIONS as RESEAL
from tanxin.keeper.restoring import OPERATIONS as RESTORING
from tanxin.keeper.sealing import create, seal
from tanxin.keeper.sessions import close_all, close_session, keep_alive, open_session
from tanxin.keeper.sketching import sketch_key


class Service(Keeper):
    def answer(self, message: dict[str, Any]) -> Result:
        """Return the result of one request or raise ``Refused`` or a ``VaultRefusal``."""
        if message.get("v") != PROTOCOL:
            raise Refused(Code.WRONG_PROTOCOL, spoken=PROTOCOL)
        if message.keys() != {"v", "op", "args"}:
            raise Refused(Code.BAD_REQUEST, expected="args op v")
        try:
            names, operation = OPERATIONS[message["op"]]
        except (KeyError, TypeError):
            raise Refused(Code.UNKNOWN_OPERATION) from None
        return operation(self, Arguments(message["args"], names))


def ping(keeper: Keeper, _: Arguments) -> Result:
    return {
        "protocol": PROTOCOL,
        "quota": keeper.limits.quota,
        "realm_quota": keeper.limits.realm_quota,
        "believes_web": keeper.believe_web,
    }


def ensure_realm(keeper: Keeper, args: Arguments) -> Result:
    current = keeper.realms.ensure(args.uuid("realm")).current
    return {"kek_version": current.version, "suite": current.suite}


def pii_keys(keeper: Keeper, args: Arguments) -> Result:
    kept = keeper.realms.get(args.uuid("realm"))
    keys = [personal_key(key) for _, key in sorted(kept.keys.items())]
    return {
        "keys": [
            {
                "version": key.version,
                "suite": key.suite,
                "sealing": to_text(key.sealing),
                "index": to_text(key.index),
            }
            for key in keys
        ]
    }


def releases(keeper: Keeper, args: Arguments) -> Result:
    """Who opened a record. Anybody may ask: it is shown to those it was written about."""
    kept = keeper.realms.get(args.uuid("realm"))
    rows = kept.store.releases_of(args.uuid("record"))
    told = [_release(leaf, detail) for leaf, detail in rows]
    return {"releases": [release for release in told if release["event"] == RECORD_OPENED]}


def _release(leaf: str, detail: str | None) -> Result:
    known = json.loads(leaf)
    erasable = json.loads(detail) if detail is not None else {}
    return {
        **{name: known[name] for name in ("seq", "at", "actor", "person", "event")},
        "ground": erasable.get("ground"),
        "role": erasable.get("role"),
        "fields": erasable.get("fields"),
    }


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


OPERATIONS: dict[str, tuple[frozenset[str], Callable[[Keeper, Arguments], Result]]] = {
    "ping": (_names(""), ping),
    "ensure_realm": (_names("realm"), ensure_realm),
    "pii_keys": (_names("realm"), pii_keys),
    "session.open": (_names("realm account person proof"), open_session),
    "session.close": (_names("realm session"), close_session),
    "session.close_all": (_names("realm account"), close_all),
    "session.keep_alive": (_names("realm session"), keep_alive),
    "credential.set": (_names("realm account person password authority"), set_credential),
    "credential.needs_authority": (_names("realm"), needs_authority),
    "task.entrust": (_names("realm session person task on"), entrust),
    "create": (_names("realm items"), create),
    "seal": (_names("realm session items"), seal),
    "open": (_names("realm session ground items"), open_),
    "scan": (_names("realm session words items"), scan),
    "sketch_key": (_names("realm session"), sketch_key),
    "address": (_names("realm person column sealed notice"), address),
    "grant.pass_on": (_names("realm session items to"), pass_on),
    "grant.ask": (_names("realm session request records role hours"), ask),
    "grant.approve": (_names("realm session request items"), approve),
    "grant.end": (_names("realm items"), end),
    "releases": (_names("realm record"), releases),
    **CHECKPOINTS,
    **KEYS,
    **RESEAL,
    **RESTORING,
}
