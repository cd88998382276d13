from collections.abc import Iterable
from datetime import date
from uuid import UUID

from tanxin.apps.issues.access import roots
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.readers import Helpers
from tanxin.apps.issues.refusals import (
    HelperIsRecused,
    OnePartEach,
    OwnerVerifiesHimself,
    TellsWhoRaisedIt,
    VerifierIsBarred,
    VerifierIsDelegate,
    VerifierIsSubordinate,
)
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.directory import directory
from tanxin.apps.org.models import Delegation
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.leading import is_subordinate

SHORTEST_NAME = 2


def check_recusals(issue: Issue, people: Iterable[UUID]) -> None:
    """Raise ``HelperIsRecused`` if the matter is kept from one of them."""
    if not kept_from(issue.realm_id, roots(issue)).isdisjoint(people):
        raise HelperIsRecused


def check_apart(issue: Issue, helpers: Helpers, on: date) -> None:
    """Raise ``VerifierIsBarred`` if a relation keeps him apart from any whose matter it is."""
    whose = [*helpers.solving, issue.talk.subject_id]
    if helpers.verifier in barred_from(issue.realm_id, whose, on):
        raise VerifierIsBarred


def check_independence(issue: Issue, helpers: Helpers, on: date) -> None:
    """Raise ``VerifierNotIndependent`` unless the verifier is free to say no to who solves it.

    That they are different people is also a constraint of the database; that the verifier neither
    works under one of them nor holds talks for the initiator depends on the day and is asked at
    every door.
    """
    if helpers.verifier in helpers.solving:
        raise OwnerVerifiesHimself
    if len(set(helpers.solving)) < len(helpers.solving):
        raise OnePartEach
    if any(is_subordinate(issue.realm_id, helpers.verifier, one, on) for one in helpers.solving):
        raise VerifierIsSubordinate
    given = Delegation.objects.filter(
        on_day(on), realm=issue.realm_id, person=issue.led_by_id, delegate=helpers.verifier
    )
    if given.exists():
        raise VerifierIsDelegate


def check_unnamed(issue: Issue, people: Iterable[UUID], *texts: str) -> None:
    """Raise ``TellsWhoRaisedIt`` if a text for ``people`` has the name of whose matter it is.

    Nothing is hidden from whoever raised it himself, if nobody else reads it.
    """
    subject = issue.talk.subject_id
    card = directory(issue.realm_id).card(subject)
    name = card.name if card else ""
    named = len(name) >= SHORTEST_NAME and any(name in text for text in texts)
    if named and set(people) - {subject}:
        raise TellsWhoRaisedIt
