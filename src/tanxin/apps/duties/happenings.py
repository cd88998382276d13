"""The register of events: what is announced or has happened, and which talks it asks for.

Meetings and the like are everybody's to know. What is about a person, or marked as sensitive, is
for organisers alone; from whom the person is kept, the event is kept as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.org.intake.events import SENSITIVE
from tanxin.apps.org.models import Event, Person, Team, Unit
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.org.services.events import record_event
from tanxin.apps.org.services.facts import FactOfAnotherRealm
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.access import Actor, Permission, RowForbidden, RowNotFound, decide
from tanxin.core.calendar import WorkCalendar, deadline_after, deadline_before
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import Rule, rule_from_data
from tanxin.core.policy.distance import offset_on
from tanxin.core.policy.schema import AfterEvent, BeforeEvent, EachPeriod, Title
from tanxin.core.policy.words import EVENTS

EventRow: TypeAlias = Event
MOST_MOVED = 50
RowT = TypeVar("RowT", Person, Unit, Team)


class EventNotFound(RowNotFound):
    pass


class EventForbidden(RowForbidden):
    """Only organisers register, move and call off."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of events of the rules in force; ``own`` are the packs' own words for some.

    ``asked`` are those that a rule answers to, the others change nothing.
    """

    codes: tuple[str, ...]
    own: Mapping[str, Title]
    asked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Moved:
    """An open duty whose last day another day of its event would move."""

    duty: Duty
    due: date


def kinds_of_events(realm_id: UUID) -> Kinds:
    packs = adopted_packs(realm_id)
    worded = [pack.own for pack in packs if pack.own is not None]
    own = {code: title for words in worded for code, title in words.events.items()}
    times = [rule.terms.time for pack in packs for rule in pack.rules if rule.terms is not None]
    asked = {
        *(kind for time in times for kind in getattr(time, "events", ())),
        *(kind for time in times for kind in getattr(time, "before", ())),
    }
    return Kinds((*EVENTS, *own), own, frozenset(asked))


def is_sensitive_kind(kind: str) -> bool:
    """What is sensitive by what it is, whatever somebody ticks."""
    return kind in SENSITIVE or kind == "request"


def may_register(actor: Actor) -> bool:
    return decide(Permission.ORG_EDIT, actor.standing).allowed


def visible_events(actor: Actor) -> QuerySet[Event]:
    rows = Event.objects.filter(realm=actor.realm_id, voided_at=None)
    if may_register(actor):
        return rows.filter(not_kept_from(actor, "pk", "person"))
    if not decide(Permission.ORG_VIEW, actor.standing).allowed:
        return rows.none()
    return rows.filter(sensitive=False, person=None)


def event_for(actor: Actor, event_id: UUID) -> Event:
    """Raises ``EventNotFound``."""
    found = visible_events(actor).filter(pk=event_id).select_related("team").first()
    if found is None:
        raise EventNotFound(event_id)
    return found


def event_to_change(actor: Actor, event_id: UUID) -> Event:
    """Raises ``EventNotFound`` or ``EventForbidden``."""
    event = event_for(actor, event_id)
    if not may_register(actor):
        raise EventForbidden(event_id)
    return event


def touched_by(event: Event) -> list[str]:
    """The person, unit and team whose duties an event may change."""
    about = [event.person_id, event.unit_id, event.team_id]
    if event.team_id is not None:
        unit = Team.objects.filter(realm=event.realm_id, pk=event.team_id).values_list("unit")
        about += [row[0] for row in unit]
    return [str(each) for each in about if each is not None]


def counts_of(realm_id: UUID, event_ids: list[UUID]) -> dict[UUID, int]:
    """Event → how many talks it asks for; of whom is not said."""
    rows = Duty.objects.filter(realm=realm_id, event__in=event_ids)
    counted = rows.exclude(state=DutyState.WITHDRAWN).order_by().values("event")
    return dict(counted.annotate(n=Count("pk")).values_list("event", "n"))


def moved_deadlines(event: Event, on: date) -> list[Moved]:
    """Which open duties of the event would be due on another day, the earliest first."""
    at = [each for each in (event.unit_id, event.team_id) if each is not None]
    rows = Duty.objects.filter(
        Q(event=event.pk) | Q(event=None, via__in=at), realm=event.realm_id, state=DutyState.OPEN
    )
    calendar = work_calendar(event.realm_id)
    moved = []
    for duty in rows.select_related("rule").order_by("due", "pk"):
        rule = rule_from_data(duty.rule.text)
        before, after = (last_day(rule, event.kind, day, calendar) for day in (event.on, on))
        mine = duty.event_id is not None or before == duty.due
        if mine and after is not None and after != duty.due:
            moved.append(Moved(duty, after))
    return moved[:MOST_MOVED]


def last_day(rule: Rule, kind: str, on: date, calendar: WorkCalendar) -> date | None:
    """When a talk of the rule is due for an event of the kind; none where it asks for none."""
    time = rule.terms.time if rule.terms else None
    if isinstance(time, BeforeEvent) and kind in time.events:
        return deadline_before(on, offset_on(time.by, on), calendar)
    if isinstance(time, AfterEvent) and kind in time.events:
        return deadline_after(on, offset_on(time.within, on), calendar)
    if isinstance(time, EachPeriod) and time.by and kind in time.before:
        return deadline_before(on, offset_on(time.by, on), calendar)
    return None


Place = tuple[UUID, str]
MOST_PLACES = 400


def places_to_choose(actor: Actor, *, on: date) -> tuple[list[Place], list[Place]]:
    """Units of the day from the top down, and teams."""
    tree = unit_tree(actor.realm_id, on)
    units = [(node.id, node.name) for node in list(tree.nodes.values())[:MOST_PLACES]]
    teams = Team.objects.filter(realm=actor.realm_id).order_by("unit__code", "name", "pk")
    return units, list(teams.values_list("pk", "name")[:MOST_PLACES])


def register(
    actor: Actor,
    *,
    kind: str,
    on: date,
    source: str,
    sensitive: bool,
    at: datetime,
    person_id: UUID | None = None,
    unit_id: UUID | None = None,
    team_id: UUID | None = None,
) -> Event:
    """By hand. Raises ``FactsForbidden`` or ``FactOfAnotherRealm``."""
    event = Event(
        kind=kind,
        on=on,
        source=source.strip(),
        sensitive=sensitive or is_sensitive_kind(kind),
        person=found(Person, actor, person_id),
        unit=found(Unit, actor, unit_id),
        team=found(Team, actor, team_id),
    )
    return record_event(actor, event, at=at)


def found(table: type[RowT], actor: Actor, key: UUID | None) -> RowT | None:
    if key is None:
        return None
    row = table._default_manager.filter(realm=actor.realm_id, pk=key).first()
    if row is None:
        raise FactOfAnotherRealm(table.__name__)
    return row
