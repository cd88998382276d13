from datetime import date

from django.utils import timezone
from django_tasks import task

from tanxin.apps.issues.common.finding import propose_common
from tanxin.apps.realms.selectors import realm_ids


@task()
def look_for_common_issues(today: str) -> int:
    """In every realm; may run again, and late: what was proposed is not proposed twice."""
    day = date.fromisoformat(today)
    return sum(propose_common(realm, today=day, at=timezone.now()) for realm in realm_ids())
