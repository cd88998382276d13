"""Setting, ending and changing reception hours, by the leader, his secretary or an organiser."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.audit import services as audit
from tanxin.apps.audit.services import Detail
from tanxin.apps.org.access import person_for
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.receiving.access import check_may_set, is_leader, reception_for
from tanxin.apps.talks.receiving.days import rhythm_of, standing_on
from tanxin.apps.talks.receiving.models import Booking, ChangedDay, Reception
from tanxin.apps.talks.receiving.refusals import HoursNotMeant, LeadsNobody, NoSuchDay
from tanxin.apps.talks.refusals import TalkWithOneself
from tanxin.apps.talks.services.words import me, sealed, sides
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.calendar import Weeks, reception_days
from tanxin.core.lifecycle import TalkMove, TalkState

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Hours:
    weekday: int
    weeks: Weeks
    begins: time
    ends: time
    minutes: int
    place: str
    start: date
    last: date | None = None
    moves: bool = False

    def check(self) -> None:
        """Raises ``HoursNotMeant``."""
        both = (self.begins, self.ends)
        on_quarters = all(one.minute % QUARTER == 0 and one.second == 0 for one in both)
        length = (self.ends.hour - self.begins.hour) * 60 + self.ends.minute - self.begins.minute
        fits = self.minutes % QUARTER == 0 and 0 < self.minutes <= length
        if not (on_quarters and fits) or (self.last is not None and self.last < self.start):
            raise HoursNotMeant


def set_reception(actor: Actor, leader_id: UUID, hours: Hours, *, at: datetime) -> Reception:
    """Raises ``ReceptionForbidden``, ``LeadsNobody``, ``HoursNotMeant``, and as ``person_for``."""
    hours.check()
    today = at.astimezone(zone_of(actor.realm_id)).date()
    person_for(actor, leader_id, Permission.ORG_VIEW)
    check_may_set(actor, leader_id, on=today)
    if not is_leader(actor.realm_id, leader_id, on=today):
        raise LeadsNobody(leader_id)
    with transaction.atomic():
        check_may_set(actor, leader_id, on=today)
        row = Reception.objects.create(
            realm_id=actor.realm_id, leader_id=leader_id, set_by_id=me(actor), set_at=at,
            **asdict(hours),
        )  # fmt: skip
        log(actor, "reception.set", row, {"leader": str(leader_id)}, at)
    return row


def end_reception(
    actor: Actor, reception_id: UUID, *, last: date, reason: str, at: datetime
) -> Reception:
    """The hours go on until ``last``; what is booked later is called off, and told why.

    Raises ``ReceptionNotFound``, ``ReceptionForbidden``, ``TextMissing`` where somebody has booked.
    """
    row = reception_for(actor, reception_id)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    check_may_set(actor, row.leader_id, on=today)
    later = [talk for talk in standing(row) if day_of(talk) > last]
    words = said(actor, later, reason)
    with transaction.atomic():
        check_may_set(actor, row.leader_id, on=today)
        Reception.objects.filter(realm=actor.realm_id, pk=row.pk).update(last=last)
        call_off(actor, later, words, at)
        log(actor, "reception.ended", row, {"last": last.isoformat()}, at)
    row.refresh_from_db()
    return row


def change_day(
    actor: Actor,
    reception_id: UUID,
    *,
    on: date,
    reason: str,
    at: datetime,
    stand_in: UUID | None = None,
) -> ChangedDay:
    """Somebody else receives on that day, or nobody; what was booked is called off, and told why.

    Raises ``NoSuchDay``, ``TalkWithOneself``, ``TextMissing`` where somebody has booked, and as
    ``reception_for`` and ``person_for``.
    """
    row = reception_for(actor, reception_id)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    check_may_set(actor, row.leader_id, on=today)
    if stand_in == row.leader_id:
        raise TalkWithOneself
    if stand_in:
        person_for(actor, stand_in, Permission.ORG_VIEW)
    if on < today or on not in reception_days(rhythm_of(row), work_calendar(row.realm_id), on, on):
        raise NoSuchDay(on)
    booked = standing_on(row, on, Talk.objects.all())
    words = said(actor, booked, reason)
    with transaction.atomic():
        check_may_set(actor, row.leader_id, on=today)
        changed, _ = ChangedDay.objects.update_or_create(
            realm_id=actor.realm_id, reception=row, on=on, defaults={"stand_in_id": stand_in}
        )
        call_off(actor, booked, words, at)
        detail: Detail = {"on": on.isoformat(), "stand_in": str(stand_in or "")}
        log(actor, "reception.changed", row, detail, at)
    return changed


def standing(row: Reception) -> list[Talk]:
    booked = Booking.objects.filter(realm=row.realm_id, reception=row.pk).values("talk")
    rows = Talk.objects.filter(realm=row.realm_id, pk__in=booked, state=TalkState.AGREED.value)
    return list(rows.order_by("planned_for", "pk"))


def day_of(talk: Talk) -> date:
    return talk.planned_for.astimezone(zone_of(talk.realm_id)).date()


def said(actor: Actor, talks: Sequence[Talk], reason: str) -> list[archive.Sealed]:
    return [
        sealed(actor, "reason", ("talk", talk.pk), reason, readers=sides(talk)) for talk in talks
    ]


def call_off(
    actor: Actor, talks: Sequence[Talk], words: Sequence[archive.Sealed], at: datetime
) -> None:
    for talk, text in zip(talks, words, strict=True):
        move(talk, TalkMove.CANCEL, closing=archive.store(text, sides(talk), at))
        log_move(actor, talk, TalkMove.CANCEL, at=at)


def log(actor: Actor, event: str, row: Reception, detail: Detail, at: datetime) -> None:
    audit.record(
        event, realm_id=row.realm_id, actor=actor, subject_kind="reception", subject_id=row.pk,
        detail=detail, at=at,
    )  # fmt: skip
