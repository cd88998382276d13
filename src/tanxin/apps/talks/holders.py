"""Who may hold a talk of a type, and in which states its subject is, as this initiator may know."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.neighbours import everything_of
from tanxin.apps.duties.partners import more_of
from tanxin.apps.duties.snapshot import Facts
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import POST_LEVELS, PersonState
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.talks.approvers import BY_ROLE
from tanxin.core.policy import Conduct, stands_as
from tanxin.core.policy.manner import Part
from tanxin.core.policy.schema import Holding


def may_hold(realm_id: UUID, conduct: Conduct, person_id: UUID, on: date) -> bool:
    if not conduct.held_by:
        return True
    facts = Facts(realm_id, POST_LEVELS, since=on, streaming=False)
    known = everything_of(facts, [person_id], more_of(realm_id, on))
    oversight = holders_of(realm_id, frozenset({BY_ROLE[Part.DISCIPLINE]}), on)
    entrusted = {Holding.DISCIPLINE} if person_id in oversight else set()
    return stands_as(known, conduct.held_by, person_id.bytes, on, entrusted)


def states_known_to(
    realm_id: UUID, initiator_id: UUID, subject_id: UUID, on: date
) -> frozenset[str]:
    """The subject's states on the day; sensitive ones only for who owes him talks or leads him.

    Whoever may propose a talk to anybody must not learn, by what is asked of him, who is ill.
    """
    rows = PersonState.objects.filter(
        on_day(on), realm=realm_id, person=subject_id, voided_at=None
    ).values_list("kind", "sensitive")
    found = list(rows)
    known = {kind for kind, sensitive in found if not sensitive}
    if len(known) < len(found) and is_near(realm_id, initiator_id, subject_id, on):
        known = {kind for kind, _ in found}
    return frozenset(known)


def is_near(realm_id: UUID, initiator_id: UUID, subject_id: UUID, on: date) -> bool:
    """Whether he has need to know: he owes him a talk, or leads him."""
    owed = Q(initiator=initiator_id, subject=subject_id)
    owed |= Q(initiator=subject_id, subject=initiator_id, mutual=True)
    if Duty.objects.filter(owed, realm=realm_id).exists():
        return True
    return is_subordinate(realm_id, subject_id, initiator_id, on)
