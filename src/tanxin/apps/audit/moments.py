"""The log takes a moment as it happens. Only a demo that is being seeded may write other ones."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from tanxin.apps.realms.models import Realm

TOLERANCE = timedelta(minutes=10)


class MomentNotNow(Exception):
    """``at`` is not now, and the realm is not a demo that is being seeded."""


def refuse_invented_moment(realm_id: UUID, at: datetime) -> None:
    now = timezone.now()
    if abs(now - at) <= TOLERANCE:
        return
    seeding = Realm.objects.filter(pk=realm_id, is_demo=True, seeding_until__gte=now)
    if not seeding.exists():
        raise MomentNotNow(at.isoformat())
