"""Coming up again: the same person and kind, or the same unit and kind, within a year.

The leader learns that it is so, and nothing of what or whose it was before. Nor may he find out by
raising in each kind which of them others were told: of their issues only five sources count.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from tanxin.apps.issues.models import Issue
from tanxin.apps.org.recusals import in_force
from tanxin.core.deidentify import is_crowd
from tanxin.core.following import AGAIN_WITHIN


def mark_again(issue: Issue, at: datetime) -> None:
    """Call it inside the transaction that raised it, or said which unit it is for."""
    again = "person" if from_the_same(issue, at) else ""
    if not again and in_the_same_unit(issue, at):
        again = "unit"
    Issue.objects.filter(realm=issue.realm_id, pk=issue.pk).update(again=again)
    issue.again = again


def from_the_same(issue: Issue, at: datetime) -> bool:
    """Out of what its leader has led himself: of nobody else's he learns what a person raised."""
    rows = earlier(issue, at).filter(led_by_the_same(issue))
    return rows.filter(talk__subject=issue.talk.subject_id).exists()


def in_the_same_unit(issue: Issue, at: datetime) -> bool:
    """What its leader has led himself, or what so many told others that it may be any of them."""
    if issue.unit_id is None:
        return False
    rows = earlier(issue, at).filter(unit=issue.unit_id)
    if rows.filter(led_by_the_same(issue)).exists():
        return True
    sources = rows.exclude(talk__subject=issue.led_by_id).values_list("talk__subject", flat=True)
    return is_crowd(set(sources))


def led_by_the_same(issue: Issue) -> Q:
    """Also what he took over, and what he has handed over since."""
    return Q(led_by=issue.led_by_id) | Q(talk__initiator=issue.led_by_id)


def earlier(issue: Issue, at: datetime) -> QuerySet[Issue]:
    """Of the same kind, at most a year ago, and not out of the same talk.

    Nothing that is kept from who leads the issue: the mark would tell him that there was one.
    """
    rows = Issue.objects.filter(
        realm=issue.realm_id,
        kind=issue.kind,
        raised_at__gte=at - AGAIN_WITHIN,
        raised_at__lt=issue.raised_at,
    )
    kept = in_force(issue.realm_id).filter(excluded=issue.led_by_id).values("about_id")
    found = Q(pk__in=kept) | Q(talk__in=kept) | Q(talk__subject__in=kept)
    return rows.exclude(talk=issue.talk_id).exclude(found & ~led_by_the_same(issue))
