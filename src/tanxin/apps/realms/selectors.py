from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from tanxin.apps.realms.models import CalendarDay, Realm
from tanxin.core.calendar import Day, DayKind, WorkCalendar


@lru_cache(maxsize=256)
def realm_name(realm_id: UUID) -> str:
    """Kept in memory: a realm is renamed with a restart."""
    return Realm.objects.values_list("name", flat=True).get(pk=realm_id)


def zone_of(realm_id: UUID) -> ZoneInfo:
    return ZoneInfo(Realm.objects.values_list("zone", flat=True).get(pk=realm_id))


def demo_realm_id() -> UUID | None:
    return Realm.objects.filter(is_demo=True).values_list("pk", flat=True).first()


def second_factor_roles(realm_id: UUID) -> list[str]:
    """The names of the roles that oblige to a second factor."""
    return Realm.objects.values_list("second_factor_for", flat=True).get(pk=realm_id).split()


def has_real_realm() -> bool:
    return Realm.objects.filter(is_demo=False).exists()


def realm_ids() -> list[UUID]:
    return list(Realm.objects.order_by("pk").values_list("pk", flat=True))


def work_calendar(realm_id: UUID) -> WorkCalendar:
    """The seed of announced days under what the organisation settled by hand."""
    rows = CalendarDay.objects.filter(realm=realm_id).values_list("on", "kind", "name")
    return WorkCalendar({on: Day(DayKind(kind), name) for on, kind, name in rows})


def organisation_type(realm_id: UUID) -> str:
    return Realm.objects.values_list("organisation_type", flat=True).get(pk=realm_id)


def suite_of(realm_id: UUID) -> int:
    return Realm.objects.values_list("suite", flat=True).get(pk=realm_id)


def named_realms() -> dict[UUID, str]:
    return dict(Realm.objects.order_by("name").values_list("pk", "name"))


def has_tables() -> bool:
    """Say whether the database was ever set up (``tanxin migrate``)."""
    return Realm._meta.db_table in connection.introspection.table_names()
