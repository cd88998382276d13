"""From duties to what the planner lays over days, and from rows of a plan back to it."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import PersonState
from tanxin.apps.org.selectors import UnitTree, main_units
from tanxin.apps.plans.models import Plan, PlannedDuty, PlannedTalk
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.lifecycle import DutyState
from tanxin.core.planning import Days, Limits, Standing, Task, merged

# Whoever is in one of these states is not there for a talk, on either side of it.
AWAY = ("leave", "study", "abroad", "secondment")
# A unit of its own house: who comes from elsewhere makes one trip of several talks there.
HOUSES = frozenset({"institution", "college", "ward", "subsidiary", "workshop"})
ONE_DAY = timedelta(days=1)
BATCH = 5_000


def working_days(realm_id: UUID, first: date, last: date) -> Days:
    calendar = work_calendar(realm_id)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return Days(day for day in every if calendar.is_working_day(day))


def absences(
    realm_id: UUID, first: date, last: date, people: Collection[UUID] | None = None
) -> dict[Hashable, tuple[tuple[date, date], ...]]:
    """Person → spans of days, both ends included; of all people, or of these."""
    states = PersonState.objects.filter(
        Q(start=None) | Q(start__lte=last), Q(end=None) | Q(end__gt=first),
        realm=realm_id, kind__in=AWAY, voided_at=None,
    )  # fmt: skip
    if people is not None and len(people) <= BATCH:
        states = states.filter(person__in=people)
    found: dict[Hashable, list[tuple[date, date]]] = defaultdict(list)
    for person_id, start, end in states.order_by("start", "pk").values_list(
        "person", "start", "end"
    ):
        found[person_id].append((start or first, end - ONE_DAY if end else last))
    return {person_id: tuple(spans) for person_id, spans in found.items()}


def limits_of(plan: Plan, absent: Mapping[Hashable, tuple[tuple[date, date], ...]]) -> Limits:
    return Limits(
        per_week=plan.per_week, per_day=plan.per_day, apart=plan.apart, absent=dict(absent)
    )


def tasks_of(duties: Iterable[Duty], places: "Places") -> list[Task]:
    """Duties of the same two that one talk can meet are one task; ``meets`` are their ids."""
    tasks = [
        Task(
            key=str(duty.pk),
            initiator=duty.initiator_id,
            subjects=(duty.subject_id,) if duty.subject_id else (),
            opens=duty.opens,
            due=duty.due,
            meets=(str(duty.pk),),
            kind=duty.kind,
            rule=duty.rule_id,
            unit=duty.unit_id,
            place=places.of(duty.initiator_id, duty.subject_id),
        )
        for duty in duties
    ]
    # A duty with no fixed partner is not met by whatever talk comes first: it stays its own.
    alone = [task for task in tasks if not task.subjects]
    return [*merged(task for task in tasks if task.subjects), *alone]


class Places:
    """Where a talk has to be held, where that is not at home for the initiator."""

    def __init__(self, realm_id: UUID, tree: UnitTree, on: date) -> None:
        homes = main_units(realm_id, on)
        houses = {unit: self._house(tree, unit) for unit in set(homes.values())}
        self._homes = {person: houses[unit] for person, unit in homes.items()}

    @staticmethod
    def _house(tree: UnitTree, unit_id: UUID) -> UUID | None:
        houses = [node.id for node in tree.above(unit_id) if node.kind in HOUSES]
        return houses[-1] if houses else None

    def of(self, initiator: UUID, subject: UUID | None) -> str:
        house = self._homes.get(subject) if subject else None
        return str(house) if house and house != self._homes.get(initiator) else ""


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows of a plan as the planner knows them, with the rows and the duties by their ids."""

    standing: Standing
    rows: dict[UUID, PlannedTalk]
    duties: dict[UUID, list[Duty]]


def laid_out(
    plan: Plan,
    planned: Iterable[PlannedTalk],
    *,
    since: date | None = None,
) -> Laid:
    """The planned talks as they stand; with ``since`` those still to be held, from that day on."""
    rows = {row.pk: row for row in planned}
    duties = duties_of(plan.realm_id, rows)
    if since is not None:
        rows = {pk: row for pk, row in rows.items() if is_to_hold(duties[pk]) and row.due >= since}
    begin = max(plan.laid_from, since - timedelta(days=since.weekday()) if since else date.min)
    tasks = {str(pk): task_of(row, duties[pk], since) for pk, row in rows.items()}
    people = {person for task in tasks.values() for person in task.people}
    absent = absences(plan.realm_id, begin, plan.last, list(people))  # type: ignore[arg-type] # of rows, so ids
    standing = Standing(
        tasks,
        {str(pk): row.day for pk, row in rows.items() if row.day},
        working_days(plan.realm_id, begin, plan.last),
        limits_of(plan, absent),
    )
    return Laid(standing, rows, duties)


def duties_of(
    realm_id: UUID, planned_ids: Collection[UUID], *, with_rules: bool = False
) -> dict[UUID, list[Duty]]:
    """What each planned talk is to meet; with the rules where they are to be shown."""
    joined = "duty__rule" if with_rules else "duty"
    found: dict[UUID, list[Duty]] = {pk: [] for pk in planned_ids}
    for batch in batches(planned_ids):
        links = PlannedDuty.objects.filter(realm=realm_id, planned__in=batch)
        for link in links.select_related(joined).order_by("duty__due", "duty"):
            found[link.planned_id].append(link.duty)
    return found


def batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def is_to_hold(duties: Iterable[Duty]) -> bool:
    return any(duty.state == DutyState.OPEN for duty in duties)


def task_of(row: PlannedTalk, duties: Iterable[Duty], since: date | None = None) -> Task:
    subjects = dict.fromkeys(duty.subject_id for duty in duties if duty.subject_id)
    return Task(
        key=str(row.pk),
        initiator=row.initiator_id,
        subjects=tuple(subjects),
        opens=max(row.opens, since) if since else row.opens,
        due=row.due,
        kind=row.kind,
        unit=row.unit_id,
        can_gather=row.can_gather and not row.sensitive,
        place=str(row.place_id) if row.place_id else "",
    )


def near(plan: Plan, people: Iterable[UUID], hops: int) -> list[PlannedTalk]:
    """The planned talks of these people, and with two hops of all whom those concern.

    Small questions one after the other, each of which begins in an index: of many thousand talks
    only those at hand are read.
    """
    known, rows = set(people), dict[UUID, PlannedTalk]()
    of_plan = PlannedTalk.objects.filter(realm=plan.realm_id, plan=plan.pk)
    links = PlannedDuty.objects.filter(realm=plan.realm_id, plan=plan.pk)
    for _ in range(hops):
        owed = Duty.objects.filter(realm=plan.realm_id, subject__in=known).order_by()
        heard = links.filter(duty__in=list(owed.values_list("pk", flat=True)))
        with_them = set(heard.values_list("planned", flat=True))
        rows |= {row.pk: row for row in of_plan.filter(initiator__in=known)}
        rows |= {row.pk: row for row in of_plan.filter(pk__in=with_them - rows.keys())}
        subjects = links.filter(planned__in=list(rows)).values_list("duty__subject", flat=True)
        known |= {row.initiator_id for row in rows.values()}
        known |= {one for one in subjects if one}
    return list(rows.values())
