"""How long a talk weighs on whom it was held with (影响期): a dated state, as any other fact."""

from datetime import datetime, timedelta

from django.db import transaction

from tanxin.apps.org.models import PersonState
from tanxin.apps.org.services import founder, record_fact, void_fact
from tanxin.apps.org.services.facts import FactOverlaps
from tanxin.apps.realms.selectors import work_calendar
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.models import Talk
from tanxin.core.calendar import deadline_after

STATE = "sanction"


def effect_of(talk: Talk, at: datetime) -> PersonState | None:
    """Begin what the type of the talk says, from the day it was held; where it lasts already, not.

    The same inside the transaction that writes the first record.
    """
    conduct = conduct_of(talk)
    if conduct.effect is None or talk.held_at is None:
        return None
    day = day_of(talk.realm_id, talk.held_at)
    last = deadline_after(day, conduct.effect, work_calendar(talk.realm_id))
    state = PersonState(
        person_id=talk.subject_id,
        kind=STATE,
        start=day,
        end=last + timedelta(days=1),
        sensitive=True,
        source=f"{conduct.title.zh} {day.isoformat()}",
    )
    try:
        with transaction.atomic():
            return record_fact(founder(talk.realm_id), state, at=at)
    except FactOverlaps:
        return None


def end_effect(talk: Talk, at: datetime) -> None:
    """The talk did not happen, so nothing follows from it."""
    if talk.effect_id is not None:
        reason = "the subject says that the talk did not happen"
        void_fact(founder(talk.realm_id), PersonState, talk.effect_id, reason=reason, at=at)
        Talk.objects.filter(realm=talk.realm_id, pk=talk.pk).update(effect=None)
