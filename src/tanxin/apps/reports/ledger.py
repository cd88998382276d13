"""The rows of a ledger: those of the lists that its asker may open, and no text."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.access import own as own_duty
from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.reading.states import DutyRow, is_near
from tanxin.apps.issues.access import helped, led, own_issues, visible_issues
from tanxin.apps.issues.selectors import IssueRow, dues_of, extensions_of, owners_of, watches
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.org.selectors.people import main_units
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.reports.models import Export
from tanxin.apps.talks.access import own_talks, visible_requests, visible_talks
from tanxin.apps.talks.selectors import RequestRow, TalkRow
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState


@dataclass(frozen=True, slots=True)
class Scope:
    """``people`` are those of the unit and all under it, None for everybody of the realm.

    Without a ``unit_id`` it is what the actor is a side of.
    """

    unit_id: UUID | None
    units: frozenset[UUID]
    people: frozenset[UUID] | None
    first: date
    last: date


@dataclass(slots=True)
class Ledger:
    """``own`` are the issues in which the actor has a part: of others he sees the course only."""

    talks: list[TalkRow] = field(default_factory=list)
    duties: list[DutyRow] = field(default_factory=list)
    requests: list[RequestRow] = field(default_factory=list)
    issues: list[IssueRow] = field(default_factory=list)
    own: frozenset[UUID] = frozenset()
    dues: dict[UUID, date] = field(default_factory=dict)
    owners: dict[UUID, UUID] = field(default_factory=dict)
    extended: dict[UUID, int] = field(default_factory=dict)


def scope_for(actor: Actor, unit_id: UUID | None, first: date, last: date, *, on: date) -> Scope:
    """Whose unit it may be asks the caller's door."""
    if unit_id is None:
        return Scope(None, frozenset(), None, first, last)
    tree = unit_tree(actor.realm_id, on)
    units = frozenset(node.id for node in tree.below(unit_id))
    people = None
    if len(units) < len(tree):
        homes = main_units(actor.realm_id, on)
        people = frozenset(person for person, home in homes.items() if home in units)
    return Scope(unit_id, units, people, first, last)


def moments(realm_id: UUID, first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the first after the last."""
    zone = zone_of(realm_id)
    after = last + timedelta(days=1)
    return datetime.combine(first, time(), zone), datetime.combine(after, time(), zone)


def talks_in(actor: Actor, scope: Scope) -> QuerySet[TalkRow]:
    """Held in the period, or planned for it and not held; with one of the unit on either side."""
    start, after = moments(actor.realm_id, scope.first, scope.last)
    within = Q(held_at__gte=start, held_at__lt=after)
    within |= Q(held_at=None, planned_for__gte=start, planned_for__lt=after)
    rows = own_talks(actor) if scope.unit_id is None else visible_talks(actor)
    if scope.people is not None:
        rows = rows.filter(Q(initiator__in=scope.people) | Q(subject__in=scope.people))
    return rows.filter(within).order_by("planned_for", "pk")


def duties_in(actor: Actor, scope: Scope, *, on: date) -> QuerySet[DutyRow]:
    """Whose last day is in the period."""
    rows = visible_duties(actor, on=on).filter(
        is_near(on), due__gte=scope.first, due__lte=scope.last
    )
    rows = rows.exclude(state=DutyState.WITHDRAWN)
    rows = rows.filter(own_duty(actor) if scope.unit_id is None else Q(unit__in=scope.units))
    return rows.select_related("rule").order_by("due", "pk")


def requests_in(actor: Actor, scope: Scope) -> QuerySet[RequestRow]:
    """Those that the actor asked or was asked: nobody else has a door to requests."""
    start, after = moments(actor.realm_id, scope.first, scope.last)
    rows = visible_requests(actor).filter(asked_at__gte=start, asked_at__lt=after)
    return rows.order_by("asked_at", "pk")


def issues_in(actor: Actor, scope: Scope) -> QuerySet[IssueRow]:
    """Raised in the period; where he only solves or verifies, wanted in it.

    Neither the period nor the order tells such a one when, and so in which talk, it came up.
    """
    start, after = moments(actor.realm_id, scope.first, scope.last)
    rows = own_issues(actor) if scope.unit_id is None else visible_issues(actor)
    if scope.people is not None:
        rows = rows.filter(Q(led_by__in=scope.people) | Q(unit__in=scope.units))
    within = Q(raised_at__gte=start, raised_at__lt=after)
    if scope.unit_id is None or not watches(actor):
        within &= led(actor) | Q(talk__subject=actor.person_id)
        within |= helped(actor) & Q(wanted_on__gte=scope.first, wanted_on__lte=scope.last)
    return rows.filter(within).select_related("talk").order_by("pk")


def ledger_of(actor: Actor, export: Export, *, on: date) -> Ledger:
    """What the actor may see of it today."""
    scope = scope_for(actor, export.unit_id, export.first, export.last, on=on)
    wanted, found = export.sheets.split(), Ledger()
    if "talks" in wanted:
        found.talks = list(talks_in(actor, scope))
    if "duties" in wanted:
        found.duties = list(duties_in(actor, scope, on=on))
    if "requests" in wanted:
        found.requests = list(requests_in(actor, scope))
    if "issues" in wanted:
        found.issues = list(issues_in(actor, scope))
        found.own = frozenset(own_issues(actor).values_list("pk", flat=True))
        found.dues = dues_of(actor.realm_id, found.issues)
        found.owners = owners_of(actor.realm_id, found.issues)
        found.extended = extensions_of(actor.realm_id, found.issues)
    return found
