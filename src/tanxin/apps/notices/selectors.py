from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tanxin.apps.notices.models import Digest, NoMail
from tanxin.apps.org.models import Person
from tanxin.core.access import Actor
from tanxin.core.notices import UNSETTLED, DigestState


def own_digests(actor: Actor) -> QuerySet[Digest]:
    """What was sent, or tried, to the actor himself, the latest first."""
    rows = Digest.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return rows.order_by("-day", "-pk")


def wants_mail(actor: Actor) -> bool:
    return not NoMail.objects.filter(realm=actor.realm_id, person=actor.person_id).exists()


def has_address(actor: Actor) -> bool:
    with_mail = Person.objects.filter(realm=actor.realm_id, mail_sealed__isnull=False)
    return actor.person_id is not None and with_mail.filter(pk=actor.person_id).exists()


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
