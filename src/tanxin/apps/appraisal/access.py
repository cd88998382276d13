"""The only doors to schemes and yearly results.

A scheme is declared: everybody reads it. A unit's result is for those who lead it, or a unit above
it, who are in charge of it, and for those who supervise or organise.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.appraisal.models import Appeal, SchemeVersion, UnitResult, YearTaken
from tanxin.apps.duties.access import units_below
from tanxin.apps.org.access import relations_to_unit
from tanxin.apps.org.selectors import is_subordinate, units_led
from tanxin.apps.org.selectors.leading import chief_of_unit
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class SchemeNotFound(RowNotFound):
    pass


class SchemeForbidden(RowForbidden):
    pass


class ResultNotFound(RowNotFound):
    pass


class ResultForbidden(RowForbidden):
    pass


class AppealNotFound(RowNotFound):
    pass


class AppealForbidden(RowForbidden):
    pass


class OpinionForbidden(RowForbidden):
    """Only who organises enters what others said to him."""


def scheme_for(actor: Actor, scheme_id: UUID, permission: Permission, *, on: date) -> SchemeVersion:
    """Raises ``SchemeNotFound`` or ``SchemeForbidden``. What is in force is for every member."""
    row = SchemeVersion.objects.filter(realm=actor.realm_id, pk=scheme_id).first()
    if row is None or not decide(Permission.SCHEME_VIEW, actor.standing).allowed:
        raise SchemeNotFound(scheme_id)
    drafts = decide(Permission.SCHEME_DRAFT, actor.standing).allowed
    decides = decide(Permission.SCHEME_PUBLISH, actor.standing).allowed
    if row.state != "published" and not (drafts or decides):
        raise SchemeNotFound(scheme_id)
    if not decide(permission, actor.standing).allowed:
        raise SchemeForbidden(scheme_id)
    if permission is Permission.SCHEME_PUBLISH and not is_free(actor, [row.written_by_id], on):
        raise SchemeForbidden(scheme_id)
    return row


def visible_schemes(actor: Actor) -> QuerySet[SchemeVersion]:
    rows = SchemeVersion.objects.filter(realm=actor.realm_id).exclude(state="dropped")
    if not decide(Permission.SCHEME_VIEW, actor.standing).allowed:
        return rows.none()
    may = (Permission.SCHEME_DRAFT, Permission.SCHEME_PUBLISH)
    if not any(decide(one, actor.standing).allowed for one in may):
        rows = rows.filter(state="published")
    return rows.order_by("-first_year", "-number")


def is_free(actor: Actor, of: list[UUID], on: date) -> bool:
    """Neither one of them, nor led by one of them: free to say no."""
    if actor.person_id is None or actor.person_id in of:
        return False
    return not any(is_subordinate(actor.realm_id, actor.person_id, one, on) for one in of)


def relations_to(actor: Actor, result: UnitResult, *, on: date) -> frozenset[Relation]:
    """ASSESSED for who leads the unit now, or led it on the last day of the year."""
    relations = relations_to_unit(actor, result.unit_id, on)
    if actor.person_id is None:
        return relations
    leads = result.answers_id == actor.person_id or result.unit_id in units_led(
        actor.realm_id, actor.person_id, on
    )
    return relations | ({Relation.ASSESSED} if leads else set())


def result_for(actor: Actor, result_id: UUID, permission: Permission, *, on: date) -> UnitResult:
    """Raises ``ResultNotFound`` or ``ResultForbidden``."""
    row = (
        UnitResult.objects.filter(realm=actor.realm_id, pk=result_id)
        .select_related("taken__scheme")
        .first()
    )
    if row is None:
        raise ResultNotFound(result_id)
    relations = relations_to(actor, row, on=on)
    if not decide(Permission.RESULT_VIEW, relations).allowed:
        raise ResultNotFound(result_id)
    if not decide(permission, relations).allowed:
        raise ResultForbidden(result_id)
    return row


def visible_results(actor: Actor, *, on: date) -> QuerySet[UnitResult]:
    """The results for which ``result_for`` lets the actor look, in the organisation's order."""
    rows = UnitResult.objects.filter(realm=actor.realm_id).order_by("place", "pk")
    if decide(Permission.RESULT_VIEW, actor.standing).allowed:
        return rows
    if actor.person_id is None:
        return rows.none()
    return rows.filter(Q(unit__in=units_below(actor, on)) | Q(answers=actor.person_id))


def years_for(actor: Actor, *, on: date) -> QuerySet[YearTaken]:
    """The years of which the actor sees a result, the latest first."""
    seen = visible_results(actor, on=on).order_by().values("taken")
    rows = YearTaken.objects.filter(realm=actor.realm_id, pk__in=seen)
    return rows.select_related("scheme").order_by("-year")


def year_for(actor: Actor, year: int, permission: Permission, *, on: date) -> YearTaken:
    """Raises ``ResultNotFound`` or ``ResultForbidden``."""
    row = years_for(actor, on=on).filter(year=year).first()
    if row is None:
        raise ResultNotFound(year)
    if not decide(permission, actor.standing).allowed:
        raise ResultForbidden(year)
    return row


def appeal_for(actor: Actor, appeal_id: UUID, permission: Permission, *, on: date) -> Appeal:
    """Raises ``AppealNotFound`` or ``AppealForbidden``; who decides is free of all who had a hand.

    That is: neither froze the result, nor wrote the scheme, nor appeals, nor leads the unit, nor
    works under one of them.
    """
    row = (
        Appeal.objects.filter(realm=actor.realm_id, pk=appeal_id)
        .select_related("result__taken__scheme")
        .first()
    )
    if row is None:
        raise AppealNotFound(appeal_id)
    relations = relations_to(actor, row.result, on=on)
    if not decide(Permission.RESULT_VIEW, relations).allowed:
        raise AppealNotFound(appeal_id)
    if not decide(permission, relations).allowed:
        raise AppealForbidden(appeal_id)
    if permission is Permission.APPEAL_DECIDE and not is_free(actor, with_a_hand(row, on), on):
        raise AppealForbidden(appeal_id)
    return row


def with_a_hand(appeal: Appeal, on: date) -> list[UUID]:
    """Also who leads the unit by now, whoever led it on the last day of the year."""
    taken, result = appeal.result.taken, appeal.result
    people = [
        appeal.frozen_by_id, taken.scheme.written_by_id, appeal.author_id, result.answers_id,
        chief_of_unit(result.realm_id, result.unit_id, on),
    ]  # fmt: skip
    return [one for one in dict.fromkeys(people) if one is not None]


def may_decide(actor: Actor, appeal: Appeal, *, on: date) -> bool:
    allowed = decide(Permission.APPEAL_DECIDE, actor.standing).allowed
    return allowed and not appeal.verdict and is_free(actor, with_a_hand(appeal, on), on)


def may_enter_opinions(actor: Actor) -> None:
    """Raises ``OpinionForbidden``."""
    if actor.person_id is None or not decide(Permission.OPINION_ENTER, actor.standing).allowed:
        raise OpinionForbidden(Permission.OPINION_ENTER)
