from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.issues.access import issue_for
from tanxin.apps.org.services.recusing import RecusedFromHimself, keep_from, log
from tanxin.apps.org.trust import Recusal
from tanxin.core.access import Actor, Permission


def recuse_from_issue(
    actor: Actor, issue_id: UUID, excluded: UUID, *, because: str, at: datetime
) -> Recusal:
    """Keep an issue from somebody who has a part in it, or might get one.

    Either of the two of the talk may. Raises ``RecusedFromHimself``, ``IsRecused``, and as
    ``issue_for``.
    """
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.RECUSAL_SET)
        if excluded in {issue.led_by_id, issue.talk.subject_id, issue.talk.initiator_id}:
            raise RecusedFromHimself
        kept = keep_from(actor, excluded, "issue", issue.pk, because=because, at=at)
        log(actor, "recusal.set", kept, at)
    return kept
