"""People for a field in which somebody is chosen, as they are typed: asked by the page's script."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest

MOST = 20
LONGEST = 60


@require_safe
def people(request: ActorRequest) -> HttpResponse:
    """Whoever is in the directory, as its own search finds them; without scripts a form asks."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = directory_of(request).search_people(asked, MOST)
    return JsonResponse(
        [{"value": str(one.id), "text": one.title, "hint": one.detail} for one in found],
        safe=False,
    )
