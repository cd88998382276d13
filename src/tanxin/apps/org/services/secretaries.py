"""Who arranges whose talks. Named by the leader himself, or by an organiser."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import PersonForbidden, person_for, relations_to_person
from tanxin.apps.org.trust import Secretary
from tanxin.core.access import Actor, Permission, RowNotFound, decide


class SecretaryNotFound(RowNotFound):
    pass


class OwnSecretary(Exception):
    """Nobody is his own secretary."""


class SecretaryIsNamed(Exception):
    """The person arranges for this leader already."""


def may_name(actor: Actor, leader_id: UUID) -> None:
    if not decide(Permission.SECRETARY_NAME, relations_to_person(actor, leader_id)).allowed:
        raise PersonForbidden(Permission.SECRETARY_NAME)


def name_secretary(
    actor: Actor, leader_id: UUID, person_id: UUID, *, start: date, at: datetime
) -> Secretary:
    """Raises ``PersonForbidden``, ``PersonNotFound``, ``OwnSecretary`` or ``SecretaryIsNamed``."""
    may_name(actor, leader_id)
    for one in (leader_id, person_id):
        person_for(actor, one, Permission.ORG_VIEW)
    if leader_id == person_id:
        raise OwnSecretary
    with transaction.atomic():
        rows = Secretary.objects.filter(realm=actor.realm_id, leader=leader_id, person=person_id)
        if rows.filter(Q(end=None) | Q(end__gt=start)).exists():
            raise SecretaryIsNamed
        named = Secretary.objects.create(
            realm_id=actor.realm_id,
            leader_id=leader_id,
            person_id=person_id,
            start=start,
            source="named",
            recorded_at=at,
        )
        write_leaf(actor, "secretary.named", named, at)
    return named


def end_secretary(actor: Actor, secretary_id: UUID, *, end: date, at: datetime) -> None:
    """``end`` is the first day without; the secretary may lay it down as well.

    Raises ``SecretaryNotFound``, also for whom it does not concern.
    """
    rows = Secretary.objects.filter(realm=actor.realm_id, pk=secretary_id)
    named = rows.filter(Q(end=None) | Q(end__gt=end)).first()
    if named is None:
        raise SecretaryNotFound(secretary_id)
    relations = relations_to_person(actor, named.leader_id)
    theirs = decide(Permission.SECRETARY_NAME, relations).allowed
    if actor.person_id != named.person_id and not theirs:
        raise SecretaryNotFound(secretary_id)
    with transaction.atomic():
        if named.start and named.start >= end:
            rows.delete()
        else:
            rows.update(end=end)
        write_leaf(actor, "secretary.ended", named, at)


def write_leaf(actor: Actor, event: str, named: Secretary, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="person",
        subject_id=named.leader_id,
        detail={"secretary": str(named.person_id)},
        at=at,
    )
