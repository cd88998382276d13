"""Is a place taken by another talk then? Places are typed words, so it is asked and not kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.talks.access import visible_talks
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import places
from tanxin.core.access import Actor
from tanxin.core.calendar import quarters
from tanxin.core.lifecycle import TalkState

LONGEST = timedelta(hours=4)
# Another room for everybody who says so.
SOMEBODYS = ("对方", "本人", "我", "他", "她", "您")
STANDS = (TalkState.PROPOSED.value, TalkState.AGREED.value)


def is_room_taken(
    actor: Actor, place: str, *, begins: datetime, minutes: int, besides: Collection[UUID] = ()
) -> bool:
    """By a talk that is proposed or agreed; ``besides`` are talks and groups that do not count.

    Who leads talks by duty, or arranges them, learns it of every room; anybody else of talks he may
    know of only, or typing the name of an office would tell when somebody is in a talk there. Opens
    the places of the talks around that time: never inside a transaction.
    """
    wanted = as_one(place)
    if not wanted or wanted.startswith(SOMEBODYS):
        return False
    needed = set(quarters(begins, minutes))
    everywhere = leads_by_duty(actor) or leaders_of(actor, on=begins.date())
    known = Talk.objects.filter(realm=actor.realm_id) if everywhere else visible_talks(actor)
    rows = known.filter(
        realm=actor.realm_id, state__in=STANDS, place_sealed__isnull=False,
        planned_for__gt=begins - LONGEST, planned_for__lt=max(needed) + timedelta(minutes=15),
    ).exclude(pk__in=besides).exclude(group__in=besides)  # fmt: skip
    near = [talk for talk in rows if needed & set(quarters(talk.planned_for, talk.minutes))]
    return wanted in {as_one(text) for text in places(near).values()}


def leads_by_duty(actor: Actor) -> bool:
    if actor.person_id is None:
        return False
    return Duty.objects.filter(realm=actor.realm_id, initiator=actor.person_id).exists()


def as_one(place: str) -> str:
    """However it was spaced."""
    return "".join(place.split()).casefold()
