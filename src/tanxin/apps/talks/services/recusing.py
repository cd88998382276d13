from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.org.recusals import follow, kept_from
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.services.recusing import RecusedFromHimself, keep_from, log
from tanxin.apps.org.trust import Recusal
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import LastSupervisor
from tanxin.apps.talks.services.matching import matched
from tanxin.core.access import Actor, Permission, Role


def recuse_from_talk(
    actor: Actor, talk_id: UUID, excluded: UUID, *, because: str, at: datetime
) -> Recusal:
    """Keep a talk, its duties and its issues from somebody who is neither of the two.

    Either of the two may; but who led it cannot keep it from the last supervisor. Raises
    ``RecusedFromHimself``, ``LastSupervisor``, ``IsRecused``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECUSAL_SET)
        if excluded in {talk.initiator_id, talk.subject_id}:
            raise RecusedFromHimself
        if talk.initiator_id == actor.person_id:
            refuse_last_supervisor(talk, excluded, at)
        kept = keep_from(actor, excluded, "talk", talk.pk, because=because, at=at)
        follow(actor.realm_id, "duty", talk.pk, matched(talk))
        log(actor, "recusal.set", kept, at)
    return kept


def refuse_last_supervisor(talk: Talk, excluded: UUID, at: datetime) -> None:
    on = at.astimezone(zone_of(talk.realm_id)).date()
    supervisors = holders_of(talk.realm_id, frozenset({Role.SUPERVISOR}), on)
    others = supervisors - kept_from(talk.realm_id, [talk.pk, talk.subject_id])
    if excluded in supervisors and not others - {excluded, talk.initiator_id, talk.subject_id}:
        raise LastSupervisor(excluded)
