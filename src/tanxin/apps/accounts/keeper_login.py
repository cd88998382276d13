"""The keeper's own session, opened beside ours: the keeper does not take our word for who asks.

Its token lives in the encrypted session of the browser and nowhere else.
"""

from contextlib import suppress

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
    """End the session the actor came with; without a keeper it ends by itself."""
    if actor.session:
        with suppress(*AWAY):
            client.close_session(actor.realm_id, actor.session)


def close_keeper_sessions(actor: Actor) -> None:
    """Every session of the actor's account."""
    if actor.account_id is not None:
        with suppress(*AWAY):
            client.close_sessions_of(actor.realm_id, actor.account_id)


def keep_keeper_session(actor: Actor) -> None:
    """Somebody is still at his pages, also where they show no text."""
    if actor.session:
        with suppress(*AWAY):
            client.keep_alive(actor.realm_id, actor.session)


def set_keeper_password(actor: Actor, owner: Actor, password: str) -> None:
    """``actor`` is the owner himself, or a security administrator.

    Raises ``KeeperUnavailable`` or ``KeeperRefused``: then the keeper knows the old password.
    """
    if owner.account_id is not None and owner.person_id is not None:
        client.set_credential(
            actor.realm_id,
            owner.account_id,
            owner.person_id,
            password,
            authority=actor.session,
        )
