"""Ending logins: one's own elsewhere, or somebody's who has left or moved."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.accounts.notes import note
from tanxin.apps.accounts.sessions import end_own_session, end_sessions
from tanxin.core.access import Actor


@transaction.atomic
def end_one(actor: Actor, session_id: UUID, *, at: datetime) -> bool:
    if actor.account_id is None or not end_own_session(actor.account_id, session_id):
        return False
    note("account.sessions_ended", actor, at)
    return True


@transaction.atomic
def end_others(actor: Actor, *, cookie: str, at: datetime) -> None:
    if actor.account_id and end_sessions(actor.account_id, but=cookie):
        note("account.sessions_ended", actor, at)
