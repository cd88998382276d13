"""A request for a talk as an event, where a rule in force answers to requests.

The event has the key of the request, and is sensitive: that somebody asked is his own affair.
"""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from tanxin.apps.duties.happenings import kinds_of_events
from tanxin.apps.duties.tasks import derive_changed
from tanxin.apps.org.models import Event
from tanxin.apps.org.selectors.people import unit_of

KIND = "request"


def request_made(
    realm_id: UUID, request_id: UUID, *, by: UUID, to: UUID, on: date, at: datetime
) -> bool:
    """Inside the transaction that makes the request; whether a rule answers to it."""
    if KIND not in kinds_of_events(realm_id).asked:
        return False
    Event.objects.create(
        id=request_id, realm_id=realm_id, kind=KIND, on=on, person_id=by,
        unit_id=unit_of(realm_id, to, on), sensitive=True, source=KIND, recorded_at=at,
    )  # fmt: skip
    _follow(realm_id, by)
    return True


def request_taken_back(realm_id: UUID, request_id: UUID, *, at: datetime) -> bool:
    """Nothing is owed because of it any more."""
    rows = Event.objects.filter(realm=realm_id, pk=request_id, kind=KIND, voided_at=None)
    person = rows.values_list("person", flat=True).first()
    if person is None or rows.update(voided_at=at) != 1:
        return False
    _follow(realm_id, person)
    return True


def _follow(realm_id: UUID, person_id: UUID) -> None:
    derive = partial(derive_changed.enqueue, str(realm_id), [str(person_id)], "request for a talk")
    transaction.on_commit(derive)
