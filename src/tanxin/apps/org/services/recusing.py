"""Keeping a row, or everything about a person, from somebody.

Set for oneself at once; the security administrator may keep two people apart, and anybody may keep
himself out (自行回避), which only the security administrator lifts.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import PersonForbidden, person_for, relations_to_person
from tanxin.apps.org.trust import Recusal
from tanxin.core.access import Actor, Permission, Relation, RowNotFound, decide


class RecusalNotFound(RowNotFound):
    pass


class RecusedFromHimself(Exception):
    """What is about oneself, or what one led, is not kept from one."""


class IsRecused(Exception):
    """It is kept from the person already."""


def recuse_from_person(
    actor: Actor, excluded: UUID, person_id: UUID, *, because: str, at: datetime
) -> Recusal:
    """Keep from ``excluded`` every talk, duty and issue in which ``person_id`` is talked to.

    Raises ``PersonForbidden``, ``PersonNotFound``, ``RecusedFromHimself`` or ``IsRecused``.
    """
    relations = relations_to_person(actor, person_id)
    of_himself = actor.person_id == excluded
    if not of_himself and not decide(Permission.RECUSAL_OF_PEOPLE, relations).allowed:
        raise PersonForbidden(Permission.RECUSAL_OF_PEOPLE)
    if excluded == person_id:
        raise RecusedFromHimself
    for one in (excluded, person_id):
        person_for(actor, one, Permission.ORG_VIEW)
    with transaction.atomic():
        set_here = keep_from(
            actor, excluded, "person", person_id, because="own" if of_himself else because, at=at
        )
        log(actor, "recusal.set", set_here, at)
    return set_here


def keep_from(
    actor: Actor, excluded: UUID, kind: str, about_id: UUID, *, because: str, at: datetime
) -> Recusal:
    """Write one row, for whoever has asked his own door. Raises ``IsRecused``."""
    if actor.person_id is None:
        raise RecusalNotFound(about_id)
    try:
        with transaction.atomic():
            return Recusal.objects.create(
                realm_id=actor.realm_id,
                excluded_id=excluded,
                about_kind=kind,
                about_id=about_id,
                because=because,
                set_by_id=actor.person_id,
                set_at=at,
            )
    except IntegrityError:
        raise IsRecused from None


def lift_recusal(actor: Actor, recusal_id: UUID, *, at: datetime) -> None:
    """Show it again, with what stems from it. Raises ``RecusalNotFound``.

    Whoever set it lifts it, and who is talked to lifts what is about him; what one asked for
    oneself only the security administrator does.
    """
    found = Recusal.objects.filter(realm=actor.realm_id, pk=recusal_id, lifted_at=None).first()
    if found is None or not may_lift(actor, found):
        raise RecusalNotFound(recusal_id)
    with transaction.atomic():
        together = Recusal.objects.filter(
            realm=actor.realm_id,
            excluded=found.excluded_id,
            set_by=found.set_by_id,
            set_at=found.set_at,
            lifted_at=None,
        )
        if not together.update(lifted_at=at):
            raise RecusalNotFound(recusal_id)
        log(actor, "recusal.lifted", found, at)


def may_lift(actor: Actor, recusal: Recusal) -> bool:
    if actor.person_id is None or recusal.excluded_id == actor.person_id:
        return False
    if recusal.because != "own" and actor.person_id in {recusal.set_by_id, recusal.about_id}:
        return True
    keeps_apart = recusal.about_kind == "person" and Relation.SECURITY_ADMIN in actor.standing
    return keeps_apart and (recusal.because == "own" or recusal.set_by_id != recusal.about_id)


def log(actor: Actor, event: str, recusal: Recusal, at: datetime) -> None:
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="recusal",
        subject_id=recusal.pk,
        detail={"about": recusal.about_kind, "because": recusal.because},
        at=at,
    )
