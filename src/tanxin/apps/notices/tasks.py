from datetime import date, datetime

from django.utils import timezone
from django_tasks import task

from tanxin.apps.notices.channels import channels_on
from tanxin.apps.notices.services import send_due, tell_overdue
from tanxin.apps.realms.selectors import realm_ids


def send_due_everywhere(*, at: datetime) -> int:
    """In every realm, where there is a channel; may run at any time, and in several workers."""
    return sum(send_due(realm, at=at) for realm in realm_ids()) if channels_on() else 0


@task()
def tell_of_overdue(today: str) -> int:
    """In every realm; may run again, and late: what was told is not told again."""
    day = date.fromisoformat(today)
    return sum(tell_overdue(realm, today=day, at=timezone.now()) for realm in realm_ids())
