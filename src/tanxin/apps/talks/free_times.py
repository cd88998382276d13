"""When two or more people could meet, as far as anybody may know: free or not, never why."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, groupby, islice
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.access import person_for
from tanxin.apps.org.recusals import is_kept_from
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.org.selectors.leading import leaders_of_person
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.access import sees_every_talk
from tanxin.apps.talks.booking import busy
from tanxin.apps.talks.models import Request, Talk
from tanxin.core.access import Actor, Permission
from tanxin.core.calendar import DAYS_LOOKED_AT, free_starts, quarters
from tanxin.core.lifecycle import CALLED_OFF, UNTOLD, DutyState, TalkState

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
    known = known_to(actor, people, on=begins.date())
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
    known = known_to(actor, people, on=now.date())
    realm, since = actor.realm_id, now + NOTICE
    taken = {quarter for _, quarter in busy(realm, known, since - NOTICE, since + REACH, besides)}
    calendar, zone = work_calendar(realm), zone_of(realm)
    free = free_starts(taken, calendar, zone, since=since, minutes=minutes)
    by_day = groupby(free, key=lambda begins: begins.date())
    some = chain.from_iterable(islice(times, A_DAY) for _, times in by_day)
    return list(islice(some, most))


def known_to(actor: Actor, people: Collection[UUID], *, on: date) -> list[UUID]:
    """Of whom the actor may know that they are taken: of nobody from whom he is kept.

    Nor of a stranger: a form that warns of anybody would tell who is in a talk at which hour.
    """
    for one in people:
        person_for(actor, one, Permission.ORG_VIEW)
    asked = [one for one in people if not is_kept_from(actor, one)]
    if sees_every_talk(actor):
        return asked
    near = dealt_with(actor, asked, on=on)
    return [one for one in asked if one in near]


def dealt_with(actor: Actor, people: Collection[UUID], *, on: date) -> frozenset[UUID]:
    """Those of ``people`` with whom the actor, or a leader for whom he arranges, has to do.

    By an open duty, by a talk or a request to which the other has said his yes, or because they
    work under him: nothing that the actor can bring about alone.
    """
    sides = {one for one in (actor.person_id, *leaders_of(actor, on=on)) if one}
    near = sides | agreed_with(actor.realm_id, sides, people)
    duties = Duty.objects.filter(
        realm=actor.realm_id, state=DutyState.OPEN, initiator__in=sides, subject__in=people
    )
    near.update(one for one in duties.values_list("subject", flat=True) if one)
    under = (one for one in people if one not in near)
    near.update(one for one in under if sides & leaders_of_person(actor.realm_id, one, on=on))
    return frozenset(near)


def agreed_with(realm_id: UUID, sides: Collection[UUID], people: Collection[UUID]) -> set[UUID]:
    talks = Talk.objects.filter(realm=realm_id).exclude(state__in=UNTOLD | CALLED_OFF)
    led = talks.filter(initiator__in=sides, subject__in=people)
    had = talks.filter(subject__in=sides, initiator__in=people)
    asked = Request.objects.filter(realm=realm_id, asked__in=sides, asker__in=people)
    return {
        *led.exclude(state=TalkState.PROPOSED, proposed_by__in=sides).values_list(
            "subject", flat=True
        ),
        *had.exclude(state=TalkState.PROPOSED, proposed_by__in=sides).values_list(
            "initiator", flat=True
        ),
        *asked.values_list("asker", flat=True),
    }
