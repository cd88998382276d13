from datetime import date

from django.utils import timezone
from django_tasks import task

from tanxin.apps.oversight.coverage.taking import take_quarters
from tanxin.apps.oversight.signalling import look
from tanxin.apps.realms.selectors import realm_ids


@task()
def look_for_signs(today: str) -> int:
    """In every realm; may run again, and late: what is known is not told anew."""
    day = date.fromisoformat(today)
    return sum(look(realm, today=day, at=timezone.now()) for realm in realm_ids())


@task()
def take_statistics(today: str) -> int:
    """In every realm; may run again, and late: a quarter is counted once."""
    return take_quarters(realm_ids(), today=date.fromisoformat(today), at=timezone.now())
