"""Jobs that come round every day."""

from datetime import date
from functools import partial
from typing import Any

from django_tasks.base import Task

from tanxin.apps.appraisal.tasks import look_at_results
from tanxin.apps.archive.tasks import erase_notes, sweep_files
from tanxin.apps.duties.tasks import derive_everywhere
from tanxin.apps.issues.tasks import look_for_common_issues
from tanxin.apps.notices.tasks import tell_of_overdue
from tanxin.apps.oversight.tasks import look_for_signs, take_statistics
from tanxin.apps.realms.services import names_left_to_run, once_a_day
from tanxin.apps.talks.tasks import (
    ask_how_talks_were,
    let_silent_records_lapse,
    tell_of_late_answers,
)

DAILY: "dict[str, Task[[str], Any]]" = {
    "derive-duties": derive_everywhere,
    "erase-notes": erase_notes,
    "ask-how-talks-were": ask_how_talks_were,
    "look-for-signs": look_for_signs,
    "look-at-results": look_at_results,
    "look-for-common-issues": look_for_common_issues,
    "let-silent-records-lapse": let_silent_records_lapse,
    "sweep-files": sweep_files,
    "take-statistics": take_statistics,
    "tell-of-late-answers": tell_of_late_answers,
    "tell-of-overdue": tell_of_overdue,
}


def enqueue_due(today: date) -> int:
    """Queue each daily job that was not yet queued on ``today``; several workers may call this."""
    return sum(
        once_a_day(name, today, partial(DAILY[name].enqueue, today.isoformat()))
        for name in names_left_to_run(DAILY, today)
    )
