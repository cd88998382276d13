"""What is done to the log every few minutes."""

import logging
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.checkpoints import LogRewritten, take_checkpoint
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable

_log = logging.getLogger("tanxin.audit")


def take_checkpoints() -> int:
    """Take one of every realm whose logs have grown; return how many were new.

    A realm whose log was rewritten is named in the process's own log each time, and the others go
    on. A demo that is being seeded has none yet: its past is still being written.
    """
    settled = Q(seeding_until=None) | Q(seeding_until__lt=timezone.now())
    realms = Realm.objects.filter(settled).order_by("pk").values_list("pk", flat=True)
    return sum(_taken(realm_id) for realm_id in realms)


def _taken(realm_id: UUID) -> bool:
    try:
        taken = take_checkpoint(realm_id)
    except (LogRewritten, AnchorDiffers) as reason:
        _log.critical("realm %s: %s; run: tanxin audit verify", realm_id, reason)
    except (KeeperUnavailable, KeeperRefused, OSError) as reason:
        _log.error("realm %s: no checkpoint was taken: %s", realm_id, reason)
    else:
        return taken is not None and taken.new
    return False
