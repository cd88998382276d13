"""What is its author's alone is no record: a year after it was first kept it is gone."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive.access import AUTHORS_OWN
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.resealed import Resealing
from tanxin.apps.audit import services as audit

KEPT_FOR = timedelta(days=365)
AT_ONCE = 500


def erase_old_notes(realm_id: UUID, *, at: datetime) -> int:
    """Erase memos and outlines with every version and grant; return how many. One leaf for each.

    The log keeps that there was one, and of which talk; nothing is left to be opened.
    """
    count = 0
    while erased := erase_some(realm_id, at=at):
        count += erased
    return count


@transaction.atomic
def erase_some(realm_id: UUID, *, at: datetime) -> int:
    old = Record.objects.filter(
        realm=realm_id, kind__in=AUTHORS_OWN, created_at__lte=at - KEPT_FOR
    ).order_by("created_at", "pk")
    notes = dict(old.values_list("pk", "about_id")[:AT_ONCE])
    ids = list(notes)
    Resealing.objects.filter(realm=realm_id, version__record__in=ids).delete()
    for rows in (Party.objects, RecordVersion.objects):
        rows.filter(realm=realm_id, record__in=ids).delete()
    Record.objects.filter(realm=realm_id, pk__in=ids).delete()
    for about in notes.values():
        audit.record(
            "memo.erased",
            realm_id=realm_id,
            actor=None,
            subject_kind="talk",
            subject_id=about,
            at=at,
        )
    return len(ids)
