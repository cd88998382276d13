from secrets import randbelow
from uuid import UUID

from django.db.models import F

from tanxin.apps.org.models import DirectoryVersion

STRIDE = 2**32


def directory_version(realm_id: UUID) -> int:
    return DirectoryVersion.objects.values_list("number", flat=True).filter(pk=realm_id).get()


def claim_directory_version(realm_id: UUID, seen: int) -> bool:
    """Raise the version if it is still ``seen``; others wait at this row until we commit."""
    rows = DirectoryVersion.objects.filter(pk=realm_id, number=seen)
    return rows.update(number=F("number") + 1 + randbelow(STRIDE)) == 1


def raise_directory_version(realm_id: UUID) -> None:
    """Make every process reload the realm's directory; call it inside the change's transaction.

    The number rises by a random step: a change that is rolled back must not leave a number behind
    that a later change reaches again, or a directory loaded in between would be taken for good.
    """
    step = 1 + randbelow(STRIDE)
    DirectoryVersion.objects.filter(pk=realm_id).update(number=F("number") + step)
