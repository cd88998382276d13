"""Search for people, units and teams by name, spelling, initials, number or post."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tanxin.apps.org.directory import Entry
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest

SHOWN = 50
SUGGESTED = 8
LONGEST = 60


@require_safe
def show(request: ActorRequest) -> HttpResponse:
    """The page; for htmx only the list of results."""
    query = request.GET.get("q", "").strip()[:LONGEST]
    found = directory_of(request).search(query, SUGGESTED if request.htmx else SHOWN)
    page = "org/search.html" + ("#search-results" if request.htmx else "")
    results = [(entry, url_of(entry)) for entry in found]
    return render(
        request, page, {"searched": query, "query": query, "results": results, "most": SHOWN}
    )


def url_of(entry: Entry) -> str:
    return reverse(f"org:{entry.kind}", args=[entry.id])
