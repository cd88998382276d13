"""The figures of a unit and a period, each a condition on a list that can be opened.

Of issues only who watches them finds a list; others are told what ``issues.figures`` tells them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from tanxin.apps.duties.access import units_below
from tanxin.apps.duties.reading.states import conditions
from tanxin.apps.issues.figures import may_see_all, picture_of, picture_of_all
from tanxin.apps.issues.selectors import watches
from tanxin.apps.issues.tallies import STAGES
from tanxin.apps.reports.ledger import Scope, duties_in, issues_in, talks_in
from tanxin.apps.talks.access import sees_every_talk
from tanxin.core.access import Actor
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
    found = counted("duties", duties_in(actor, scope, on=on), duty_conditions(on))
    if sees_talks(actor, scope):
        rows = talks_in(actor, scope)
        found |= counted("talks", rows, TALKS)
        kinds = rows.filter(HELD).order_by().values_list("kind").annotate(Count("pk"))
        found |= {kind_figure(kind): Told(number) for kind, number in sorted(kinds)}
    return found | issue_figures(actor, scope, on)


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
    if not is_a_year(scope):
        return {}
    year = scope.first.year
    if scope.unit_id in units_below(actor, on):
        whole = picture_of(actor, scope.unit_id, "led", year=year, on=on).whole
    elif scope.people is None and may_see_all(actor):
        whole = picture_of_all(actor, year=year, on=on).whole
    else:
        return {}
    return {f"issues.{name}": told for name, told in zip(STAGES, whole, strict=True)}


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
