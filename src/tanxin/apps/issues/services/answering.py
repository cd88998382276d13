from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import the_two
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.transitions import note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove


def answer_issue(actor: Actor, issue_id: UUID, *, answer_text: str, at: datetime) -> Issue:
    """The initiator tells the one who raised it what came of it.

    Raises ``TextMissing``, ``IllegalMove``, and as ``issue_for``.
    """
    issue = issue_for(actor, issue_id, Permission.ISSUE_ANSWER)
    readers = the_two(issue.led_by_id, issue.talk.subject_id)
    sealed = sealed_text(actor, issue_id, "answer", answer_text, readers=readers)
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_ANSWER)
        take_step(issue, IssueMove.ANSWER, waiting_for=None, wanted_on=issue.wanted_on, at=at)
        readers = the_two(issue.led_by_id, issue.talk.subject_id)
        answer = archive.store(sealed, parties=readers, at=at)
        note_step(actor, issue, IssueMove.ANSWER, at=at, text=answer)
        record(
            "issue.answered",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="issue",
            subject_id=issue.pk,
            detail={"step": issue.steps},
            at=at,
        )
    return issue
