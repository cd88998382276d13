"""What a unit hands up of a period: how many raised what, in bands, and what was said of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import make_aware

from tanxin.apps.audit.services import record
from tanxin.apps.issues.feedback.access import not_kept
from tanxin.apps.issues.feedback.models import LEFT, Feedback
from tanxin.apps.issues.feedback.writing import TOLD
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.replies.access import (
    SummaryForbidden,
    led_units,
    relations_to_summary,
    summary_for,
)
from tanxin.apps.issues.replies.models import Reply, Summary
from tanxin.apps.issues.replies.writing import Opened, opened_all
from tanxin.apps.issues.second_person import heads_above
from tanxin.apps.issues.sources import members_of, units_of_all
from tanxin.apps.issues.untellable import NobodyToAnswer, PeriodTold, UnitTooSmall
from tanxin.apps.org.selectors.leading import chiefs_of_units
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.pii import open_column
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.calendar.periods import Period, PeriodKind, period_of
from tanxin.core.deidentify import banded, is_hidden_among, is_told_apart
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.passing_on import ReplyState

KINDS = (PeriodKind.QUARTER, PeriodKind.HALF)


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in a summary beside its bands."""

    statements: list[str]
    replies: list[Opened]


def periods_over(today: date) -> list[Period]:
    """The last quarter and the last half-year that are over."""
    found = []
    for kind in KINDS:
        this = period_of(kind, today)
        found.append(period_of(kind, date.fromordinal(this.start.toordinal() - 1)))
    return found


def hand_up(actor: Actor, unit: UUID, period_code: str, *, at: datetime) -> Summary:
    """Sum up a period that is over, for the unit above; once.

    Raises ``SummaryForbidden`` unless the actor heads the unit, ``NobodyToAnswer`` where nobody
    heads a unit above, ``UnitTooSmall``, and ``PeriodTold`` for what overlaps an earlier one.
    """
    today = at.astimezone(zone_of(actor.realm_id)).date()
    period = next((one for one in periods_over(today) if one.code == period_code), None)
    relations = {Relation.CHIEF} if unit in led_units(actor, on=today) else set()
    if (
        actor.person_id is None
        or period is None
        or not decide(Permission.SUMMARY_MAKE, frozenset(relations)).allowed
    ):
        raise SummaryForbidden(unit)
    upper = unit_above(actor, unit, today)
    check_overlap(actor.realm_id, unit, period)
    check_apart(actor.realm_id, unit, upper, period, today)
    bands = bands_of(actor.realm_id, unit, period, today)
    try:
        with transaction.atomic():
            summary = Summary.objects.create(
                realm_id=actor.realm_id, unit_id=unit, period=period.code, handed_to_id=upper,
                bands=bands, made_by_id=actor.person_id, made_at=at,
            )  # fmt: skip
            log(actor, "summary.handed_up", summary, at)
    except IntegrityError:
        raise PeriodTold from None
    return summary


def mark_read(actor: Actor, summary_id: UUID, *, at: datetime) -> Summary:
    """Raises ``IllegalMove`` where it has been read, ``SummaryForbidden``, ``SummaryNotFound``."""
    today = at.astimezone(zone_of(actor.realm_id)).date()
    with transaction.atomic():
        summary = summary_for(actor, summary_id, on=today)
        if Relation.MANAGER not in relations_to_summary(actor, summary, on=today):
            raise SummaryForbidden(summary_id)
        row = Summary.objects.filter(realm=actor.realm_id, pk=summary_id, read_at=None)
        if row.update(read_by=actor.person_id, read_at=at) != 1:
            raise IllegalMove("it has been read")
        log(actor, "summary.read", summary, at)
    summary.refresh_from_db()
    return summary


def unit_above(actor: Actor, unit: UUID, on: date) -> UUID:
    """The nearest unit above that somebody else heads."""
    line = [node.id for node in unit_tree(actor.realm_id, on).above(unit)][1:]
    chiefs = chiefs_of_units(actor.realm_id, line, on)
    for one in line:
        if chiefs.get(one) not in (None, actor.person_id):
            return one
    raise NobodyToAnswer


def check_overlap(realm_id: UUID, unit: UUID, period: Period) -> None:
    """A quarter within a half-year told already would be told twice: their difference tells."""
    for code in Summary.objects.filter(realm=realm_id, unit=unit).values_list("period", flat=True):
        known = period_from(code)
        if known.start < period.end_exclusive and period.start < known.end_exclusive:
            raise PeriodTold


def period_from(code: str) -> Period:
    year, _dash, part = code.partition("-")
    kind = PeriodKind.HALF if part.startswith("H") else PeriodKind.QUARTER
    months = 6 if kind is PeriodKind.HALF else 3
    return period_of(kind, date(int(year), (int(part[1:]) - 1) * months + 1, 1))


def moments_of(period: Period) -> tuple[datetime, datetime]:
    first, after = period.start, period.end_exclusive
    return make_aware(datetime.combine(first, time.min)), make_aware(
        datetime.combine(after, time.min)
    )


def people_by_unit(realm_id: UUID, period: Period, on: date) -> dict[UUID, set[UUID]]:
    """Every unit with those who were talked with in the period and belong to it or below."""
    first, after = moments_of(period)
    held = Talk.objects.filter(realm=realm_id, held_at__gte=first, held_at__lt=after)
    people = set(held.order_by().values_list("subject", flat=True))
    tree, found = unit_tree(realm_id, on), defaultdict(set)
    for person, units in units_of_all(realm_id, people, on).items():
        for node in {node.id for unit in units for node in tree.above(unit)}:
            found[node].add(person)
    return found


def check_apart(realm_id: UUID, unit: UUID, upper: UUID, period: Period, on: date) -> None:
    """Raises ``UnitTooSmall`` where it, or what is left of the unit above, is about a few."""
    people = people_by_unit(realm_id, period, on)
    others = Summary.objects.filter(realm=realm_id, period=period.code)
    told = [
        people.get(other, set())
        for other in others.values_list("unit", flat=True)
        if not people.get(unit, set()) <= people.get(other, set())
    ]
    if not is_told_apart(people.get(upper, set()), people.get(unit, set()), told):
        raise UnitTooSmall


def bands_of(realm_id: UUID, unit: UUID, period: Period, on: date) -> dict[str, str]:
    """By kind; those who will read it are not counted, since each knows of himself."""
    first, after = moments_of(period)
    rows = Issue.objects.filter(realm=realm_id, raised_at__gte=first, raised_at__lt=after)
    raised = set(rows.order_by().values_list("kind", "talk__subject"))
    members = members_of(realm_id, unit_tree(realm_id, on), on)[unit]
    readers = heads_above(realm_id, unit, on)
    people: dict[str, set[UUID]] = defaultdict(set)
    for kind, person in raised:
        if person in members and person not in readers:
            people[kind].add(person)
    hidden = {
        kind: found for kind, found in people.items() if is_hidden_among(len(found), len(members))
    }
    bands = banded({kind: len(found) for kind, found in hidden.items()})
    return {kind: band.value for kind, band in sorted(bands.items())}


def told_in(actor: Actor, summary: Summary, on: date) -> Told:
    """What was released of the unit in the period, and is not kept from the reader."""
    first, after = moments_of(period_from(summary.period))
    inner = [node.id for node in unit_tree(summary.realm_id, on).below(summary.unit_id)]
    left: QuerySet[Feedback] = Feedback.objects.filter(
        not_kept(actor), realm=summary.realm_id, heard_in__in=inner, state__in=LEFT,
        decided_at__gte=first, decided_at__lt=after,
    ).order_by("pk")  # fmt: skip
    sealed = [(one.pk, bytes(one.told_sealed or b"")) for one in left]
    replies = Reply.objects.filter(
        realm=summary.realm_id, unit__in=inner, state=ReplyState.PUBLISHED.value,
        published_at__gte=first, published_at__lt=after,
    ).order_by("pk")  # fmt: skip
    found = list(replies)
    words = opened_all(found)
    statements = open_column(summary.realm_id, TOLD, sealed) if sealed else []
    return Told(statements, [words[one.pk] for one in found])


def log(actor: Actor, event: str, summary: Summary, at: datetime) -> None:
    record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="summary",
        subject_id=summary.pk, at=at,
        detail={"unit": str(summary.unit_id), "period": summary.period},
    )  # fmt: skip
