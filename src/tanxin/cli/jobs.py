"""Jobs that come round every day, and the table that keeps each from running twice a day."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django_tasks.base import Task

from tanxin.apps.duties.tasks import derive_everywhere
from tanxin.apps.realms.models import JobRun
from tanxin.apps.talks.tasks import let_silent_records_lapse

DAILY: "dict[str, Task[[str], Any]]" = {
    "derive-duties": derive_everywhere,
    "let-silent-records-lapse": let_silent_records_lapse,
}


def enqueue_due(today: date) -> int:
    """Queue each daily job that was not yet queued on ``today``; several workers may call this."""
    return sum(enqueue_once(name, task, today) for name, task in DAILY.items())


def enqueue_once(name: str, task: "Task[[str], Any]", today: date) -> bool:
    try:
        with transaction.atomic():
            JobRun.objects.create(name=name, day=today)
            task.enqueue(today.isoformat())
    except IntegrityError:
        return False
    return True
