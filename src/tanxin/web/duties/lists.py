"""The list behind a number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.lists import Asked, listed
from tanxin.apps.duties.reading.rulebook import rule_line
from tanxin.core.access import Actor
from tanxin.web.directory import directory_of
from tanxin.web.duties import words
from tanxin.web.duties.asked import asked_in
from tanxin.web.duties.showing import duty_line
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest
from tanxin.web.rules.wording import title_of


@require_safe
def show(request: ActorRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = asked_in(request, today)
    rows = listed(request.actor, asked, today=today)
    page = page_of(rows, order=("due", "id"), cursor=request.GET.get("cursor", ""))
    names = directory_of(request)
    shown = {
        "asked": asked,
        "rule": rule_title(request.actor, asked),
        "state": words.FILTERS.get(asked.state, ""),
        "filters": words.FILTERS.items(),
        "lines": [duty_line(request.actor, duty, names, today) for duty in page.rows],
        "page": page,
        "today": today,
        "kept": kept(request),
    }
    return render(request, "duties/list.html", shown)


def rule_title(actor: Actor, asked: Asked) -> str:
    if asked.private:
        return str(words.PRIVATE)
    return title_of(rule_line(actor, asked.rule_id).rule.title) if asked.rule_id else ""


def kept(request: ActorRequest) -> list[tuple[str, str]]:
    """What the filter form sends along."""
    return [
        (name, value)
        for name, value in request.GET.dict().items()
        if name not in ("state", "cursor")
    ]
