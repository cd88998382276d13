from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import PageIsOld
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor
from tanxin.core.lifecycle import TalkMove, TalkState


def let_lapse(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Call unconfirmed what nobody has said anything to in time; silence confirms nothing.

    The state is looked at again for each talk, so that a confirmation of this minute stands.
    Returns how many lapsed.
    """
    silent = Talk.objects.filter(
        realm=realm_id, state=TalkState.RECORDED.value, confirm_by__lt=today
    )
    return sum(lapse(Actor(realm_id), talk, at) for talk in silent.order_by("planned_for", "pk"))


def lapse(system: Actor, talk: Talk, at: datetime) -> bool:
    try:
        with transaction.atomic():
            move(talk, TalkMove.LAPSE)
            log_move(system, talk, TalkMove.LAPSE, at=at)
    except PageIsOld:
        return False
    return True
