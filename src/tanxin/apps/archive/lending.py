"""What was lent for hours ends with the role it was lent to, at the keeper too."""

import logging
from datetime import datetime

from tanxin.apps.archive.access import FOR_SOME_HOURS
from tanxin.apps.archive.grants import end_parts
from tanxin.apps.archive.models import Party
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import RoleHolding
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.access import READ_ON_REQUEST

_log = logging.getLogger("tanxin.archive")


def end_what_lost_its_role(*, at: datetime) -> int:
    """End what was lent to who has neither role any more; return how many. The worker looks often.

    Where the keeper does not answer they stay for the next look; the pages are closed anyway.
    """
    running = Party.objects.filter(role__in=FOR_SOME_HOURS, end__gt=at).select_related("record")
    count = 0
    for realm_id in set(running.values_list("realm", flat=True)):
        today = at.astimezone(zone_of(realm_id)).date()
        supervisors = RoleHolding.objects.filter(
            on_day(today), realm=realm_id, role__in=[role.value for role in READ_ON_REQUEST]
        )
        lost = running.filter(realm=realm_id).exclude(person__in=supervisors.values("person"))
        try:
            count += end_parts(realm_id, lost)
        except (KeeperUnavailable, KeeperRefused) as reason:
            _log.error("realm %s: what was lent could not be ended: %s", realm_id, reason)
    return count
