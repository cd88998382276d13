"""Which texts belong to talks and go with them, and whether those of one have gone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from tanxin.apps.issues.feedback.models import LEFT, Feedback
from tanxin.apps.issues.models import Issue
from tanxin.apps.oversight.models import SignalTalk
from tanxin.apps.oversight.samples import CallBack
from tanxin.apps.retention.models import Listed
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.paper_models import PaperEntry


def take_turns(realm_id: UUID, talks: Iterable[UUID]) -> None:
    """First in a transaction that keeps or destroys: the other then waits, and reads what it left.

    In one order, so that two who have some talks in common do not wait for each other.
    """
    for talk in sorted(talks):
        Talk.objects.filter(realm=realm_id, pk=talk).update(steps=F("steps"))


def disposed_at(talk: Talk) -> datetime | None:
    """When the texts of a talk were destroyed; for who passed its door."""
    rows = Listed.objects.filter(realm=talk.realm_id, talk=talk.pk, erased_at__isnull=False)
    return rows.values_list("erased_at", flat=True).first()


def belonging_to(realm_id: UUID, talks: Sequence[Talk]) -> list[UUID]:
    """What texts may be about: the talks, and what came before, with and after them.

    Not what has left for somebody else: feedback that was sent is the paper of who got it.
    """
    ids = [talk.pk for talk in talks]
    issues = Issue.objects.filter(realm=realm_id, talk__in=ids)
    unsent = Feedback.objects.filter(realm=realm_id, issue__in=issues).exclude(state__in=LEFT)
    rows = [
        Request.objects.filter(realm=realm_id, talk__in=ids),
        PaperEntry.objects.filter(realm=realm_id, talk__in=ids),
        issues,
        unsent,
        CallBack.objects.filter(realm=realm_id, talk__in=ids),
    ]
    found = [pk for some in rows for pk in some.values_list("pk", flat=True)]
    return [*ids, *found, *shared_groups(realm_id, talks), *shared_signals(realm_id, ids)]


def shared_groups(realm_id: UUID, talks: Sequence[Talk]) -> list[UUID]:
    """Groups of which every talk goes, now or before: what all shared goes with the last."""
    groups = {talk.group_id for talk in talks if talk.group_id}
    staying = Talk.objects.filter(realm=realm_id, group__in=groups)
    staying = staying.exclude(pk__in=[talk.pk for talk in talks])
    staying = staying.exclude(pk__in=erased(realm_id))
    return sorted(groups - set(staying.values_list("group", flat=True)), key=str)


def shared_signals(realm_id: UUID, talks: Sequence[UUID]) -> list[UUID]:
    """Signals of which every talk goes: what was explained goes with the last."""
    rows = SignalTalk.objects.filter(realm=realm_id)
    signals = set(rows.filter(talk__in=talks).values_list("signal", flat=True))
    staying = rows.filter(signal__in=signals).exclude(talk__in=talks)
    staying = staying.exclude(talk__in=erased(realm_id))
    return sorted(signals - set(staying.values_list("signal", flat=True)), key=str)


def erased(realm_id: UUID) -> Iterable[UUID]:
    rows = Listed.objects.filter(realm=realm_id, erased_at__isnull=False)
    return rows.values_list("talk", flat=True)
