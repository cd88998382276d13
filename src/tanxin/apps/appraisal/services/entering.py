from dataclasses import dataclass
from datetime import date, datetime
from json import dumps
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.appraisal.access import OpinionForbidden, may_enter_opinions
from tanxin.apps.appraisal.collecting import OPINION
from tanxin.apps.appraisal.models import Opinion, YearTaken
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import (
    EntersForOwnUnit,
    SaidAlready,
    SaidInTheFuture,
    SpeaksForHimself,
    YearIsFrozen,
)
from tanxin.apps.org.access import person_for, unit_for
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Membership, PersonState
from tanxin.apps.org.selectors import units_in_charge, units_led
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission
from tanxin.core.echoes import EchoAnswer


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said of a unit's year, and how it came to who enters it."""

    unit_id: UUID
    person_id: UUID
    answer: EchoAnswer
    words: str
    way: str
    said_on: date
    present: UUID | None = None


def enter_opinion(actor: Actor, told: Told, *, today: date, at: datetime) -> Opinion:
    """For somebody retired, or without an account. It counts with four others or more.

    Raises ``OpinionForbidden``, ``SpeaksForHimself``, ``EntersForOwnUnit``, ``SaidInTheFuture``,
    ``SaidAlready``, ``YearIsFrozen``, ``PersonNotFound`` or ``UnitNotFound``.
    """
    may_enter_opinions(actor)
    by = actor.person_id
    if by is None:
        raise OpinionForbidden(Permission.OPINION_ENTER)
    for person in filter(None, (told.person_id, told.present)):
        person_for(actor, person, Permission.ORG_VIEW)
    unit_for(actor, told.unit_id, Permission.ORG_VIEW, on=today)
    refuse_entering(actor.realm_id, by, told, today)
    pk = uuid4()
    text = dumps({"answer": told.answer.value, "words": told.words.strip()}, ensure_ascii=False)
    sealed = pii.seal_pii(actor.realm_id, pk, OPINION, text)
    row = Opinion(
        pk=pk, realm_id=actor.realm_id, year=told.said_on.year, unit_id=told.unit_id,
        person_id=told.person_id, said_sealed=sealed, way=told.way, said_on=told.said_on,
        present_id=told.present, entered_by_id=by, entered_at=at,
    )  # fmt: skip
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise SaidAlready(told.person_id) from None
        log("opinion.entered", actor, "opinion", row.pk, at, year=row.year, way=row.way)
    return row


def refuse_entering(realm_id: UUID, by: UUID, told: Told, today: date) -> None:
    if told.said_on > today:
        raise SaidInTheFuture(told.said_on)
    frozen = YearTaken.objects.filter(realm=realm_id, year=told.said_on.year, state="frozen")
    if frozen.exists():
        raise YearIsFrozen(told.said_on.year)
    own = units_led(realm_id, by, today) | units_in_charge(realm_id, by, today)
    if told.unit_id in own or told.person_id == by:
        raise EntersForOwnUnit(told.unit_id)
    if not needs_another(realm_id, told.person_id, today):
        raise SpeaksForHimself(told.person_id)


def needs_another(realm_id: UUID, person_id: UUID, on: date) -> bool:
    """Retired, or without an account."""
    accounts = Membership.objects.filter(realm=realm_id, person=person_id)
    retired = PersonState.objects.filter(
        on_day(on), realm=realm_id, person=person_id, kind="retired"
    )
    return not accounts.exists() or retired.exists()
