"""Receipts for what the subject said to a record; for the subject alone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.audit.receipts import Receipt, receipt_about
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Confirmation
from tanxin.apps.talks.selectors import said_about
from tanxin.core.access import Actor, Permission

ANSWERED = ("talk.confirmed", "talk.disputed")


class ReceiptNotFound(Exception):
    """There is no such answer, or the log has no entry of it."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer of the subject, with the proof of it."""

    id: UUID
    verdict: str
    version: int
    said_at: datetime
    receipt: Receipt


def receipts_for(actor: Actor, talk_id: UUID) -> list[Given]:
    """What the actor has said to the record of a talk, the newest first; raises as ``talk_for``."""
    talk = talk_for(actor, talk_id, Permission.RECORD_CONFIRM)
    given = (_given(one) for one in reversed(said_about(talk)))
    return [one for one in given if one is not None]


def receipt_for(actor: Actor, talk_id: UUID, answer_id: UUID) -> Given:
    """One of ``receipts_for``, or ``ReceiptNotFound``."""
    for one in receipts_for(actor, talk_id):
        if one.id == answer_id:
            return one
    raise ReceiptNotFound(answer_id)


def _given(said: Confirmation) -> Given | None:
    receipt = receipt_about(said.realm_id, said.talk_id, ANSWERED, said.said_at)
    if receipt is None:
        return None
    return Given(said.pk, said.verdict, said.version.number, said.said_at, receipt)
