"""Two people give a role: the security administrator proposes, somebody free to say no approves."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.selectors.entrusted import held_on
from tanxin.apps.org.selectors.proposals import (
    REASON,
    ProposalNotFound,
    may_approve,
    proposal_for,
    who_may_approve,
)
from tanxin.apps.org.services.roles import (
    KEPT_BY_KEEPER,
    HoldsAnotherTask,
    RoleIsHeld,
    give_role,
    may_give_roles,
    may_give_to,
)
from tanxin.apps.org.trust import RoleProposal
from tanxin.apps.sealing import pii
from tanxin.core.access import ADMINISTRATORS, Actor, Role
from tanxin.core.wording import is_blank


class ProposedAlready(Exception):
    """Somebody was proposed for this role and nobody has settled it: ``proposal_id``."""

    def __init__(self, proposal_id: UUID) -> None:
        super().__init__(proposal_id)
        self.proposal_id = proposal_id


class NobodyToApprove(Exception):
    """There is no second person who is free to say no."""


class ProposalIsSettled(Exception):
    """It was decided, withdrawn or put in force in the meantime."""


class ReasonMissing(Exception):
    """Whoever says no says why."""


def propose_role(
    actor: Actor, person_id: UUID, role: Role, *, on: date, at: datetime
) -> RoleProposal:
    """Nothing holds by this alone.

    Raises ``RolesForbidden``, ``RoleForOneself``, ``PersonNotFound``, ``RoleIsHeld``,
    ``HoldsAnotherTask``, ``NobodyToApprove`` or ``ProposedAlready``.
    """
    may_give_to(actor, person_id, role, at=at)
    if actor.person_id is None:
        raise NobodyToApprove(role)
    refuse_unfitting(actor.realm_id, person_id, role, on)
    if not who_may_approve(actor.realm_id, actor.person_id, person_id, on=on):
        raise NobodyToApprove(role)
    try:
        with transaction.atomic():
            proposal = RoleProposal.objects.create(
                realm_id=actor.realm_id,
                person_id=person_id,
                role=role.value,
                proposed_by_id=actor.person_id,
                proposed_at=at,
            )
            log(actor, "role.proposed", proposal, at)
    except IntegrityError:
        open_one = RoleProposal.objects.filter(
            realm=actor.realm_id, person=person_id, role=role.value, given_at=None
        ).filter(verdict__in=["", "approved"])
        raise ProposedAlready(open_one.get().pk) from None
    return proposal


def refuse_unfitting(realm_id: UUID, person_id: UUID, role: Role, on: date) -> None:
    held = {one for one, person in held_on(realm_id, on) if person == person_id}
    if role in held:
        raise RoleIsHeld(role)
    if role in ADMINISTRATORS and held & ADMINISTRATORS:
        raise HoldsAnotherTask(role)


def approve_role(actor: Actor, proposal_id: UUID, *, on: date, at: datetime) -> RoleProposal:
    """It holds at once, unless the keeper must hear of it from a security administrator first.

    Raises ``ProposalNotFound`` for whoever may not, ``ProposalIsSettled``, and as ``give_role``.
    """
    proposal = to_decide(actor, proposal_id, on)
    refuse_unfitting(actor.realm_id, proposal.person_id, Role(proposal.role), on)
    with transaction.atomic():
        settle(proposal, "approved", decided_by=actor.person_id, decided_at=at)
        log(actor, "role.approved", proposal, at)
    if may_put_in_force(actor, proposal):
        put_in_force(actor, proposal_id, on=on, at=at)
        proposal.refresh_from_db()
    return proposal


def may_put_in_force(actor: Actor, proposal: RoleProposal) -> bool:
    """Whether the actor's own session is enough for what was approved."""
    if proposal.verdict != "approved" or proposal.given_at or actor.person_id == proposal.person_id:
        return False
    return Role.SECURITY_ADMIN in actor.roles or Role(proposal.role) not in KEPT_BY_KEEPER


def put_in_force(actor: Actor, proposal_id: UUID, *, on: date, at: datetime) -> RoleProposal:
    """From today on. Raises ``ProposalNotFound``, ``ProposalIsSettled``, and as ``give_role``."""
    proposal = proposal_for(actor, proposal_id)
    if proposal.decided_by_id != actor.person_id:
        may_give_roles(actor)
    if not may_put_in_force(actor, proposal):
        raise ProposalIsSettled(proposal_id)
    rows = RoleProposal.objects.filter(realm=actor.realm_id, pk=proposal_id, verdict="approved")
    if rows.filter(given_at=None).update(given_at=at) != 1:
        raise ProposalIsSettled(proposal_id)
    try:
        give_role(
            actor, proposal.person_id, Role(proposal.role), start=on, source=str(proposal_id), at=at
        )
    except Exception:
        rows.update(given_at=None)
        raise
    proposal.refresh_from_db()
    return proposal


def turn_role_down(
    actor: Actor, proposal_id: UUID, *, reason: str, on: date, at: datetime
) -> RoleProposal:
    """Raises ``ReasonMissing``, and as ``approve_role``."""
    proposal = to_decide(actor, proposal_id, on)
    if is_blank(reason):
        raise ReasonMissing
    sealed = pii.seal_pii(actor.realm_id, proposal.pk, REASON, reason.strip())
    with transaction.atomic():
        settle(
            proposal, "turned_down", decided_by=actor.person_id, decided_at=at, reason_sealed=sealed
        )
        log(actor, "role.turned_down", proposal, at)
    return proposal


def withdraw_role(actor: Actor, proposal_id: UUID, *, reason: str, at: datetime) -> RoleProposal:
    """Any security administrator, also what is approved and not in force yet.

    Raises ``RolesForbidden``, ``ProposalNotFound``, ``ReasonMissing`` or ``ProposalIsSettled``.
    """
    may_give_roles(actor)
    proposal = proposal_for(actor, proposal_id)
    if is_blank(reason):
        raise ReasonMissing
    sealed = pii.seal_pii(actor.realm_id, proposal.pk, REASON, reason.strip())
    rows = RoleProposal.objects.filter(realm=actor.realm_id, pk=proposal_id, given_at=None)
    with transaction.atomic():
        open_one = rows.filter(verdict__in=["", "approved"])
        if not open_one.update(verdict="withdrawn", decided_at=at, reason_sealed=sealed):
            raise ProposalIsSettled(proposal_id)
        log(actor, "role.withdrawn", proposal, at)
    proposal.refresh_from_db()
    return proposal


def to_decide(actor: Actor, proposal_id: UUID, on: date) -> RoleProposal:
    proposal = proposal_for(actor, proposal_id)
    if not may_approve(actor, proposal, on=on):
        raise ProposalNotFound(proposal_id)
    if proposal.verdict:
        raise ProposalIsSettled(proposal_id)
    return proposal


def settle(proposal: RoleProposal, verdict: str, **changes: object) -> None:
    rows = RoleProposal.objects.filter(realm=proposal.realm_id, pk=proposal.pk, verdict="")
    if rows.update(verdict=verdict, **changes) != 1:
        raise ProposalIsSettled(proposal.pk)
    proposal.refresh_from_db()


def log(actor: Actor, event: str, proposal: RoleProposal, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="person",
        subject_id=proposal.person_id,
        detail={"role": proposal.role, "proposal": str(proposal.pk)},
        at=at,
    )
