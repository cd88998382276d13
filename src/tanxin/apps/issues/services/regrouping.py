"""One issue becomes several, or several are dealt with as one; the past of each stays its own.

What is merged keeps its raiser, its texts and its readers: nobody of one side learns of the other.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, QuerySet

from tanxin.apps.archive import services as archive
from tanxin.apps.issues.access import issue_for, led
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import of_talk
from tanxin.apps.issues.refusals import CannotBeMerged, NothingToSplit
from tanxin.apps.issues.services.speaking import log, same_turn, today_of
from tanxin.apps.issues.services.texts import sealed_text
from tanxin.apps.issues.taxonomy import check_kind
from tanxin.apps.issues.transitions import check_seen, note_step, take_step
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import SOLVING, UNDECIDED, IssueMove

MERGEABLE = tuple(state.value for state in (*UNDECIDED, *SOLVING))


def split_issue(
    actor: Actor,
    issue_id: UUID,
    parts: Sequence[tuple[str, str]],
    *,
    at: datetime,
    seen: int | None = None,
) -> list[Issue]:
    """Take parts off into issues of their own, each a kind and its words; the rest goes on.

    Raises ``NothingToSplit``, ``KindRefused``, ``TextMissing``, ``IllegalMove``, and as
    ``issue_for``.
    """
    if not parts:
        raise NothingToSplit(issue_id)
    issue = issue_for(actor, issue_id, Permission.ISSUE_REGROUP)
    for kind, _ in parts:
        check_kind(actor.realm_id, kind, beside=issue.kind)
    readers = of_talk(issue)
    ids = [uuid4() for _ in parts]
    sealed = [
        sealed_text(actor, new_id, "issue", text, readers=readers)
        for new_id, (_, text) in zip(ids, parts, strict=True)
    ]
    today = today_of(actor, at)
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_REGROUP)
        check_seen(issue, seen)
        waiting_for, wanted_on = same_turn(issue)
        take_step(issue, IssueMove.SPLIT, waiting_for=waiting_for, wanted_on=wanted_on, at=at)
        note_step(actor, issue, IssueMove.SPLIT, at=at)
        log(actor, "issue.split", issue, at, parts=[str(one) for one in ids])
        made = []
        for new_id, (kind, _), words in zip(ids, parts, sealed, strict=True):
            part = Issue.objects.create(
                pk=new_id,
                realm_id=actor.realm_id,
                talk=issue.talk,
                led_by_id=issue.led_by_id,
                led_since=at,
                kind=kind,
                waiting_for_id=issue.led_by_id,
                wanted_on=today,
                raised_at=at,
                split_from=issue,
            )
            mark_again(part, at)
            stored = archive.store(words, parties=of_talk(issue), at=at)
            note_step(actor, part, "raise", at=at, text=stored)
            log(actor, "issue.raised", part, at, talk=str(issue.talk_id), kind=kind)
            made.append(part)
    return made


def mergeable_with(actor: Actor, issue_id: UUID) -> QuerySet[Issue]:
    """The open issues that the actor leads, into which this one could be merged."""
    rows = Issue.objects.filter(led(actor), realm=actor.realm_id, state__in=MERGEABLE)
    return rows.exclude(pk=issue_id).select_related("talk").order_by("-raised_at", "-pk")


def merge_issue(
    actor: Actor, issue_id: UUID, into: UUID, *, at: datetime, seen: int | None = None
) -> Issue:
    """Deal with an issue in another one that the actor leads, too.

    When the other is answered, this one is to be answered as well. What was merged into this one
    goes along. Raises ``CannotBeMerged``, ``IllegalMove``, and as ``issue_for``.
    """
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_REGROUP)
        check_seen(issue, seen)
        other = mergeable_with(actor, issue_id).filter(pk=into).first()
        if other is None:
            raise CannotBeMerged(into)
        in_one_order(issue, other)
        waiting_for, wanted_on = same_turn(other)
        take_step(other, IssueMove.TAKE_IN, waiting_for=waiting_for, wanted_on=wanted_on, at=at)
        note_step(actor, other, IssueMove.TAKE_IN, at=at)
        take_step(
            issue, IssueMove.MERGE, waiting_for=None, wanted_on=wanted_on, at=at,
            merged_into=other,
        )  # fmt: skip
        note_step(actor, issue, IssueMove.MERGE, at=at)
        along = Issue.objects.filter(realm=actor.realm_id, merged_into=issue, state="merged")
        along.update(merged_into=other)
        log(actor, "issue.merged", issue, at, into=str(other.pk))
    return issue


def in_one_order(*issues: Issue) -> None:
    """Two that are merged into each other at once wait for one another, and never both."""
    for issue in sorted(issues, key=lambda one: one.pk):
        Issue.objects.filter(realm=issue.realm_id, pk=issue.pk).update(steps=F("steps"))


def release_issue(actor: Actor, issue_id: UUID, *, at: datetime, seen: int | None = None) -> Issue:
    """What was merged goes its own way again. Raises ``IllegalMove``, and as ``issue_for``."""
    with transaction.atomic():
        issue = issue_for(actor, issue_id, Permission.ISSUE_REGROUP)
        check_seen(issue, seen)
        take_step(
            issue, IssueMove.RELEASE, waiting_for=issue.led_by_id,
            wanted_on=today_of(actor, at), at=at,
        )  # fmt: skip
        note_step(actor, issue, IssueMove.RELEASE, at=at)
        log(actor, "issue.released", issue, at)
    return issue
