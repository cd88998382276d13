"""The only door to duties."""

from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class DutyNotFound(RowNotFound):
    pass


class DutyForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, duty: Duty) -> frozenset[Relation]:
    relations = set(actor.standing)
    if actor.person_id is not None and duty.initiator_id == actor.person_id:
        relations.add(Relation.INITIATOR)
    if actor.person_id is not None and duty.subject_id == actor.person_id:
        relations.add(Relation.SUBJECT)
    return frozenset(relations)


def duty_for(actor: Actor, duty_id: UUID, permission: Permission) -> Duty:
    """Return the duty if ``actor`` holds ``permission`` on it.

    Raises ``DutyNotFound`` or ``DutyForbidden``.
    """
    duty = Duty.objects.filter(realm=actor.realm_id, pk=duty_id).select_related("rule").first()
    if duty is None:
        raise DutyNotFound(duty_id)
    relations = relations_to(actor, duty)
    if not decide(Permission.DUTY_VIEW, relations).allowed:
        raise DutyNotFound(duty_id)
    if not decide(permission, relations).allowed:
        raise DutyForbidden(duty_id)
    return duty


def visible_duties(actor: Actor) -> QuerySet[Duty]:
    if decide(Permission.DUTY_VIEW, actor.standing).allowed:
        return Duty.objects.filter(realm=actor.realm_id)
    if actor.person_id is None:
        return Duty.objects.none()
    return Duty.objects.filter(
        Q(initiator=actor.person_id) | Q(subject=actor.person_id), realm=actor.realm_id
    )
