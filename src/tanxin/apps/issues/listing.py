"""Issues and their measures as lists that can be narrowed, each through the door of its reader."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.access import helped, led, not_kept
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.issues.selectors import issues_led_by
from tanxin.apps.org.selectors.units import subtree
from tanxin.core.access import Actor
from tanxin.core.issue_stages import SOON, STATES_OF, Light, Stage
from tanxin.core.lifecycle import PROMISED, SOLVING


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; nothing set is everything.

    ``first`` and ``last`` are dues; ``mine`` is what the reader himself follows up.
    """

    stage: Stage | None = None
    kind: str = ""
    weight: str = ""
    unit: UUID | None = None
    owner: UUID | None = None
    light: Light | None = None
    first: date | None = None
    last: date | None = None
    mine: bool = False


def narrowed(
    rows: QuerySet[Issue], wanted: Wanted, *, actor: Actor, today: date
) -> QuerySet[Issue]:
    """The rows of a list that was asked of a door; it can only become shorter."""
    asked = Q()
    if wanted.stage:
        asked &= Q(state__in=STATES_OF[wanted.stage])
    if wanted.kind:
        asked &= Q(kind=wanted.kind)
    if wanted.weight:
        asked &= Q(weight=wanted.weight)
    if wanted.unit:
        asked &= Q(unit__in=subtree(actor.realm_id, wanted.unit, today))
    if wanted.owner:
        asked &= Q(measures__roles__role="owner", measures__roles__person=wanted.owner)
    if wanted.mine:
        asked &= Q(followed__person=actor.person_id, followed__ended_in=None)
    return rows.filter(asked & in_light(wanted.light, today) & due_between(wanted))


def in_light(light: Light | None, today: date) -> Q:
    if light is None:
        return Q()
    if light is Light.RED:
        return Q(state__in=SOLVING, measures__due__lt=today)
    return Q(state__in=SOLVING, measures__due__gte=today, measures__due__lte=today + SOON)


def due_between(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.first:
        asked &= Q(measures__due__gte=wanted.first)
    if wanted.last:
        asked &= Q(measures__due__lte=wanted.last)
    return asked


def all_of_mine(actor: Actor) -> QuerySet[Issue]:
    """Everything the actor has a part in, whichever; ordered so that it tells no day of a talk."""
    if actor.person_id is None:
        return Issue.objects.none()
    mine = led(actor) | Q(talk__subject=actor.person_id) | helped(actor) & not_kept(actor)
    rows = Issue.objects.filter(mine, realm=actor.realm_id)
    return rows.select_related("talk").order_by("wanted_on", "pk")


def promised_by(actor: Actor) -> QuerySet[Issue]:
    """What the actor let somebody expect and has not answered yet, the first wanted first."""
    return issues_led_by(actor).filter(state__in=PROMISED).order_by("wanted_on", "pk")


def parts_of(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, dict[UUID, str]]:
    """Issue → person → what he does about its measure."""
    rows = MeasureRole.objects.filter(
        realm=realm_id, measure__issue__in=[issue.pk for issue in issues]
    )
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for issue_id, person_id, role in rows.values_list("measure__issue", "person", "role"):
        found[issue_id][person_id] = role
    return found
