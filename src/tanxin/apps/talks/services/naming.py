"""Who else takes part in a talk: named by the initiator before it, known to the subject."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.people import present_people
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beside import NEVER_WANTED, endorsers_able
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.models import Beside, Talk
from tanxin.apps.talks.refusals import MayNotBeThere
from tanxin.apps.talks.services.proposing import check_seen
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove, TalkState
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part


def name_beside(
    actor: Actor,
    talk_id: UUID,
    people: Mapping[Part, UUID],
    *,
    at: datetime,
    seen: int | None = None,
) -> Talk:
    """Say who else takes part, in place of what was said before; who had agreed is asked again.

    ``people`` may leave parts out. Raises ``MayNotBeThere``, ``IllegalMove``, and as ``talk_for``
    and ``person_for``.
    """
    talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
    for person_id in people.values():
        person_for(actor, person_id, Permission.ORG_VIEW)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
        check_seen(talk, seen)
        check_people(talk, people, at)
        changes: dict[str, object] = {}
        if talk.state != TalkState.APPROVING:
            changes = {"proposed_by": actor.person_id}
        move(talk, TalkMove.NAME, **changes)
        Beside.objects.filter(realm=talk.realm_id, talk=talk.pk).delete()
        Beside.objects.bulk_create(
            Beside(
                realm_id=talk.realm_id, talk=talk, part=part.value, person_id=person,
                named_by_id=talk.initiator_id, named_at=at,
            )
            for part, person in people.items()
        )  # fmt: skip
        log_move(
            actor,
            talk,
            TalkMove.NAME,
            at=at,
            detail={part.value: str(person) for part, person in people.items()},
        )
    return talk


def check_people(talk: Talk, people: Mapping[Part, UUID], at: datetime) -> None:
    """Raises ``MayNotBeThere``: none of the two, nobody twice, nobody kept from it or from them."""
    conduct, on = conduct_of(talk), day_of(talk.realm_id, at)
    taken = {talk.initiator_id, talk.subject_id}
    kept = kept_from(talk.realm_id, [talk.pk, talk.subject_id])
    kept |= barred_from(talk.realm_id, taken, on)
    there = set(
        present_people(talk.realm_id, on)
        .filter(pk__in=list(people.values()))
        .values_list("pk", flat=True)
    )
    for part, person in sorted(people.items(), key=lambda one: one[0] in conduct.endorsement):
        able = person in there and person not in taken | kept and part in may_have(conduct)
        if part in conduct.endorsement:
            able = able and person in endorsers_able(talk, part, on)
        else:
            taken.add(person)
        if not able:
            raise MayNotBeThere(part)


def may_have(conduct: Conduct) -> set[Part]:
    return {*NEVER_WANTED, *conduct.parts, *conduct.endorsement}
