"""Proposing, approving and ending an inspection, and the facts its team sees first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tanxin.apps.archive.content import ContentRequest
from tanxin.apps.audit import services as audit
from tanxin.apps.issues.models import Issue
from tanxin.apps.org.access import person_for
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.services.roles import end_holding, lend_role
from tanxin.apps.oversight.inspections import Inspection, InspectionMember
from tanxin.apps.oversight.refusals import (
    DecidedAlready,
    MemberWithoutAccount,
    NobodyInspects,
    TooLong,
)
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import visible_talks
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, Relation, Role, RowForbidden, RowNotFound, decide
from tanxin.core.lifecycle import TalkState

InspectionRow: TypeAlias = Inspection
MOST_DAYS = timedelta(days=31)
ONE_DAY = timedelta(days=1)


class InspectionNotFound(RowNotFound):
    pass


class InspectionForbidden(RowForbidden):
    pass


@dataclass(frozen=True, slots=True)
class Team:
    name: str
    first: date
    last: date
    since: date
    until: date
    members: tuple[UUID, ...]


def visible_inspections(actor: Actor, *, on: date) -> QuerySet[Inspection]:
    """All for a supervisor and who gives roles; for a member his own, while it lasts."""
    rows = Inspection.objects.filter(realm=actor.realm_id)
    if actor.person_id is None:
        return rows.none()
    if actor.standing & {Relation.SUPERVISOR, Relation.SECURITY_ADMIN}:
        return rows
    if Role.INSPECTOR not in actor.roles:
        return rows.none()
    mine = InspectionMember.objects.filter(
        realm=actor.realm_id, inspection=OuterRef("pk"), person=actor.person_id
    )
    going_on = rows.filter(first__lte=on, last__gte=on, ended_at=None, approved_at__isnull=False)
    return going_on.filter(Exists(mine))


def inspections_to_decide(actor: Actor) -> list[Inspection]:
    """What waits for the approval of the actor, who neither proposed it nor belongs to it."""
    if not decide(Permission.INSPECTION_APPROVE, actor.standing).allowed:
        return []
    rows = Inspection.objects.filter(realm=actor.realm_id, approved_at=None, refused_at=None)
    mine = InspectionMember.objects.filter(
        realm=actor.realm_id, inspection=OuterRef("pk"), person=actor.person_id
    )
    others = rows.exclude(proposed_by=actor.person_id).exclude(Exists(mine))
    return list(others.order_by("proposed_at", "pk"))


def inspection_for(
    actor: Actor, inspection_id: UUID, permission: Permission, *, on: date
) -> Inspection:
    """Raises ``InspectionNotFound`` or ``InspectionForbidden``."""
    found = visible_inspections(actor, on=on).filter(pk=inspection_id).first()
    if found is None:
        raise InspectionNotFound(inspection_id)
    if not decide(permission, actor.standing).allowed:
        raise InspectionForbidden(inspection_id)
    return found


def propose_inspection(actor: Actor, team: Team, *, at: datetime) -> Inspection:
    """A supervisor names who shall look, at what, and until when.

    Raises ``InspectionForbidden``, ``TooLong``, ``NobodyInspects``, ``MemberWithoutAccount``.
    """
    if actor.person_id is None or not decide(Permission.INSPECTION_PROPOSE, actor.standing).allowed:
        raise InspectionForbidden(Permission.INSPECTION_PROPOSE)
    if team.last - team.first > MOST_DAYS:
        raise TooLong(MOST_DAYS.days)
    members = list(dict.fromkeys(team.members))
    if not members:
        raise NobodyInspects
    for member in members:
        person_for(actor, member, Permission.ORG_VIEW)
        if not has_account(actor.realm_id, member):
            raise MemberWithoutAccount(member)
    with transaction.atomic():
        made = Inspection.objects.create(
            realm_id=actor.realm_id, name=team.name.strip(), first=team.first, last=team.last,
            since=team.since, until=team.until, proposed_by_id=actor.person_id, proposed_at=at,
        )  # fmt: skip
        InspectionMember.objects.bulk_create(
            InspectionMember(realm_id=actor.realm_id, inspection=made, person_id=member)
            for member in members
        )
        log(actor, "inspection.proposed", made, at)
    return made


def approve_inspection(actor: Actor, inspection_id: UUID, *, at: datetime) -> Inspection:
    """Each member who does not supervise inspects from its first day to its last.

    Raises ``DecidedAlready``, ``InspectionForbidden`` for who proposed it or is a member,
    ``RoleIsHeld`` where somebody inspects elsewhere on one of these days, as ``inspection_for``.
    """
    on = at.astimezone(zone_of(actor.realm_id)).date()
    row = inspection_for(actor, inspection_id, Permission.INSPECTION_APPROVE, on=on)
    members = members_of(row)
    if actor.person_id in {row.proposed_by_id, *members}:
        raise InspectionForbidden(inspection_id)
    supervise = holders_of(actor.realm_id, frozenset({Role.SUPERVISOR}), on)
    with transaction.atomic():
        decide_once(row, approved_by=actor.person_id, approved_at=at)
        for member in members:
            if member not in supervise:
                lend_role(
                    actor, member, Role.INSPECTOR, start=row.first, end=row.last + ONE_DAY,
                    looks=(row.since, row.until + ONE_DAY), source=row.name, at=at,
                )  # fmt: skip
        log(actor, "inspection.approved", row, at)
    return row


def refuse_inspection(actor: Actor, inspection_id: UUID, *, at: datetime) -> Inspection:
    """Raises ``DecidedAlready`` and as ``inspection_for``."""
    on = at.astimezone(zone_of(actor.realm_id)).date()
    row = inspection_for(actor, inspection_id, Permission.INSPECTION_APPROVE, on=on)
    with transaction.atomic():
        decide_once(row, refused_at=at)
        log(actor, "inspection.refused", row, at)
    return row


def end_inspection(actor: Actor, inspection_id: UUID, *, at: datetime) -> Inspection:
    """Before its last day, by a supervisor; what was lent to its members ends with it.

    Raises ``DecidedAlready`` and as ``inspection_for``.
    """
    on = at.astimezone(zone_of(actor.realm_id)).date()
    row = inspection_for(actor, inspection_id, Permission.INSPECTION_PROPOSE, on=on)
    with transaction.atomic():
        rows = Inspection.objects.filter(realm=row.realm_id, pk=row.pk, ended_at=None, last__gte=on)
        if rows.exclude(approved_at=None).update(ended_at=at) != 1:
            raise DecidedAlready(inspection_id)
        for member in members_of(row):
            end_holding(row.realm_id, member, Role.INSPECTOR, on, begun_on=row.first)
        log(actor, "inspection.ended", row, at)
    row.refresh_from_db()
    return row


def decide_once(row: Inspection, **changes: object) -> None:
    rows = Inspection.objects.filter(realm=row.realm_id, pk=row.pk, approved_at=None)
    if rows.filter(refused_at=None).update(**changes) != 1:
        raise DecidedAlready(row.pk)
    row.refresh_from_db()


def members_of(row: Inspection) -> list[UUID]:
    rows = InspectionMember.objects.filter(realm=row.realm_id, inspection=row.pk)
    return list(rows.order_by("pk").values_list("person", flat=True))


def talks_looked_at(actor: Actor, row: Inspection) -> QuerySet[Talk]:
    """The course of the talks of its days, none of which is kept from the actor."""
    zone = zone_of(row.realm_id)
    begin = datetime(row.since.year, row.since.month, row.since.day, tzinfo=zone)
    end = datetime(row.until.year, row.until.month, row.until.day, tzinfo=zone) + ONE_DAY
    return visible_talks(actor).filter(held_at__gte=begin, held_at__lt=end)


def figures(actor: Actor, row: Inspection) -> Mapping[str, int]:
    """How it went, in numbers and without a word; of what is kept from the actor nothing."""
    talks = talks_looked_at(actor, row)
    found: dict[str, int] = talks.order_by().aggregate(
        talks=Count("pk"),
        unwritten=Count("pk", filter=Q(entered_at=None)),
        late=Count("pk", filter=Q(late__isnull=False)),
        unconfirmed=Count("pk", filter=Q(state=TalkState.UNCONFIRMED.value)),
        waiting=Count("pk", filter=Q(state=TalkState.RECORDED.value)),
        disputed=Count("pk", filter=Q(state=TalkState.DISPUTED.value)),
        confirmed=Count("pk", filter=Q(state=TalkState.CONFIRMED.value)),
    )
    issues = Issue.objects.filter(
        not_kept_from(actor, "pk", "talk", "talk__subject"),
        realm=row.realm_id,
        talk__in=talks.order_by().values("pk"),
    )
    return found | issues.aggregate(
        issues=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )


def asked_to_read(row: Inspection, members: Iterable[UUID]) -> int:
    """How many texts its team asked for since it began, let or not."""
    asked = ContentRequest.objects.filter(realm=row.realm_id, asker__in=list(members))
    return asked.filter(asked_at__gte=row.approved_at).count() if row.approved_at else 0


def state_of(row: Inspection, *, on: date) -> str:
    """One of ``proposed``, ``refused``, ``to_come``, ``going_on`` and ``over``."""
    if row.approved_at is None:
        return "refused" if row.refused_at else "proposed"
    if row.ended_at or on > row.last:
        return "over"
    return "to_come" if on < row.first else "going_on"


def log(actor: Actor, event: str, row: Inspection, at: datetime) -> None:
    audit.record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="inspection",
        subject_id=row.pk, at=at,
    )  # fmt: skip
