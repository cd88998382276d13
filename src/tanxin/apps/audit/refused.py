"""What was kept out leaves one entry that says nothing about what it was."""

from datetime import datetime

from django.db import transaction

from tanxin.apps.audit.services import record
from tanxin.core.access import Actor


def marking_refused(actor: Actor, rule: str, *, at: datetime) -> None:
    """Somebody sent a text with a mark of a state secret; it was neither stored nor hashed."""
    with transaction.atomic():
        record(
            "marking.refused",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="person",
            subject_id=actor.person_id,
            at=at,
            detail={"rule": rule},
        )
