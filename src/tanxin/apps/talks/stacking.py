"""Is somebody talked to by layer after layer? As far as who would be the next may know it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.recusals import is_kept_from
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.models import DutyMatch, Request, Talk
from tanxin.core.access import Actor
from tanxin.core.lifecycle import BEFORE_HELD, DutyState, TalkState

AROUND = timedelta(days=30)
# That somebody is warned, or asked for a talk himself, is not for the next who wants to see him.
UNTOLD_KINDS = ("warning",)


def others_around(actor: Actor, person_id: UUID, *, now: datetime) -> bool:
    """Whether others hold talks they owe with this person, a month back or a month ahead.

    Only for who leads him or owes him a talk; never who, when or how many.
    """
    if not may_know(actor, person_id, now):
        return False
    owed = DutyMatch.objects.filter(realm=actor.realm_id, duty__sensitive=False)
    asked_for = Request.objects.filter(realm=actor.realm_id, talk__isnull=False)
    lately = Q(held_at__gte=now - AROUND) & ~Q(state__in=sorted(one.value for one in BEFORE_HELD))
    soon = Q(state=TalkState.AGREED.value, planned_for__range=(now, now + AROUND))
    rows = Talk.objects.filter(
        lately | soon, realm=actor.realm_id, subject=person_id, pk__in=owed.values("talk")
    )
    others = rows.exclude(initiator=actor.person_id).exclude(kind__in=UNTOLD_KINDS)
    return others.exclude(pk__in=asked_for.values("talk")).exists()


def may_know(actor: Actor, person_id: UUID, now: datetime) -> bool:
    if actor.person_id is None or is_kept_from(actor, person_id):
        return False
    owes = Duty.objects.filter(
        realm=actor.realm_id, initiator=actor.person_id, subject=person_id,
        state=DutyState.OPEN.value,
    )  # fmt: skip
    today = now.astimezone(zone_of(actor.realm_id)).date()
    return owes.exists() or is_subordinate(actor.realm_id, person_id, actor.person_id, today)
