"""Which talks and measures are late, and of which of them somebody was told."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.issues.access import not_kept
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.notices.models import OverdueTold
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.talks.models import DutyMatch
from tanxin.core.access import Actor, Role
from tanxin.core.lifecycle import SOLVING, DutyState, TalkState
from tanxin.core.notices import Overdue

ON_ITS_WAY = (TalkState.APPROVING, TalkState.PROPOSED, TalkState.AGREED)


def late_duties(realm_id: UUID, today: date, at: datetime) -> QuerySet[Duty]:
    """Owed, overdue, and no talk for it on its way: who has asked for a time has done his part."""
    planned = DutyMatch.objects.filter(
        realm=realm_id, talk__state__in=ON_ITS_WAY, talk__planned_for__gte=at
    )
    rows = Duty.objects.filter(realm=realm_id, state=DutyState.OPEN, due__lt=today)
    return rows.exclude(pk__in=planned.values("duty"))


def late_measures(realm_id: UUID, today: date) -> QuerySet[Measure]:
    """Not reported by their day; to ask for more time stops no clock."""
    return Measure.objects.filter(realm=realm_id, issue__state__in=SOLVING, due__lt=today)


def overdue_told(actor: Actor, *, today: date) -> QuerySet[OverdueTold]:
    """What the actor was told of that is still overdue, and not kept from him."""
    mine = Q(told=actor.person_id)
    if Role.SUPERVISOR in actor.roles:
        mine |= Q(told=None) & ~Q(owed_by=actor.person_id)
    return still_late(
        actor.realm_id,
        today,
        duties=not_kept_from(actor, "pk", "subject"),
        issues=not_kept(actor),
    ).filter(mine)


def still_late(
    realm_id: UUID, today: date, *, duties: Q | None = None, issues: Q | None = None
) -> QuerySet[OverdueTold]:
    """What was told of and is not done; of those duties and issues, or of all."""
    open_duties = Duty.objects.filter(
        duties or Q(), realm=realm_id, state=DutyState.OPEN, due__lt=today
    )
    these = Issue.objects.filter(issues or Q(), realm=realm_id)
    measures = late_measures(realm_id, today).filter(issue__in=these.values("pk"))
    still = Q(what=Overdue.DUTY, about_id__in=open_duties.values("pk"))
    still |= Q(what=Overdue.MEASURE, about_id__in=measures.values("pk"))
    return OverdueTold.objects.filter(still, realm=realm_id)
