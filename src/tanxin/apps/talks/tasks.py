from datetime import date

from django.utils import timezone
from django_tasks import task

from tanxin.apps.realms.selectors import realm_ids
from tanxin.apps.talks.services import ask_for_echoes, let_lapse, sum_up_echoes, tell_delays


@task()
def let_silent_records_lapse(today: str) -> int:
    """In every realm; may run again, and late: only what has run out by ``today`` is touched."""
    day = date.fromisoformat(today)
    return sum(let_lapse(realm, today=day, at=timezone.now()) for realm in realm_ids())


@task()
def tell_of_late_answers(today: str) -> int:
    """In every realm; may run again, and late: what was told is not told again."""
    day = date.fromisoformat(today)
    return sum(tell_delays(realm, today=day, at=timezone.now()) for realm in realm_ids())


@task()
def ask_how_talks_were(today: str) -> int:
    """In every realm; may run again, and late: nobody is asked twice about a talk."""
    day, at = date.fromisoformat(today), timezone.now()
    for realm in realm_ids():
        sum_up_echoes(realm, today=day, at=at)
    return sum(ask_for_echoes(realm, today=day, at=at) for realm in realm_ids())
