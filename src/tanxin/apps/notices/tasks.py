from datetime import datetime

from tanxin.apps.notices.channels import is_on
from tanxin.apps.notices.services import send_due
from tanxin.apps.realms.selectors import realm_ids


def send_due_everywhere(*, at: datetime) -> int:
    """In every realm, where there is a mail server; may run at any time, and in several workers."""
    return sum(send_due(realm, at=at) for realm in realm_ids()) if is_on() else 0
