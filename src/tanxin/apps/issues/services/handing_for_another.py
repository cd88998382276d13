"""Open work of somebody who has gone: an organiser names a successor, who heads the unit approves.

What the one who went led, owned or verified moves; no text does, for nobody is there to pass it on.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.access import not_kept
from tanxin.apps.issues.handing import Handover
from tanxin.apps.issues.looking_models import Inquiry
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.services.handing_over import (
    PLANNED,
    HandoverNotFound,
    HandoverToOneself,
    Line,
    NotSignedYet,
    being_solved,
    handovers,
    items_to_move,
    lines_of,
    make_list,
    move,
    open_looks,
    open_work,
    unsettled,
)
from tanxin.apps.org.access import person_for
from tanxin.apps.org.actors import standing_of
from tanxin.apps.org.former import has_left_something
from tanxin.apps.org.models import BranchMember, Charge, Person, Seat, Tenure
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.leading import chiefs_of_units, in_charge_of
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.talks.access import visible_talks
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, RowForbidden, decide

MOST_PEOPLE = 100


class WatchingForbidden(RowForbidden):
    """Only an organiser sees what waits for nobody."""


class NothingIsOpen(Exception):
    """Nothing of this person waits for somebody else."""


def may_watch(actor: Actor) -> None:
    """Raise ``WatchingForbidden`` unless the actor names successors for others."""
    if not decide(Permission.HANDOVER_WATCH, actor.standing).allowed:
        raise WatchingForbidden(Permission.HANDOVER_WATCH)


def waiting_for_nobody(actor: Actor, *, on: date) -> dict[UUID, list[Line]]:
    """By person who has gone: what he has left open, as far as the actor may know of it."""
    may_watch(actor)
    found = {person: left_open(actor, person, on=on) for person in people_who_may_have(actor, on)}
    return {person: lines for person, lines in found.items() if lines}


def people_who_may_have(actor: Actor, on: date) -> list[UUID]:
    """Those with open work who have left the organisation, or at least something in it."""
    realm = actor.realm_id
    with_work = planned(realm).values_list("initiator", flat=True)
    leading = unsettled(realm).values_list("led_by", flat=True)
    have = {*with_work, *leading}
    for parts in (open_parts(realm), open_inquiries(realm), open_looks(realm)):
        have.update(parts.values_list("person", flat=True))
    left = Person.objects.filter(realm=realm, left_on__lte=on).values_list("pk", flat=True)
    ended = set(left)
    for table in (Tenure, Seat, Charge, BranchMember):
        rows = table._default_manager.filter(realm=realm, voided_at=None, end__lte=on)
        ended.update(rows.values_list("person", flat=True))
    return sorted(have & ended)[:MOST_PEOPLE]


def left_open(actor: Actor, person_id: UUID, *, on: date) -> list[Line]:
    """What nobody can finish, because its ground has ended for the one whose it is."""
    gone = Person.objects.filter(realm=actor.realm_id, pk=person_id, left_on__lte=on).exists()
    who = standing_of(actor.realm_id, person_id, on=on)
    if not gone and not has_left_something(who):
        return []
    still = set() if gone else set(open_work(who))
    return [line for line in work_of(actor, person_id) if line not in still]


def work_of(actor: Actor, person_id: UUID) -> Iterator[Line]:
    """As ``open_work`` of that person, whatever has ended; nothing that is kept from the actor."""
    realm = actor.realm_id
    known = visible_talks(actor).values("pk")
    talks = planned(realm).filter(initiator=person_id, pk__in=known).order_by("planned_for")
    yield from (Line("talk", pk) for pk in talks.values_list("pk", flat=True))
    issues = unsettled(realm).filter(not_kept(actor))
    led = issues.filter(led_by=person_id).order_by("raised_at")
    yield from (Line("issue", pk) for pk in led.values_list("pk", flat=True))
    parts = open_parts(realm).filter(person=person_id).values("measure__issue")
    helped = issues.filter(pk__in=parts).order_by("wanted_on")
    yield from (Line("measure", pk) for pk in helped.values_list("pk", flat=True))
    known_issues = Issue.objects.filter(not_kept(actor), realm=realm).values("pk")
    for kind, rows in (("inquiry", open_inquiries(realm)), ("effect", open_looks(realm))):
        mine = rows.filter(person=person_id, issue__in=known_issues).order_by("since", "pk")
        yield from (Line(kind, pk) for pk in mine.values_list("issue", flat=True))


def planned(realm_id: UUID) -> QuerySet[Talk]:
    return Talk.objects.filter(realm=realm_id, state__in=PLANNED)


def open_parts(realm_id: UUID) -> QuerySet[MeasureRole]:
    rows = MeasureRole.objects.filter(realm=realm_id).exclude(verdict="solved")
    return rows.filter(measure__issue__in=being_solved(realm_id))


def open_inquiries(realm_id: UUID) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(realm=realm_id, ended_at=None)


def propose_successor(
    actor: Actor, giver: UUID, taker: UUID, *, on: date, at: datetime
) -> Handover:
    """List what somebody who has gone left open, for a successor.

    Raises ``WatchingForbidden``, ``HandoverToOneself``, ``NothingIsOpen``, ``HandoverIsOpen``, and
    as ``person_for``.
    """
    may_watch(actor)
    for one in (giver, taker):
        person_for(actor, one, Permission.ORG_VIEW)
    if giver == taker:
        raise HandoverToOneself
    lines = left_open(actor, giver, on=on)
    if not lines:
        raise NothingIsOpen(giver)
    return make_list(
        actor, lines, at=at, giver_id=giver, taker_id=taker, proposed_by_id=actor.person_id
    )


def who_may_approve(handover: Handover, *, on: date) -> frozenset[UUID]:
    """Who heads, or is in charge of, a unit of the one who went, or one above it.

    Where that is nobody but the three of the list: who sits in the leadership of such a unit.
    """
    realm = handover.realm_id
    units = Tenure.objects.filter(realm=realm, person=handover.giver_id, voided_at=None)
    tree = unit_tree(realm, on)
    above = {
        node.id for unit in units.values_list("post__unit", flat=True) for node in tree.above(unit)
    }
    heads = set(chiefs_of_units(realm, above, on).values())
    heads |= {one for people in in_charge_of(realm, above, on).values() for one in people}
    three = {handover.giver_id, handover.taker_id, handover.proposed_by_id}
    if not heads - three:
        today = (Q(start=None) | Q(start__lte=on)) & (Q(end=None) | Q(end__gt=on))
        seats = Seat.objects.filter(today, realm=realm, voided_at=None, team__unit__in=above)
        heads = set(seats.values_list("person", flat=True))
    return frozenset(heads - three - kept_from_somebody(handover))


def kept_from_somebody(handover: Handover) -> frozenset[UUID]:
    """Whoever is recused from a line of the list does not see how long it is."""
    rows = list(handover.items.filter(realm=handover.realm_id).values_list("row", flat=True))
    subjects = Talk.objects.filter(realm=handover.realm_id, pk__in=rows)
    issues = Issue.objects.filter(realm=handover.realm_id, pk__in=rows)
    about = {*rows, *subjects.values_list("subject", flat=True)}
    for talk, subject in issues.values_list("talk", "talk__subject"):
        about |= {talk, subject}
    return kept_from(handover.realm_id, about)


def may_approve(actor: Actor, handover: Handover, *, on: date) -> bool:
    waits = handover.proposed_by_id is not None and handover.done_at is None
    return waits and actor.person_id in who_may_approve(handover, on=on)


def handover_seen(actor: Actor, handover_id: UUID, *, on: date) -> Handover:
    """As ``handover_for``; also for organisers and who may approve it, where somebody has gone."""
    own = handovers(actor).filter(pk=handover_id).first()
    if own is not None:
        return own
    row = Handover.objects.filter(
        realm=actor.realm_id, pk=handover_id, proposed_by__isnull=False
    ).first()
    if row is None or not (watches(actor, row) or may_approve(actor, row, on=on)):
        raise HandoverNotFound(handover_id)
    return row


def watches(actor: Actor, handover: Handover) -> bool:
    may = decide(Permission.HANDOVER_WATCH, actor.standing).allowed
    return may and actor.person_id not in kept_from_somebody(handover)


def lists_for_others(actor: Actor) -> list[Handover]:
    """What organisers have proposed, the latest first."""
    may_watch(actor)
    rows = Handover.objects.filter(realm=actor.realm_id, proposed_by__isnull=False)
    return [row for row in rows.order_by("-made_at", "-pk")[:50] if watches(actor, row)]


def lists_to_approve(actor: Actor, *, on: date) -> list[Handover]:
    """What the successor has signed and the actor may approve."""
    rows = Handover.objects.filter(
        realm=actor.realm_id, proposed_by__isnull=False, taken_at__isnull=False, done_at=None
    )
    return [row for row in rows.order_by("made_at", "pk")[:50] if may_approve(actor, row, on=on)]


def approve_handover(actor: Actor, handover_id: UUID, *, on: date, at: datetime) -> Handover:
    """The last signature; what stands in the list moves, without its texts.

    Raises ``HandoverNotFound`` or ``NotSignedYet``.
    """
    handover = handover_seen(actor, handover_id, on=on)
    if not may_approve(actor, handover, on=on):
        raise HandoverNotFound(handover_id)
    if handover.taken_at is None:
        raise NotSignedYet
    move(actor, handover, items_to_move(handover, at), [], at=at, approved_by=actor.person_id)
    handover.refresh_from_db()
    return handover


def lines_seen(actor: Actor, handover: Handover) -> list[tuple[str, UUID | None, bool]]:
    """Kind, with whom a planned talk is, and whether it moved; who only approves sees no names."""
    sides = actor.person_id in {handover.giver_id, handover.taker_id}
    named = sides or decide(Permission.HANDOVER_WATCH, actor.standing).allowed
    return [(item.kind, other if named else None, item.moved) for item, other in lines_of(handover)]
