"""What became of what was raised, in figures: of a unit, or of all with small numbers withheld."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tanxin.apps.issues.figures import (
    Picture,
    Row,
    may_see_all,
    months_of,
    picture_of,
    picture_of_all,
    units_led,
)
from tanxin.core.tallying import FEWEST, Told
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import asked_year, years_to_choose
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.told import number, share_of
from tanxin.web.requests import ActorRequest, go_to

HEADS: tuple[Promise, ...] = (_("Raised"), _("Answered"), _("Found solved"), _("Helped"))
TONES = ("warn", "info", "brand", "good")
SIDES: dict[str, Promise] = {
    "solving": _("For which it answers"),
    "led": _("Raised with its leaders"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    name: str
    numbers: list[str]
    share: str = ""
    url: str = ""


@require_safe
def figures(request: ActorRequest) -> HttpResponse:
    """The whole for who watches; a leader is sent to his unit; others read why there is nothing."""
    actor, today = request.actor, timezone.localdate()
    led = units_led(actor, on=today)
    if not may_see_all(actor):
        if led:
            return go_to(request, "issues:unit_figures", led[0])
        return render(request, "issues/no_figures.html")
    year = asked_year(request, today)
    picture = picture_of_all(actor, year=year, on=today)
    return page(request, picture, year, {"led": [(one, "") for one in led]})


@require_safe
def of_unit(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    year = asked_year(request, today)
    side = request.GET.get("side", "")
    side = side if side in SIDES else "solving"
    picture = picture_of(request.actor, unit_id, side, months_of(year), on=today)
    more = {"unit_id": unit_id, "side": side, "sides": SIDES.items()}
    return page(request, picture, year, more)


def page(request: ActorRequest, picture: Picture, year: int, more: dict[str, Any]) -> HttpResponse:
    names, kinds = directory_of(request), KindNames(request.actor.realm_id)
    unit_id = more.get("unit_id")

    def unit_row(row: Row) -> Shown:
        own = row.key == unit_id
        name = gettext("The unit itself") if own else names.unit_name(row.key)
        below = "" if own or not picture.is_exact else str(row.key)
        return Shown(name, written(row), share_in(row.numbers), below)

    shown = {
        **more,
        "picture": picture,
        "year": year,
        "years": years_to_choose(timezone.localdate(), year),
        "heads": HEADS,
        "fewest": FEWEST,
        "whole": list(zip(HEADS, map(number, picture.whole), strict=True)),
        "share": share_in(picture.whole),
        "tables": [
            table(_("By unit"), picture.units, unit_row),
            table(_("By kind"), picture.kinds, lambda row: plain(row, kinds[row.key])),
            table(_("By month"), picture.months, lambda row: plain(row, f"{row.key:%Y-%m}")),
        ],
        "chart": chart_of(picture.months) if picture.is_exact else None,
        "is_empty": not picture.units,
    }
    return render(request, "issues/figures.html", shown)


@dataclass(frozen=True, slots=True)
class Table:
    """``small`` are the names of those of which nothing is told but that it is little."""

    title: Promise
    rows: list[Shown]
    small: list[str]


def table(title: Promise, rows: list[Row] | None, shown: Callable[[Row], Shown]) -> Table | None:
    if not rows:
        return None
    told = [row for row in rows if not all(one.is_small for one in row.numbers)]
    small = [row for row in rows if row not in told]
    return Table(title, [shown(row) for row in told], [shown(row).name for row in small])


def plain(row: Row, name: str) -> Shown:
    return Shown(name, written(row), share_in(row.numbers))


def share_in(numbers: Sequence[Told]) -> str:
    return share_of(numbers[0], numbers[-1])


def written(row: Row) -> list[str]:
    return [number(one) for one in row.numbers]


def chart_of(months: list[Row] | None) -> dict[str, Any] | None:
    if not months:
        return None
    return {
        "labels": [f"{row.key:%Y-%m}" for row in months],
        "series": [
            {
                "name": str(head),
                "tone": tone,
                "values": [row.numbers[place].number for row in months],
            }
            for place, (head, tone) in enumerate(zip(HEADS, TONES, strict=True))
        ],
    }
