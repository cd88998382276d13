from datetime import date
from uuid import UUID

from tanxin.apps.issues.access import roots
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.refusals import (
    HelperIsRecused,
    OwnerVerifiesHimself,
    VerifierIsBarred,
    VerifierIsSubordinate,
)
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.leading import is_subordinate


def check_recusals(issue: Issue, *, owner: UUID, verifier: UUID) -> None:
    """Raise ``HelperIsRecused`` if the matter is kept from one of them."""
    if kept_from(issue.realm_id, roots(issue)) & {owner, verifier}:
        raise HelperIsRecused


def check_apart(issue: Issue, *, owner: UUID, verifier: UUID, on: date) -> None:
    """Raise ``VerifierIsBarred`` if a relation keeps him apart from either whose matter it is."""
    barred = barred_from(issue.realm_id, [owner, issue.talk.subject_id], on)
    if verifier in barred:
        raise VerifierIsBarred


def check_independence(realm_id: UUID, *, owner: UUID, verifier: UUID, on: date) -> None:
    """Raise ``VerifierNotIndependent`` unless ``verifier`` is free to say no to ``owner``.

    That they are two people is also a constraint of the database; that the verifier does not work
    under the owner depends on the day and is asked at every door.
    """
    if owner == verifier:
        raise OwnerVerifiesHimself
    if is_subordinate(realm_id, verifier, owner, on):
        raise VerifierIsSubordinate
