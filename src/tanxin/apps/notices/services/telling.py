"""What is overdue is told once, to whoever leads the one who owes it; never what about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tanxin.apps.audit.services import record
from tanxin.apps.issues.models import Measure
from tanxin.apps.notices.models import OverdueTold
from tanxin.apps.notices.overdue import late_duties, late_measures, still_late
from tanxin.apps.org.recusals import in_force
from tanxin.apps.org.selectors.leading import leaders_over
from tanxin.core.notices import Overdue


@dataclass(frozen=True, slots=True)
class Late:
    """``about`` is what somebody may be recused from: the thing, what it stems from, the one."""

    what: Overdue
    id: UUID
    owed_by: UUID
    due: date
    about: frozenset[UUID]


def tell_overdue(realm_id: UUID, *, today: date, at: datetime) -> int:
    """How many are told now; run twice, or by two workers, each is told once."""
    pass_on(realm_id, today)
    late = [*duties(realm_id, today, at), *measures(realm_id, today)]
    if not late:
        return 0
    leaders = leaders_over(realm_id, {one.owed_by for one in late}, today)
    kept = set(
        in_force(realm_id)
        .filter(excluded__in=set(leaders.values()))
        .values_list("excluded", "about_id")
    )

    def told(one: Late) -> UUID | None:
        leader = leaders.get(one.owed_by)
        return None if any((leader, about) in kept for about in one.about) else leader

    rows = [
        OverdueTold(
            realm_id=realm_id,
            what=one.what.value,
            about_id=one.id,
            owed_by_id=one.owed_by,
            due=one.due,
            told_id=told(one),
            told_at=at,
        )
        for one in late
    ]
    return len(rows) if written(realm_id, rows, at) else 0


def pass_on(realm_id: UUID, today: date) -> None:
    """What is still late and was told to who leads no longer is told to who does now."""
    rows = list(still_late(realm_id, today).exclude(told=None))
    leaders = leaders_over(realm_id, {row.owed_by_id for row in rows}, today) if rows else {}
    for row in rows:
        leader = leaders.get(row.owed_by_id)
        if leader != row.told_id:
            as_read = OverdueTold.objects.filter(realm=realm_id, pk=row.pk, told=row.told_id)
            as_read.update(told=leader, noted_at=None)


def written(realm_id: UUID, rows: list[OverdueTold], at: datetime) -> bool:
    try:
        with transaction.atomic():
            OverdueTold.objects.bulk_create(rows, batch_size=500)
            record(
                "overdue.told",
                realm_id=realm_id,
                actor=None,
                subject_kind="realm",
                subject_id=realm_id,
                detail={"count": len(rows)},
                at=at,
            )
    except IntegrityError:
        return False
    return True


def duties(realm_id: UUID, today: date, at: datetime) -> Iterator[Late]:
    rows = late_duties(realm_id, today, at).exclude(pk__in=already(realm_id, Overdue.DUTY))
    for pk, owed_by, subject, due in rows.order_by("due", "pk").values_list(
        "pk", "initiator", "subject", "due"
    ):
        yield Late(Overdue.DUTY, pk, owed_by, due, known(pk, subject))


def measures(realm_id: UUID, today: date) -> Iterator[Late]:
    rows = late_measures(realm_id, today).exclude(pk__in=already(realm_id, Overdue.MEASURE))
    for measure in rows.select_related("issue__talk").prefetch_related("roles").order_by("due"):
        yield from owned(measure)


def owned(measure: Measure) -> Iterator[Late]:
    issue = measure.issue
    about = known(measure.pk, issue.pk, issue.talk_id, issue.talk.subject_id)
    for part in measure.roles.all():
        if part.role == "owner":
            yield Late(Overdue.MEASURE, measure.pk, part.person_id, measure.due, about)


def already(realm_id: UUID, what: Overdue) -> QuerySet[OverdueTold, UUID]:
    told = OverdueTold.objects.filter(realm=realm_id, what=what.value)
    return told.values_list("about_id", flat=True)


def known(*ids: UUID | None) -> frozenset[UUID]:
    return frozenset(one for one in ids if one is not None)
