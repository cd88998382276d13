"""Whose time is taken: nobody agrees to two talks at once, on either side.

``transitions.move`` alone books and frees, in the transaction that changes the state.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from tanxin.apps.talks.models import Booked, GroupTalk, Talk
from tanxin.apps.talks.refusals import TimeTaken
from tanxin.core.calendar import quarters
from tanxin.core.lifecycle import TalkState

Taking = tuple[UUID, UUID]


def takings(talk: Talk) -> list[Taking]:
    """Who is taken and by what: always in the same order, so that two writers never embrace."""
    led_by = talk.group_id or talk.pk
    return sorted([(talk.initiator_id, led_by), (talk.subject_id, talk.pk)])


def one_at_a_time(talk: Talk) -> None:
    """The talks of one group share the time of who leads it, so they wait for each other here."""
    if talk.group_id:
        row = GroupTalk.objects.filter(realm=talk.realm_id, pk=talk.group_id)
        row.update(planned_for=F("planned_for"))


def book(talk: Talk) -> None:
    """Take the time of both sides. Raises ``TimeTaken`` where it is another talk's."""
    needed = quarters(talk.planned_for, talk.minutes)
    rows = [
        Booked(realm_id=talk.realm_id, person_id=person, quarter=quarter, by=by)
        for person, by in takings(talk)
        for quarter in needed
    ]
    Booked.objects.bulk_create(rows, ignore_conflicts=True)
    for person, by in takings(talk):
        held = Booked.objects.filter(realm=talk.realm_id, person=person, quarter__in=needed, by=by)
        if held.count() != len(needed):
            raise TimeTaken(talk.pk)


def free(talk: Talk) -> None:
    """Give back what it took; who leads a group is free when nobody in it comes at that time."""
    Booked.objects.filter(realm=talk.realm_id, by=talk.pk).delete()
    if talk.group_id:
        others = Talk.objects.filter(
            realm=talk.realm_id, group=talk.group_id, state=TalkState.AGREED.value
        )
        kept = {
            (one.initiator_id, quarter)
            for one in others
            for quarter in quarters(one.planned_for, one.minutes)
        }
        rows = Booked.objects.filter(realm=talk.realm_id, by=talk.group_id)
        gone = [row.pk for row in rows if (row.person_id, row.quarter) not in kept]
        rows.filter(pk__in=gone).delete()


def busy(
    realm_id: UUID,
    people: Collection[UUID],
    since: datetime,
    until: datetime,
    besides: Collection[UUID] = (),
) -> set[tuple[UUID, datetime]]:
    """Who is taken when, ``besides`` by these; never by what."""
    rows = Booked.objects.filter(
        realm=realm_id, person__in=people, quarter__gte=since, quarter__lt=until
    )
    return set(rows.exclude(by__in=besides).values_list("person", "quarter"))
