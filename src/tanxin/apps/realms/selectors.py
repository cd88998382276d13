from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from tanxin.apps.realms.models import Realm


@lru_cache(maxsize=256)
def realm_name(realm_id: UUID) -> str:
    """Kept in memory: a realm is renamed with a restart."""
    return Realm.objects.values_list("name", flat=True).get(pk=realm_id)


def zone_of(realm_id: UUID) -> ZoneInfo:
    return ZoneInfo(Realm.objects.values_list("zone", flat=True).get(pk=realm_id))


def demo_realm_id() -> UUID | None:
    return Realm.objects.filter(is_demo=True).values_list("pk", flat=True).first()


def has_real_realm() -> bool:
    return Realm.objects.filter(is_demo=False).exists()


def realm_ids() -> list[UUID]:
    return list(Realm.objects.order_by("pk").values_list("pk", flat=True))
