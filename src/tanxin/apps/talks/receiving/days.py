"""The days and times of receptions, as anybody may see them: who receives where, free or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.access import arranged_talks, own_talks
from tanxin.apps.talks.booking import busy
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.receiving.models import Booking, ChangedDay, Reception
from tanxin.core.access import Actor
from tanxin.core.calendar import Rhythm, Weeks, quarters, reception_days, starts
from tanxin.core.lifecycle import TalkState

ReceptionRow: TypeAlias = Reception
AHEAD = timedelta(days=45)
BESIDE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    begins: datetime
    taken: bool


@dataclass(frozen=True, slots=True)
class ReceptionDay:
    """``by`` receives; None where the day is called off. ``slots`` are those still to come."""

    reception: Reception
    on: date
    by: UUID | None
    slots: Sequence[Slot]

    @property
    def free(self) -> int:
        return sum(not slot.taken for slot in self.slots)


def rhythm_of(row: Reception) -> Rhythm:
    return Rhythm(row.weekday, Weeks(row.weeks), row.start, row.last, row.moves)


def days_of(
    actor: Actor, rows: Iterable[Reception], *, now: datetime, ahead: timedelta = AHEAD
) -> list[ReceptionDay]:
    """From today on, in order; two questions to the database for however many there are."""
    zone, calendar = zone_of(actor.realm_id), work_calendar(actor.realm_id)
    since, until = now.astimezone(zone).date(), (now + ahead).astimezone(zone).date()
    known = list(rows)
    changed = {
        (one.reception_id, one.on): one
        for one in ChangedDay.objects.filter(
            realm=actor.realm_id, reception__in=known, on__gte=since, on__lte=until
        )
    }
    plain = []
    for row in known:
        for on in reception_days(rhythm_of(row), calendar, since, until):
            other = changed.get((row.pk, on))
            by = other.stand_in_id if other else row.leader_id
            begins = starts(
                datetime.combine(on, row.begins, zone), datetime.combine(on, row.ends, zone),
                row.minutes, timedelta(minutes=row.minutes),
            )  # fmt: skip
            plain.append((row, on, by, [one for one in begins if one > now] if by else []))
    people = {by for _, _, by, _ in plain if by}
    taken = busy(actor.realm_id, people, now - BESIDE, now + ahead + BESIDE)
    found = [ReceptionDay(row, on, by, slots(taken, row, by, line)) for row, on, by, line in plain]
    return sorted(found, key=lambda day: (day.on, day.reception.begins, day.reception.pk))


def slots(
    taken: set[tuple[UUID, datetime]], row: Reception, by: UUID | None, line: list[datetime]
) -> list[Slot]:
    return [
        Slot(one, any((by, quarter) in taken for quarter in quarters(one, row.minutes)))
        for one in line
    ]


def booked_talks(actor: Actor, reception: Reception, on: date, *, today: date) -> list[Talk]:
    """What is booked on a day, for whoever receives and for his secretary; nobody else's list."""
    mine = own_talks(actor).filter(initiator=actor.person_id)
    return standing_on(reception, on, mine | arranged_talks(actor, on=today))


def standing_on(reception: Reception, on: date, talks: QuerySet[Talk]) -> list[Talk]:
    """Those of ``talks`` that were booked for that day and still stand, the earliest first."""
    first = datetime.combine(on, time(), zone_of(reception.realm_id))
    booked = Booking.objects.filter(realm=reception.realm_id, reception=reception.pk)
    rows = talks.filter(
        realm=reception.realm_id,
        pk__in=booked.values("talk"),
        planned_for__gte=first,
        planned_for__lt=first + timedelta(days=1),
        state=TalkState.AGREED.value,
    )
    return list(rows.order_by("planned_for", "pk"))
