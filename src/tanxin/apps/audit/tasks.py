"""What is done to the log every few minutes."""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tanxin.apps.audit.anchors.files import AnchorDiffers
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.checkpoints import LogRewritten, take_checkpoint
from tanxin.apps.audit.models import LogHead
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.vault.leaf import Log

_log = logging.getLogger("tanxin.audit")


# So much may stand in no checkpoint, however short a time ago the last one was taken.
MOST_UNSIGNED = 500


def take_checkpoints() -> int:
    """Take one of every realm whose logs have grown; return how many were new.

    A realm whose log was rewritten is named in the process's own log each time, and the others go
    on. A demo that is being seeded has none yet: its past is still being written.
    """
    return sum(_taken(realm_id) for realm_id in _settled())


def take_due_checkpoints() -> int:
    """Take one of every realm that has much that no checkpoint covers; return how many were new."""
    sizes = dict(LogHead.objects.values_list("realm", "size"))
    return sum(
        _taken(realm_id)
        for realm_id in _settled()
        if sizes.get(realm_id, 0) - Anchors.of(realm_id).hashes(Log.CHANGES).size >= MOST_UNSIGNED
    )


def _settled() -> Iterable[UUID]:
    settled = Q(seeding_until=None) | Q(seeding_until__lt=timezone.now())
    return Realm.objects.filter(settled).order_by("pk").values_list("pk", flat=True)


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
