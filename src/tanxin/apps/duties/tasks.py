"""Jobs that keep duties up to date: each day for all, and after a change for those it touches."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from tanxin.apps.duties.changes import scope_of
from tanxin.apps.duties.derive import derive_realm
from tanxin.apps.realms.selectors import realm_ids, zone_of


@task()
def derive_everywhere(day_iso: str) -> int:
    """Derive every realm for a day; returns how many duties differ."""
    today, at = date.fromisoformat(day_iso), timezone.now()
    return sum(
        derive_realm(None, realm_id, today=today, at=at, reason="daily").count
        for realm_id in realm_ids()
    )


@task()
def derive_changed(realm_iso: str, touched: list[str], reason: str) -> int:
    """Derive for those whom a change of these persons, units and teams reaches."""
    realm_id, at = UUID(realm_iso), timezone.now()
    scope = scope_of(realm_id, map(UUID, touched))
    today = timezone.localdate(at, zone_of(realm_id))
    return derive_realm(None, realm_id, today=today, at=at, scope=scope, reason=reason).count


@task()
def derive_whole(realm_iso: str, reason: str) -> int:
    """Derive a realm anew, as after a change of its rules."""
    realm_id, at = UUID(realm_iso), timezone.now()
    today = timezone.localdate(at, zone_of(realm_id))
    return derive_realm(None, realm_id, today=today, at=at, reason=reason).count
