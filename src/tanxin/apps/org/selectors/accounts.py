"""Which account somebody logs in with."""

from collections.abc import Iterable
from uuid import UUID

from tanxin.apps.accounts.second_factor.keeping import has_second_factor
from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.org.models import Membership


def account_of_person(realm_id: UUID, person_id: UUID) -> UUID:
    """Raises ``PersonNotFound`` for a stranger, and for somebody without an account."""
    rows = Membership.objects.filter(realm=realm_id, person=person_id)
    account = rows.values_list("account", flat=True).first()
    if account is None:
        raise PersonNotFound(person_id)
    return account


def has_account(realm_id: UUID, person_id: UUID) -> bool:
    return Membership.objects.filter(realm=realm_id, person=person_id).exists()


def without_second_factor(realm_id: UUID, people: Iterable[UUID]) -> list[UUID]:
    """Those of the people who log in with a password alone."""
    rows = Membership.objects.filter(realm=realm_id, person__in=list(people))
    pairs = rows.order_by("person").values_list("person", "account")
    return [person for person, account in pairs if not has_second_factor(account)]
