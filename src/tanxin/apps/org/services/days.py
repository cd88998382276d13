"""The organisation's own days: what differs from the seed, or settles a provisional day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.realms.models import CalendarDay
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.calendar import DayKind


class CalendarForbidden(RowForbidden):
    """Only organisers change the calendar."""


def set_day(actor: Actor, on: date, *, kind: DayKind, name: str, at: datetime) -> None:
    may_change_calendar(actor)
    with transaction.atomic():
        CalendarDay.objects.update_or_create(
            realm_id=actor.realm_id, on=on, defaults={"kind": kind.value, "name": name}
        )
        write_leaf(actor, on, kind.value, name, at)


def clear_day(actor: Actor, on: date, *, at: datetime) -> None:
    """Go back to the seed for that day; nothing happens where nothing was set."""
    may_change_calendar(actor)
    with transaction.atomic():
        gone, _ = CalendarDay.objects.filter(realm=actor.realm_id, on=on).delete()
        if gone:
            write_leaf(actor, on, "", "", at)


def set_days(actor: Actor, days: dict[date, tuple[DayKind, str]], *, at: datetime) -> None:
    """A whole announcement at once: one leaf for all its days."""
    may_change_calendar(actor)
    rows = [
        CalendarDay(realm_id=actor.realm_id, on=on, kind=kind.value, name=name)
        for on, (kind, name) in sorted(days.items())
    ]
    with transaction.atomic():
        CalendarDay.objects.filter(realm=actor.realm_id, on__in=list(days)).delete()
        CalendarDay.objects.bulk_create(rows)
        audit.record_bulk(
            "calendar.changed",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="calendar",
            subject_id=actor.realm_id,
            at=at,
            items=[f"{row.on.isoformat()} {row.kind} {row.name}".encode() for row in rows],
        )


def may_change_calendar(actor: Actor) -> None:
    if not decide(Permission.CALENDAR_EDIT, actor.standing).allowed:
        raise CalendarForbidden(Permission.CALENDAR_EDIT)


def write_leaf(actor: Actor, on: date, kind: str, name: str, at: datetime) -> None:
    realm: UUID = actor.realm_id
    audit.record(
        "calendar.changed",
        realm_id=realm,
        actor=actor,
        subject_kind="calendar",
        subject_id=realm,
        at=at,
        detail={"on": on.isoformat(), "kind": kind, "name": name},
    )
