"""When two or more people could meet, as far as anybody may know: free or not, never why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby, islice
from uuid import UUID

from tanxin.apps.org.access import person_for
from tanxin.apps.org.recusals import is_kept_from
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.booking import busy
from tanxin.core.access import Actor, Permission
from tanxin.core.calendar import DAYS_LOOKED_AT, free_starts, quarters

OFFERED, A_DAY = 6, 2
NOTICE = timedelta(hours=2)
REACH = timedelta(days=DAYS_LOOKED_AT + 1)


@dataclass(frozen=True, slots=True)
class Clash:
    """Who of those who are to meet has agreed to something else at that time."""

    mine: bool
    theirs: bool

    def __bool__(self) -> bool:
        return self.mine or self.theirs


def clash(
    actor: Actor,
    people: Collection[UUID],
    *,
    begins: datetime,
    minutes: int,
    besides: Collection[UUID] = (),
) -> Clash:
    """``besides`` are the talk that is moved, and its group: their own times are no hindrance.

    Raises as ``person_for``.
    """
    known = known_to(actor, people)
    wanted = quarters(begins, minutes)
    until = wanted[-1] + timedelta(minutes=1)
    taken = {person for person, _ in busy(actor.realm_id, known, wanted[0], until, besides)}
    return Clash(actor.person_id in taken, bool(taken - {actor.person_id}))


def free_times(
    actor: Actor,
    people: Collection[UUID],
    *,
    minutes: int,
    now: datetime,
    besides: Collection[UUID] = (),
    most: int = OFFERED,
) -> list[datetime]:
    """The next times in office hours of working days at which none of them is taken.

    Some of each day, so that there are days to choose from. Raises as ``person_for``.
    """
    known = known_to(actor, people)
    realm, since = actor.realm_id, now + NOTICE
    taken = {quarter for _, quarter in busy(realm, known, since - NOTICE, since + REACH, besides)}
    calendar, zone = work_calendar(realm), zone_of(realm)
    free = free_starts(taken, calendar, zone, since=since, minutes=minutes)
    by_day = groupby(free, key=lambda begins: begins.date())
    some = chain.from_iterable(islice(times, A_DAY) for _, times in by_day)
    return list(islice(some, most))


def known_to(actor: Actor, people: Collection[UUID]) -> list[UUID]:
    """Of whom the actor may know that they are taken: of nobody from whom he is kept."""
    for one in people:
        person_for(actor, one, Permission.ORG_VIEW)
    return [one for one in people if not is_kept_from(actor, one)]
