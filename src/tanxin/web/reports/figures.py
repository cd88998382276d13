"""Figures of a unit and a period, and the list behind each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from tanxin.apps.issues.selectors import dues_of, owners_of, watches
from tanxin.apps.reports.figures import Figures, FigureUnknown, figures_of
from tanxin.apps.reports.figures import behind as rows_behind
from tanxin.apps.reports.ledger import Scope
from tanxin.core.access import Actor
from tanxin.web.directory import directory_of
from tanxin.web.duties.showing import duty_line
from tanxin.web.issues.lines import watched
from tanxin.web.issues.told import number, share_of
from tanxin.web.keyset import page_of
from tanxin.web.reports import words
from tanxin.web.reports.span import figures_url, list_url, scope_asked
from tanxin.web.requests import ActorRequest
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.kinds import kind_name


@dataclass(frozen=True, slots=True)
class Shown:
    """``url`` is empty where no list may be opened."""

    label: str
    number: str
    url: str = ""


def grouped(found: Figures, urls: Mapping[str, str]) -> Iterator[tuple[Promise, list[Shown]]]:
    for area, title in words.AREAS.items():
        shown = [
            Shown(words.figure(code), number(one), urls.get(code, ""))
            for code, one in found.items()
            if code.partition(".")[0] == area
        ]
        if area == "issues" and shown:
            share = share_of(found["issues.raised"], found["issues.effective"])
            shown.append(Shown(str(words.SHARE), share))
        if shown:
            yield title, shown


def urls_of(actor: Actor, found: Figures, scope: Scope) -> dict[str, str]:
    """The list, or for issues that are only counted the picture they are counted in."""
    if scope.unit_id is None:
        return {}
    listed = watches(actor)
    urls = {
        code: list_url(scope.unit_id, scope.first, scope.last, code)
        for code, one in found.items()
        if one.number and (listed or not code.startswith("issues."))
    }
    if listed or not any(code.startswith("issues.") for code in found):
        return urls
    exact = found["issues.raised"].is_exact
    there = (
        reverse("issues:unit_figures", args=[scope.unit_id]) if exact else reverse("issues:figures")
    )
    return urls | {code: there for code in found if code.startswith("issues.")}


@require_safe
def show(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    scope = scope_asked(request, actor, unit_id, today)
    found = figures_of(actor, scope, on=today)
    shown = {
        "scope": scope,
        "unit_name": directory_of(request).unit_name(scope.unit_id),
        "groups": list(grouped(found, urls_of(actor, found, scope))),
        "rounded": any(not one.is_exact for one in found.values()),
    }
    return render(request, "reports/figures.html", shown)


@require_safe
def behind(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    """The rows that a figure counts, by the same condition."""
    actor, today = request.actor, timezone.localdate()
    scope, code = scope_asked(request, actor, unit_id, today), request.GET.get("of", "duties.owed")
    try:
        title = words.figure(code)
        rows = rows_behind(actor, scope, code, on=today)
    except (FigureUnknown, KeyError):
        raise Http404 from None
    area = code.partition(".")[0]
    page = page_of(rows, order=ORDERS[area], cursor=request.GET.get("cursor", ""))
    shown = {
        "scope": scope,
        "unit_name": directory_of(request).unit_name(scope.unit_id),
        "up": figures_url(unit_id, scope.first, scope.last),
        "title": title,
        "area": area,
        "lines": lines_of(request, actor, area, page.rows, today),
        "page": page,
        "today": today,
    }
    return render(request, "reports/list.html", shown)


ORDERS = {"duties": ("due", "id"), "talks": ("planned_for", "id"), "issues": ("id",)}


def lines_of(
    request: ActorRequest, actor: Actor, area: str, rows: list[Any], today: date
) -> list[Any]:
    names = directory_of(request)
    if area == "duties":
        return [duty_line(actor, row, names, today) for row in rows]
    if area == "talks":
        return [(row, kind_name(row), talk_words.STATES[row.state]) for row in rows]
    dues, owners = dues_of(actor.realm_id, rows), owners_of(actor.realm_id, rows)
    return [watched(row, dues.get(row.pk), today, owners.get(row.pk)) for row in rows]
