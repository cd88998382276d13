"""One person's duties, from both sides."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, Q, QuerySet

from tanxin.apps.duties.access import led
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.states import conditions, is_near, of_year
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState

DONE = (DutyState.MET, DutyState.CONFIRMED, DutyState.CONTESTED)


def own_duties(actor: Actor) -> QuerySet[Duty]:
    """What the actor has to see to: duties led, and mutual ones from the other side."""
    if actor.person_id is None:
        return Duty.objects.none()
    mine = led(actor) | Q(subject=actor.person_id, mutual=True)
    return Duty.objects.filter(mine, realm=actor.realm_id).select_related("rule")


def owed(actor: Actor, *, today: date) -> QuerySet[Duty]:
    return own_duties(actor).filter(state=DutyState.OPEN, opens__lte=today)


def coming(actor: Actor, *, today: date) -> QuerySet[Duty]:
    """Open duties whose time has not begun."""
    return own_duties(actor).filter(is_near(today), state=DutyState.OPEN, opens__gt=today)


def owed_to(actor: Actor, *, today: date) -> QuerySet[Duty]:
    """What others owe the actor; a mutual duty stands among his own."""
    if actor.person_id is None:
        return Duty.objects.none()
    theirs = Duty.objects.filter(realm=actor.realm_id, subject=actor.person_id, mutual=False)
    return theirs.filter(is_near(today), state=DutyState.OPEN).select_related("rule")


def done(actor: Actor, year: int, *, today: date) -> QuerySet[Duty]:
    return of_year(own_duties(actor), year, today).filter(state__in=DONE)


def counts(actor: Actor, *, today: date) -> Mapping[str, int]:
    """How much is late, soon and later due, how much waits for its time, and how much is done."""
    asked = conditions(today)
    begun = Q(opens__lte=today)
    done_now = Q(state__in=DONE, due__gte=date(today.year, 1, 1), due__lte=date(today.year, 12, 31))
    found: dict[str, int] = own_duties(actor).aggregate(
        late=Count("pk", filter=asked["late"] & begun),
        soon=Count("pk", filter=asked["soon"] & begun),
        later=Count("pk", filter=asked["later"] & begun),
        coming=Count("pk", filter=is_near(today) & Q(state=DutyState.OPEN, opens__gt=today)),
        done=Count("pk", filter=done_now),
    )
    return found


def due_days(actor: Actor, year: int, *, today: date) -> list[tuple[date, int, int]]:
    """Each day on which something is due: how much in all, and how much of it is open."""
    days = of_year(own_duties(actor), year, today).exclude(state=DutyState.WAIVED).order_by("due")
    open_ones = Count("pk", filter=Q(state=DutyState.OPEN))
    return list(
        days.values("due")
        .annotate(all=Count("pk"), open=open_ones)
        .values_list("due", "all", "open")
    )
