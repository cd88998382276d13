from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tanxin.apps.notices.models import Digest, OverdueTold
from tanxin.apps.notices.overdue import overdue_told
from tanxin.apps.notices.reaching import choice_of, reach_of
from tanxin.apps.org.models import Person
from tanxin.core.access import Actor
from tanxin.core.notices import UNSETTLED, Channel, DigestState


def own_digests(actor: Actor) -> QuerySet[Digest]:
    """What was sent, or tried, to the actor himself, the latest first."""
    rows = Digest.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return rows.order_by("-number")


@dataclass(frozen=True, slots=True)
class Chosen:
    """How somebody wants to be told; the address itself is for nobody's page."""

    channel: Channel
    hour: int
    is_quiet: bool
    has_address: bool
    is_reached: bool


def chosen_by(realm_id: UUID, person_id: UUID) -> Chosen:
    choice = choice_of(realm_id, person_id)
    person = Person.objects.get(realm=realm_id, pk=person_id)
    return Chosen(
        channel=Channel(choice.channel),
        hour=choice.hour,
        is_quiet=choice.is_quiet,
        has_address=choice.address_sealed is not None,
        is_reached=reach_of(person, choice) is not None,
    )


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """What one person owes of one sort: how much of it, and since when the longest."""

    what: str
    owed_by: UUID
    due: date
    count: int


def overdue_lines(actor: Actor, *, today: date) -> list[OverdueLine]:
    """What the actor was told of and is still overdue, put aside or not, the longest first."""
    return _lines(overdue_told(actor, today=today))


def overdue_to_note(actor: Actor, *, today: date) -> list[OverdueLine]:
    return _lines(overdue_told(actor, today=today).filter(noted_at=None))


def _lines(rows: QuerySet[OverdueTold]) -> list[OverdueLine]:
    found = rows.order_by().values("what", "owed_by").annotate(since=Min("due"), count=Count("pk"))
    return [
        OverdueLine(row["what"], row["owed_by"], row["since"], row["count"])
        for row in found.order_by("since", "owed_by", "what")
    ]


@dataclass(frozen=True, slots=True)
class MailHealth:
    """``unsent``, ``failed`` and ``unreachable`` are numbers of messages, never of whom."""

    last_sent_at: datetime | None
    unsent: int
    unsent_since: datetime | None
    failed: int
    unreachable: int


def mail_health(realm_id: UUID, *, since: datetime) -> MailHealth:
    rows = Digest.objects.filter(realm=realm_id)
    sent = rows.filter(state=DigestState.SENT).order_by("-settled_at")
    lately = rows.filter(settled_at__gte=since)
    waiting = rows.filter(state__in=sorted(UNSETTLED)).aggregate(Count("pk"), Min("try_at"))
    return MailHealth(
        last_sent_at=sent.values_list("settled_at", flat=True).first(),
        unsent=waiting["pk__count"],
        unsent_since=waiting["try_at__min"],
        failed=lately.filter(state=DigestState.FAILED).count(),
        unreachable=lately.filter(state=DigestState.UNREACHABLE).count(),
    )


@dataclass(frozen=True, slots=True)
class JobHealth:
    waiting: int
    waiting_since: datetime | None
    failed: int
    last_done_at: datetime | None


def job_health(*, since: datetime) -> JobHealth:
    """Of the whole installation: jobs belong to no realm."""
    jobs = DBTaskResult.objects.all()
    waiting = jobs.filter(status=TaskResultStatus.READY).aggregate(Count("pk"), Min("enqueued_at"))
    done = jobs.filter(status=TaskResultStatus.SUCCESSFUL).order_by("-finished_at")
    return JobHealth(
        waiting=waiting["pk__count"],
        waiting_since=waiting["enqueued_at__min"],
        failed=jobs.filter(status=TaskResultStatus.FAILED, finished_at__gte=since).count(),
        last_done_at=done.values_list("finished_at", flat=True).first(),
    )
