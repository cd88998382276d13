"""Logging in at the keeper itself, which believes nobody about who is at the door."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tanxin.apps.sealing.asking import ask, spelled
from tanxin.apps.sealing.transactions import refuse_inside_transaction


@dataclass(frozen=True, slots=True)
class KeeperSession:
    """``token`` opens what its person may open: it is never stored in clear."""

    token: str = field(repr=False)
    idle_seconds: int
    ends: datetime


def open_session(
    realm_id: UUID, account_id: UUID | None, person_id: UUID, *, password: str | None = None
) -> KeeperSession:
    """Log in at the keeper with the password; without one only the demo's keeper believes us.

    Refused with ``wrong_proof``, ``too_many_guesses`` or ``not_believed``.
    """
    refuse_inside_transaction()
    kind = "named" if password is None else "password"
    answer = ask(
        "session.open",
        {
            "realm": str(realm_id),
            "account": spelled(account_id),
            "person": str(person_id),
            "proof": {"kind": kind, "password": password or ""},
        },
    )
    return KeeperSession(
        answer["token"], answer["idle_seconds"], datetime.fromisoformat(answer["ends"])
    )


def close_session(realm_id: UUID, token: str) -> None:
    """End one session; one that is over already is left as it is."""
    refuse_inside_transaction()
    ask("session.close", {"realm": str(realm_id), "session": token})


def close_sessions_of(realm_id: UUID, account_id: UUID) -> int:
    """End all sessions of an account and say how many there were."""
    refuse_inside_transaction()
    ended: int = ask("session.close_all", {"realm": str(realm_id), "account": str(account_id)})[
        "ended"
    ]
    return ended


def keep_alive(realm_id: UUID, token: str) -> None:
    """Somebody is still there, though he opens nothing. Refused when the session is over."""
    refuse_inside_transaction()
    ask("session.keep_alive", {"realm": str(realm_id), "session": token})


def set_credential(
    realm_id: UUID, account_id: UUID, person_id: UUID, password: str, *, authority: str = ""
) -> str:
    """Set the keeper's own password of an account, and end its other sessions.

    ``authority`` is the token of the account's own session or of a security administrator's; none
    is needed for the first of a realm, who becomes its security administrator. Returns which of
    the three it was: ``own``, ``security`` or ``founding``. Refused with ``no_authority``,
    ``weak``, ``taken`` (the account is bound to another person) or as a session that is over.
    """
    refuse_inside_transaction()
    answer = ask(
        "credential.set",
        {
            "realm": str(realm_id),
            "account": str(account_id),
            "person": str(person_id),
            "password": password,
            "authority": authority,
        },
    )
    return str(answer["authority"])


def needs_authority(realm_id: UUID) -> bool:
    """Whether the next password of the realm takes a security administrator's session."""
    return bool(ask("credential.needs_authority", {"realm": str(realm_id)})["needed"])


def entrust_task(realm_id: UUID, token: str, person_id: UUID, task: str, *, on: bool) -> None:
    """Tell the keeper who is ``security`` administrator or may give ``approval``, or is no more.

    Only a security administrator's session may; the last one stays. Refused with ``no_authority``.
    """
    refuse_inside_transaction()
    args = {
        "realm": str(realm_id), "session": token, "person": str(person_id), "task": task, "on": on,
    }  # fmt: skip
    ask("task.entrust", args)
