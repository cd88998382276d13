"""With whom a talk is proposed: anybody found by name, or whom an open duty may be met with."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tanxin.apps.duties.partners import partners_of
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.org.directory import Directory
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest

MOST = 60
FOUND = 200


def ask_with_whom(
    request: ActorRequest, duty: DutyRow | None, refused: UUID | None = None
) -> HttpResponse:
    """The page to choose on; ``refused`` is somebody with whom a talk would not meet the duty."""
    names, query = directory_of(request), request.GET.get("q", "").strip()
    shown: dict[str, Any] = {"q": query, "duty": duty, "is_held": request.GET.get("held") == "1"}
    if duty is None:
        shown["found"] = names.search_people(query)
    else:
        shown |= of_duty(duty, names, query)
        shown["refused"] = names.name(refused) if refused else ""
        shown["refused_id"] = refused
    return render(request, "talks/new_with.html", shown, status=422 if refused else 200)


def of_duty(duty: DutyRow, names: Directory, query: str) -> dict[str, Any]:
    """Who the rule means, all or those found, and who was found besides."""
    meant = partners_of(duty, timezone.localdate())
    able = sorted((one for one in meant if one in names), key=names.sort_key)
    hits = [entry.id for entry in names.search_people(query, FOUND)] if query else []
    if query:
        able = [one for one in able if one in hits]
    return {
        "able": [(one, names.label(one)) for one in able[:MOST]],
        "more": max(len(able) - MOST, 0),
        "meant": len(meant),
        "others": [
            (one, names.label(one))
            for one in hits[:MOST]
            if one not in meant and one != duty.initiator_id
        ],
    }
