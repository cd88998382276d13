"""The only door to leads: author, approver and recipient; the auditor sees that there is one."""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.leads.models import BEFORE, Lead
from tanxin.apps.org.former import is_still_his, still_his
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.passing_on import LeadState

LeadRow: TypeAlias = Lead
AUDITING = frozenset({Relation.AUDITOR})


class LeadNotFound(RowNotFound):
    pass


class LeadForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, lead: Lead) -> frozenset[Relation]:
    relations = set(actor.standing & AUDITING)
    if lead.author_id == actor.person_id and is_still_his(actor, lead.asked_at):
        relations.add(Relation.AUTHOR)
    if lead.approver_id == actor.person_id and is_still_his(actor, lead.asked_at):
        relations.add(Relation.ENDORSER)
    if lead.recipient_id == actor.person_id and handed_lately(actor, lead):
        relations.add(Relation.OWNER)
    return frozenset(relations)


def handed_lately(actor: Actor, lead: Lead) -> bool:
    """Handed over, and not for a post the actor has left."""
    at = lead.decided_at
    return lead.state not in BEFORE and at is not None and is_still_his(actor, at)


def lead_for(actor: Actor, lead_id: UUID, permission: Permission) -> Lead:
    """Raises ``LeadNotFound`` or ``LeadForbidden``."""
    lead = Lead.objects.filter(realm=actor.realm_id, pk=lead_id).first()
    relations = relations_to(actor, lead) if lead else frozenset()
    if lead is None or not decide(Permission.LEAD_VIEW, relations).allowed:
        raise LeadNotFound(lead_id)
    if not decide(permission, relations).allowed:
        raise LeadForbidden(lead_id)
    return lead


def visible_leads(actor: Actor) -> QuerySet[Lead]:
    """Those of the actor, in whatever part; all of them for an auditor. The latest first."""
    mine = Q(author=actor.person_id) | Q(approver=actor.person_id)
    mine &= still_his(actor, "asked_at")
    handed = Q(recipient=actor.person_id) & ~Q(state__in=BEFORE)
    mine |= handed & still_his(actor, "decided_at")
    rows = Lead.objects.filter(realm=actor.realm_id)
    if not actor.standing & AUDITING:
        rows = rows.filter(mine, author__isnull=False) if actor.person_id else rows.none()
    return rows.order_by("-asked_at", "-pk")


def leads_to_approve(actor: Actor) -> QuerySet[Lead]:
    return Lead.objects.filter(
        still_his(actor, "asked_at"),
        realm=actor.realm_id,
        approver=actor.person_id,
        state=LeadState.ASKED.value,
    ).order_by("asked_at", "pk")


def leads_to_follow(actor: Actor) -> QuerySet[Lead]:
    """Handed to the actor, and not said to be received."""
    return Lead.objects.filter(
        still_his(actor, "decided_at"),
        realm=actor.realm_id,
        recipient=actor.person_id,
        state=LeadState.HANDED.value,
    ).order_by("decided_at", "pk")
