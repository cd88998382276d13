"""A realm's key from its renewal to the end of the older ones, each step in the realm's log."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive.moving import Moving, Progress, left
from tanxin.apps.archive.resealed import not_followed
from tanxin.apps.audit import services as audit
from tanxin.apps.audit.services import Detail
from tanxin.apps.realms.services import choose_suite
from tanxin.apps.sealing import pii
from tanxin.apps.sealing.keys import KeyState, destroy_key, key_state, renew_key


@dataclass(frozen=True, slots=True)
class Report:
    state: KeyState
    moved: int
    left: dict[str, int]
    not_followed: list[UUID] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.state.current,
            "suite": self.state.suite,
            "older": self.state.older,
            "moved": self.moved,
            "left": self.left,
            "not_followed": [str(version) for version in self.not_followed],
        }


def report(realm_id: UUID, moved: int = 0) -> Report:
    """Say how far it has come, and which texts cannot be followed to what was confirmed."""
    state = key_state(realm_id)
    return Report(state, moved, left(realm_id, state), not_followed(realm_id))


def renew(realm_id: UUID, suite: int, operator: str, *, at: datetime) -> KeyState:
    """Make a new key; what is stored from now on is under it. Call it outside transactions."""
    state = renew_key(realm_id, suite, operator)
    pii.forget_keys(realm_id)
    with transaction.atomic():
        choose_suite(realm_id, suite)
        _log("realm.key_renewed", realm_id, {"key": state.current, "suite": suite}, at)
    return state


def go_on(realm_id: UUID, operator: str, *, at: datetime, progress: Progress) -> Report:
    """Move what is not under the newest key yet; may be stopped and called again."""
    state = key_state(realm_id)
    moved = Moving(realm_id, state, operator, at).move_all(progress)
    with transaction.atomic():
        _log("realm.key_moved", realm_id, {"key": state.current, "count": moved}, at)
    return report(realm_id, moved)


def destroy_older(realm_id: UUID, operator: str, *, at: datetime) -> Report:
    """Destroy the older keys if nothing is under them; the keeper keeps each for an hour."""
    state = key_state(realm_id)
    count = sum(left(realm_id, state).values())
    for version in state.older:
        destroy_key(realm_id, version, count, operator)
        with transaction.atomic():
            _log("realm.key_destroyed", realm_id, {"key": version}, at)
    pii.forget_keys(realm_id)
    return report(realm_id, 0)


def _log(event: str, realm_id: UUID, detail: Detail, at: datetime) -> None:
    audit.record(
        event,
        realm_id=realm_id,
        actor=None,
        subject_kind="realm",
        subject_id=realm_id,
        detail=detail,
        at=at,
    )
