"""Which account somebody logs in with."""

from uuid import UUID

from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.org.models import Membership


def account_of_person(realm_id: UUID, person_id: UUID) -> UUID:
    """Raises ``PersonNotFound`` for a stranger, and for somebody without an account."""
    rows = Membership.objects.filter(realm=realm_id, person=person_id)
    account = rows.values_list("account", flat=True).first()
    if account is None:
        raise PersonNotFound(person_id)
    return account
