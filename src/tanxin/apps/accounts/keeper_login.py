"""The keeper's own session, opened beside ours: the keeper does not take our word for who asks.

Its token lives in the encrypted session of the browser and nowhere else.
"""

from contextlib import suppress
from uuid import UUID

from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import Actor

AWAY = (KeeperUnavailable, KeeperRefused)


def open_keeper_session(actor: Actor, password: str | None) -> str:
    """A token, or an empty one while the keeper is away or refuses: pages open, texts do not."""
    if actor.person_id is None:
        return ""
    try:
        opened = client.open_session(
            actor.realm_id, actor.account_id, actor.person_id, password=password
        )
    except AWAY:
        return ""
    return opened.token


def close_keeper_session(actor: Actor) -> None:
    if actor.session:
        with suppress(*AWAY):
            client.close_session(actor.realm_id, actor.session)


def close_keeper_sessions(realm_id: UUID, account_id: UUID) -> None:
    """Every session of an account. Those that stay because the keeper is away end by themselves."""
    with suppress(*AWAY):
        client.close_sessions_of(realm_id, account_id)


def keep_keeper_session(actor: Actor) -> None:
    """Somebody is still at his pages, also where they show no text."""
    if actor.session:
        with suppress(*AWAY):
            client.keep_alive(actor.realm_id, actor.session)


def set_keeper_password(actor: Actor, owner: Actor, password: str) -> None:
    """``actor`` is the owner, or a security administrator; raises as the keeper's client."""
    if owner.account_id and owner.person_id:
        client.set_credential(
            owner.realm_id,
            owner.account_id,
            owner.person_id,
            password,
            authority=actor.session,
        )
