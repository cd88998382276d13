"""The figures of a unit and a period, each a condition on a list that can be opened.

Of issues only who watches them finds a list; others are told what ``issues.figures`` tells them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from tanxin.apps.duties.access import units_below
from tanxin.apps.duties.reading.states import conditions
from tanxin.apps.issues.figures import Months, may_see_all, picture_of, picture_of_all
from tanxin.apps.issues.selectors import watches
from tanxin.apps.issues.tallies import STAGES
from tanxin.apps.reports.ledger import Scope, duties_in, issues_in, talks_in
from tanxin.apps.talks.access import sees_every_talk
from tanxin.core.access import Actor, Role
from tanxin.core.lifecycle import CALLED_OFF, TalkState
from tanxin.core.tallying import Told

DUTIES = ("owed", "held", "confirmed", "contested", "open", "late", "waived")
HELD = Q(held_at__isnull=False)
TALKS: Mapping[str, Q] = {
    "held": HELD,
    "confirmed": Q(state=TalkState.CONFIRMED),
    "disputed": Q(state=TalkState.DISPUTED),
    "unconfirmed": Q(state=TalkState.UNCONFIRMED),
    "going": Q(state__in=[TalkState.HELD.value, TalkState.RECORDED.value]),
    "together": HELD & Q(group__isnull=False),
    "afterwards": HELD & Q(late__isnull=False),
    "paper": HELD & Q(from_paper=True),
    "called_off": Q(state__in=sorted(state.value for state in CALLED_OFF)),
}
ISSUES: Mapping[str, Q] = {
    "raised": Q(),
    "answered": Q(answered_at__isnull=False),
    "verified": Q(state__in=["verified", "answered"]),
    "effective": Q(effect="solved"),
}
Figures = dict[str, Told]


class FigureUnknown(LookupError):
    pass


def kind_figure(kind: str) -> str:
    return f"talks.of.{kind}"


def figures_of(actor: Actor, scope: Scope, *, on: date) -> Figures:
    """By code, ``talks.held``; what the actor may not count is left out."""
    return process_figures(actor, scope, on) | issue_figures(actor, scope, on)


def figures_for_all(actor: Actor, scope: Scope, *, on: date) -> Figures:
    """What an organiser is told who neither supervises nor leads a unit of it, as others read it.

    Whatever else the actor is; of what is kept from him nothing is counted.
    """
    plain = replace(actor, roles=frozenset({Role.ORGANISER}))
    return process_figures(plain, scope, on) | issue_figures_outside(plain, scope, on)


def process_figures(actor: Actor, scope: Scope, on: date) -> Figures:
    found = counted("duties", duties_in(actor, scope, on=on), duty_conditions(on))
    if sees_talks(actor, scope):
        rows = talks_in(actor, scope)
        found |= counted("talks", rows, TALKS)
        kinds = rows.filter(HELD).order_by().values_list("kind").annotate(Count("pk"))
        found |= {kind_figure(kind): Told(number) for kind, number in sorted(kinds)}
    return found


def sees_talks(actor: Actor, scope: Scope) -> bool:
    """Who sees his own talks alone would take their number for that of the unit."""
    return scope.unit_id is None or sees_every_talk(actor)


def counted(area: str, rows: QuerySet[Any], asked: Mapping[str, Q]) -> Figures:
    there = Q(pk__isnull=False)
    numbers = {name: Count("pk", filter=there & each) for name, each in asked.items()}
    found = rows.order_by().aggregate(**{f"n_{name}": each for name, each in numbers.items()})
    return {f"{area}.{name}": Told(found[f"n_{name}"]) for name in asked}


def duty_conditions(on: date) -> Mapping[str, Q]:
    asked = conditions(on)
    return {name: asked[name] for name in DUTIES}


def issue_figures(actor: Actor, scope: Scope, on: date) -> Figures:
    """What the picture of issues tells him: of units he leads, or withheld of the whole."""
    if scope.unit_id is None or watches(actor):
        return counted("issues", issues_in(actor, scope), ISSUES)
    months = months_in(scope)
    if months and scope.unit_id in units_below(actor, on):
        return by_stage(picture_of(actor, scope.unit_id, "led", months, on=on).whole)
    return issue_figures_outside(actor, scope, on)


def issue_figures_outside(actor: Actor, scope: Scope, on: date) -> Figures:
    """With small numbers withheld, of the whole organisation alone, and of a whole year.

    Told of half a year as well, the other half would stand there to be taken from the whole.
    """
    if not is_a_year(scope) or scope.people is not None or not may_see_all(actor):
        return {}
    return by_stage(picture_of_all(actor, year=scope.first.year, on=on).whole)


def by_stage(whole: Iterable[Told]) -> Figures:
    return {f"issues.{name}": told for name, told in zip(STAGES, whole, strict=True)}


def months_in(scope: Scope) -> Months | None:
    """What roll-ups by the month know the figures of."""
    if scope.first.day != 1 or (scope.last + timedelta(days=1)).day != 1:
        return None
    return Months(scope.first, scope.last.replace(day=1))


def is_a_year(scope: Scope) -> bool:
    return (scope.first, scope.last) == (
        date(scope.first.year, 1, 1),
        date(scope.first.year, 12, 31),
    )


def behind(actor: Actor, scope: Scope, code: str, *, on: date) -> QuerySet[Any]:
    """The list that a figure counts. Raises ``FigureUnknown``."""
    area, _, name = code.partition(".")
    if area == "duties" and name in DUTIES:
        return duties_in(actor, scope, on=on).filter(duty_conditions(on)[name])
    if area == "talks" and sees_talks(actor, scope):
        return talks_in(actor, scope).filter(talk_condition(name))
    if area == "issues" and name in ISSUES and (scope.unit_id is None or watches(actor)):
        return issues_in(actor, scope).filter(ISSUES[name])
    raise FigureUnknown(code)


def talk_condition(name: str) -> Q:
    if name in TALKS:
        return TALKS[name]
    head, _, kind = name.partition(".")
    if head != "of" or not (kind and kind.isprintable()):
        raise FigureUnknown(name)
    return HELD & Q(kind=kind)
