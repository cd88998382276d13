"""Is a place taken by another talk then? Places are typed words, so it is asked and not kept."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import places
from tanxin.core.calendar import quarters
from tanxin.core.lifecycle import TalkState

LONGEST = timedelta(hours=4)
# Another room for everybody who says so.
SOMEBODYS = ("对方", "本人", "我", "他", "她", "您")
STANDS = (TalkState.PROPOSED.value, TalkState.AGREED.value)


def is_room_taken(
    realm_id: UUID, place: str, *, begins: datetime, minutes: int, besides: Collection[UUID] = ()
) -> bool:
    """By a talk that is proposed or agreed; ``besides`` are talks and groups that do not count.

    Opens the places of the talks around that time: never inside a transaction.
    """
    wanted = as_one(place)
    if not wanted or wanted.startswith(SOMEBODYS):
        return False
    needed = set(quarters(begins, minutes))
    rows = Talk.objects.filter(
        realm=realm_id, state__in=STANDS, place_sealed__isnull=False,
        planned_for__gt=begins - LONGEST, planned_for__lt=max(needed) + timedelta(minutes=15),
    ).exclude(pk__in=besides).exclude(group__in=besides)  # fmt: skip
    near = [talk for talk in rows if needed & set(quarters(talk.planned_for, talk.minutes))]
    return wanted in {as_one(text) for text in places(near).values()}


def as_one(place: str) -> str:
    """However it was spaced."""
    return "".join(place.split()).casefold()
