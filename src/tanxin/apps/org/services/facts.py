"""The verbs for dated facts of any kind.

A fact is recorded, ended once, or voided because it was never so; it is not edited. A row of the
model, not yet saved, is how a caller says what is the case.
"""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.models import (
    Authority,
    BranchMember,
    Charge,
    Contact,
    Delegation,
    Fact,
    PersonState,
    RankHolding,
    Seat,
    Tenure,
    UnitSpell,
)
from tanxin.apps.org.services.logins import end_logins
from tanxin.apps.org.services.version import raise_directory_version
from tanxin.core.access import Actor, RowNotFound
from tanxin.core.wording import is_blank

# Facts of one kind that agree in these columns are about the same thing: no day has two of them.
SAME_THING: dict[type[Fact], tuple[str, ...]] = {
    Authority: ("unit", "over", "rank"),
    BranchMember: ("person", "branch"),
    Charge: ("person", "unit"),
    Contact: ("kind", "person", "other", "unit"),
    Delegation: ("person", "delegate", "rule"),
    PersonState: ("person", "kind"),
    RankHolding: ("person", "rank"),
    Seat: ("team", "person"),
    Tenure: ("person", "post"),
    UnitSpell: ("unit",),
}
FactT = TypeVar("FactT", bound=Fact)


class FactNotFound(RowNotFound):
    pass


class FactHasEnded(Exception):
    """It has an end already; a wrong end is corrected, not overwritten."""


class FactEndsBeforeStart(Exception):
    """The first day it is no longer true is not after the first day it is."""


class FactOverlaps(Exception):
    """The same is already recorded for some of these days."""


class FactWithoutSource(Exception):
    """Nobody could ask where it comes from."""


class FactOfAnotherRealm(Exception):
    """It names a person, unit, post or team that this realm does not have."""


def record_fact(actor: Actor, fact: FactT, *, at: datetime) -> FactT:
    """Save ``fact`` for the actor's realm.

    Raises ``FactsForbidden``, ``FactWithoutSource``, ``FactOfAnotherRealm``,
    ``FactEndsBeforeStart`` or ``FactOverlaps``.
    """
    may_record_facts(actor)
    with transaction.atomic():
        save_checked(actor, fact, at)
        move_directory(fact)
        write_leaf(actor, "fact.recorded", fact, at)
    return fact


def end_fact(actor: Actor, kind: type[FactT], fact_id: UUID, *, end: date, at: datetime) -> FactT:
    """``end`` is the first day the fact is no longer true.

    Raises ``FactNotFound``, ``FactHasEnded`` or ``FactEndsBeforeStart``.
    """
    may_record_facts(actor)
    with transaction.atomic():
        fact = believed(actor, kind, fact_id)
        if fact.start and end <= fact.start:
            raise FactEndsBeforeStart(fact_id)
        row = kind._default_manager.filter(realm=actor.realm_id, pk=fact_id, voided_at=None)
        if row.filter(end=None).update(end=end) != 1:
            raise FactHasEnded(fact_id)
        fact.end = end
        move_directory(fact)
        end_logins_of_holder(fact)
        write_leaf(actor, "fact.ended", fact, at)
    return fact


def void_fact(
    actor: Actor, kind: type[FactT], fact_id: UUID, *, reason: str, at: datetime
) -> FactT:
    """It was never so. The row stays, so that what was believed can still be asked."""
    may_record_facts(actor)
    with transaction.atomic():
        fact = void(actor, kind, fact_id, at)
        move_directory(fact)
        end_logins_of_holder(fact)
        write_leaf(actor, "fact.voided", fact, at, reason=reason)
    return fact


def correct_fact(actor: Actor, wrong_id: UUID, right: FactT, *, reason: str, at: datetime) -> FactT:
    """Void the fact of that id and record ``right``, of the same kind, instead."""
    may_record_facts(actor)
    with transaction.atomic():
        void(actor, type(right), wrong_id, at)
        save_checked(actor, right, at)
        move_directory(right)
        write_leaf(actor, "fact.corrected", right, at, reason=reason, instead_of=str(wrong_id))
    return right


def believed(actor: Actor, kind: type[FactT], fact_id: UUID) -> FactT:
    if kind not in SAME_THING:  # what is entrusted has verbs of its own
        raise FactNotFound(fact_id)
    rows = kind._default_manager.filter(realm=actor.realm_id, pk=fact_id, voided_at=None)
    fact = rows.first()
    if fact is None:
        raise FactNotFound(fact_id)
    return fact


def void(actor: Actor, kind: type[FactT], fact_id: UUID, at: datetime) -> FactT:
    fact = believed(actor, kind, fact_id)
    rows = kind._default_manager.filter(realm=actor.realm_id, pk=fact_id, voided_at=None)
    if rows.update(voided_at=at) != 1:
        raise FactNotFound(fact_id)
    fact.voided_at = at
    return fact


def save_checked(actor: Actor, fact: Fact, at: datetime) -> None:
    if type(fact) not in SAME_THING:
        raise FactNotFound(type(fact).__name__)
    if is_blank(fact.source):
        raise FactWithoutSource(type(fact).__name__)
    fact.realm_id = actor.realm_id
    fact.recorded_at = at
    if fact.start and fact.end and fact.end <= fact.start:
        raise FactEndsBeforeStart(type(fact).__name__)
    if not names_only_own(fact):
        raise FactOfAnotherRealm(type(fact).__name__)
    if same_thing_on_some_day(fact).exists():
        raise FactOverlaps(type(fact).__name__)
    fact.save(force_insert=True)


def names_only_own(fact: Fact) -> bool:
    for column in fact._meta.concrete_fields:
        target = getattr(fact, column.attname)
        if isinstance(column, models.ForeignKey) and column.name != "realm" and target:
            rows = column.related_model._default_manager.filter(realm=fact.realm_id, pk=target)
            if not rows.exists():
                return False
    return True


def same_thing_on_some_day(fact: Fact) -> models.QuerySet[Fact]:
    kind = type(fact)
    same = {name: getattr(fact, name) for name in SAME_THING[kind]}
    days = Q()
    if fact.start:
        days &= Q(end=None) | Q(end__gt=fact.start)
    if fact.end:
        days &= Q(start=None) | Q(start__lt=fact.end)
    return kind._default_manager.filter(days, realm=fact.realm_id, voided_at=None, **same)


def move_directory(fact: Fact) -> None:
    """Only posts and units stand in the directory; with 50,000 people reloading it takes time."""
    if isinstance(fact, Tenure | UnitSpell):
        raise_directory_version(fact.realm_id)


def end_logins_of_holder(fact: Fact) -> None:
    if isinstance(fact, Tenure):
        end_logins(fact.realm_id, [fact.person_id])


def write_leaf(actor: Actor, event: str, fact: Fact, at: datetime, **more: str) -> None:
    person_id = getattr(fact, "person_id", None)
    audit.record(
        event,
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind=fact._meta.model_name or "fact",
        subject_id=fact.pk,
        detail={
            "person": str(person_id) if person_id else None,
            "start": fact.start.isoformat() if fact.start else None,
            "end": fact.end.isoformat() if fact.end else None,
            **more,
        },
        at=at,
    )
