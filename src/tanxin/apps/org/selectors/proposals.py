"""Proposals for roles: who may know of one, and who is free to say no to it."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.org.trust import RoleProposal
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, Role, RowNotFound, decide

ProposalRow: TypeAlias = RoleProposal
APPROVERS = frozenset({Role.SECURITY_ADMIN, Role.SUPERVISOR, Role.ORGANISER})
REASON = "role-reason"


class ProposalNotFound(RowNotFound):
    pass


def who_may_approve(
    realm_id: UUID, proposer_id: UUID, person_id: UUID, *, on: date
) -> frozenset[UUID]:
    """Neither who proposes nor who receives, and nobody who works under the one who proposes."""
    entitled = holders_of(realm_id, APPROVERS, on) - {proposer_id, person_id}
    return frozenset(one for one in entitled if not is_subordinate(realm_id, one, proposer_id, on))


def may_approve(actor: Actor, proposal: RoleProposal, *, on: date) -> bool:
    if not decide(Permission.ROLE_APPROVE, actor.standing).allowed:
        return False
    return actor.person_id in who_may_approve(
        proposal.realm_id, proposal.proposed_by_id, proposal.person_id, on=on
    )


def proposals(actor: Actor) -> QuerySet[RoleProposal]:
    """For who gives roles, who approves them, and the auditor; not for the one it is about."""
    seen = (Permission.ROLE_VIEW, Permission.ROLE_APPROVE)
    if not any(decide(permission, actor.standing).allowed for permission in seen):
        return RoleProposal.objects.none()
    rows = RoleProposal.objects.filter(realm=actor.realm_id).exclude(person=actor.person_id)
    return rows.order_by("-proposed_at", "-pk")


def pending_proposals(actor: Actor) -> QuerySet[RoleProposal]:
    return proposals(actor).filter(verdict__in=["", "approved"], given_at=None)


def proposal_for(actor: Actor, proposal_id: UUID) -> RoleProposal:
    """Raises ``ProposalNotFound``."""
    found = proposals(actor).filter(pk=proposal_id).first()
    if found is None:
        raise ProposalNotFound(proposal_id)
    return found


def roles_to_approve(actor: Actor, *, on: date) -> list[RoleProposal]:
    """What waits for the actor's word."""
    if not decide(Permission.ROLE_APPROVE, actor.standing).allowed:
        return []
    waiting = proposals(actor).filter(verdict="").exclude(proposed_by=actor.person_id)
    return [row for row in waiting[:100] if may_approve(actor, row, on=on)]


def why_not(proposal: RoleProposal) -> str:
    """Why it was turned down or withdrawn, if that was said."""
    if not proposal.reason_sealed:
        return ""
    return pii.open_pii(proposal.realm_id, proposal.pk, REASON, bytes(proposal.reason_sealed))
