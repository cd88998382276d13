"""The only doors to what is asked weeks after a talk, and to what may be known of it."""

from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tanxin.apps.talks.access import own_talks
from tanxin.apps.talks.models import EchoInvitation, EchoTotal, Talk
from tanxin.core.access import Actor, Permission, RowNotFound, decide
from tanxin.core.echoes import period_for


class InvitationNotFound(RowNotFound):
    pass


def invitations_to(actor: Actor, *, today: date) -> QuerySet[EchoInvitation]:
    """What the actor may still answer in this half-year."""
    return EchoInvitation.objects.filter(
        realm=actor.realm_id,
        person=actor.person_id,
        is_done=False,
        period=period_for(today).code,
    ).select_related("talk")


def invitation_to(actor: Actor, invitation_id: UUID, *, today: date) -> EchoInvitation:
    found = invitations_to(actor, today=today).filter(pk=invitation_id).first()
    if found is None:
        raise InvitationNotFound(invitation_id)
    return found


def talks_asked_about(actor: Actor, *, today: date) -> QuerySet[Talk]:
    """The talks of ``invitations_to``, to be joined with other talks of the actor's."""
    return own_talks(actor).filter(pk__in=invitations_to(actor, today=today).values("talk"))


def invitation_about(actor: Actor, *, today: date) -> Subquery:
    """For a query of talks: the id of the actor's invitation about each."""
    invited = invitations_to(actor, today=today).filter(talk=OuterRef("pk"))
    return Subquery(invited.values("pk")[:1])


def totals_for(actor: Actor) -> QuerySet[EchoTotal]:
    """About oneself and about the rest together; about everybody for those who supervise."""
    rows = EchoTotal.objects.filter(realm=actor.realm_id)
    if not decide(Permission.ECHO_VIEW, actor.standing).allowed:
        rows = rows.filter(Q(leader=actor.person_id) | Q(leader=None))
    return rows.order_by("-period", "question", "pk")
