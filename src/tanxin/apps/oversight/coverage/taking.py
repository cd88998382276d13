"""Counting a quarter that is over, once: each talk, issue and request in one column of one unit."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, Sum

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.tallied import DutyTally
from tanxin.apps.issues.counted import Counted
from tanxin.apps.org.selectors import UnitTree, main_units, unit_tree
from tanxin.apps.oversight.coverage.models import QuarterTaken
from tanxin.apps.talks.models import Request
from tanxin.core.calendar.periods import Period, PeriodKind, period_of
from tanxin.core.lifecycle import RequestState
from tanxin.core.tallying import Reached
from tanxin.core.vault.canonical import canonical

# After this the last talks of a quarter are entered, confirmed and answered.
SETTLED = timedelta(days=15)
# Columns are disjoint: every thing is in one of them.
TABLES = {
    "talks": ("held", "not_held"),
    "issues": ("helped", "solved", "answered", "open"),
    "requests": ("in_time", "late"),
}
Numbers = dict[UUID, list[int]]


def last_quarter(today: date) -> Period:
    """The latest that has been over for long enough."""
    settled = today - SETTLED
    this = period_of(PeriodKind.QUARTER, settled)
    return period_of(PeriodKind.QUARTER, this.start - timedelta(days=1))


def take_quarter(realm_id: UUID, *, today: date, at: datetime) -> bool:
    """Count the last quarter that is over; does nothing where it was counted. Returns whether."""
    period = last_quarter(today)
    if QuarterTaken.objects.filter(realm=realm_id, period=period.code).exists():
        return False
    with transaction.atomic():
        text = canonical(counts_of(realm_id, period))
        digest = sha256(text).digest()
        try:
            with transaction.atomic():
                row = QuarterTaken.objects.create(
                    realm_id=realm_id, period=period.code, taken_at=at, counts=text.decode(),
                    digest=digest,
                )  # fmt: skip
        except IntegrityError:
            return False
        audit.record(
            "statistics.taken",
            realm_id=realm_id,
            actor=None,
            subject_kind="statistics",
            subject_id=row.pk,
            at=at,
            detail={"period": period.code, "digest": digest.hex()},
        )
    return True


def counts_of(realm_id: UUID, period: Period) -> dict[str, dict[str, tuple[int, ...]]]:
    """By table and by unit of the first two layers; deeper units count in the one above them."""
    last = period.end_exclusive - timedelta(days=1)
    tree = unit_tree(realm_id, last)
    places = places_of(tree)
    found = {
        "talks": talks(realm_id, period),
        "issues": issues(realm_id, period),
        "requests": requests(realm_id, period, last),
    }
    return {table: placed(numbers, places, len(TABLES[table])) for table, numbers in found.items()}


def places_of(tree: UnitTree) -> dict[UUID, UUID]:
    """Unit → the unit of the first two layers that it counts in."""
    places = {}
    for root in tree.roots:
        places[root.id] = root.id
        for child in tree.children(root.id):
            places.update((node.id, child.id) for node in tree.below(child.id))
    return places


def placed(numbers: Numbers, places: dict[UUID, UUID], width: int) -> dict[str, tuple[int, ...]]:
    """Every unit stands there, also with nothing: that it is there tells nothing."""
    sums = {place: [0] * width for place in places.values()}
    for unit, values in numbers.items():
        if unit in places:
            kept = sums[places[unit]]
            for at, value in enumerate(values):
                kept[at] += value
    return {str(place): tuple(values) for place, values in sums.items()}


def talks(realm_id: UUID, period: Period) -> Numbers:
    """What was owed until a day of the quarter."""
    rows = DutyTally.objects.filter(
        realm=realm_id, due__gte=period.start, due__lt=period.end_exclusive
    ).order_by()
    sums = rows.values("unit").annotate(
        held=Sum(F("met") + F("confirmed")), rest=Sum(F("open") + F("contested"))
    )
    return {unit: [held, rest] for unit, held, rest in sums.values_list("unit", "held", "rest")}


def issues(realm_id: UUID, period: Period) -> Numbers:
    """What was raised in the quarter, by where the one who led the talk had his post then."""
    rows = Counted.objects.filter(
        realm=realm_id,
        month__gte=period.start,
        month__lt=period.end_exclusive,
        led_unit__isnull=False,
    ).order_by()
    found: Numbers = defaultdict(lambda: [0] * len(TABLES["issues"]))
    counted = rows.values("led_unit", "reached").annotate(count=Count("pk"))
    for unit, reached, count in counted.values_list("led_unit", "reached", "count"):
        found[unit][column_of(reached)] += count
    return found


def column_of(reached: int) -> int:
    for at, bit in enumerate((Reached.EFFECTIVE, Reached.VERIFIED, Reached.ANSWERED)):
        if reached & bit:
            return at
    return len(TABLES["issues"]) - 1


def requests(realm_id: UUID, period: Period, last: date) -> Numbers:
    """What was to be answered in the quarter, by where the one asked has his post."""
    rows = Request.objects.filter(
        realm=realm_id, answer_by__gte=period.start, answer_by__lt=period.end_exclusive
    ).exclude(state=RequestState.WITHDRAWN)
    in_time = Count("pk", Q(answered_at__date__lte=F("answer_by")))
    counted = rows.order_by().values("asked").annotate(whole=Count("pk"), good=in_time)
    people = list(counted.values_list("asked", "whole", "good"))
    units = main_units(realm_id, last, [who for who, _whole, _good in people])
    found: Numbers = defaultdict(lambda: [0, 0])
    for who, whole, good in people:
        if who in units:
            found[units[who]][0] += good
            found[units[who]][1] += whole - good
    return found


def take_quarters(realms: Iterable[UUID], *, today: date, at: datetime) -> int:
    return sum(take_quarter(realm, today=today, at=at) for realm in realms)
