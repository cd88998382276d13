"""Keeping a list with its filters under a name, opening it again, removing it and taking back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tanxin.apps.issues import saving
from tanxin.apps.issues.saving import TooManyViews, ViewUnnamed
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lists import asked_query, parts_for
from tanxin.web.requests import ActorRequest, go_to


@require_POST
def keep(request: ActorRequest) -> HttpResponse:
    """Only what is a filter is kept of what came; the rest is dropped."""
    given = QueryDict(request.POST.get("query", ""))
    query = asked_query(request, given, parts_for(request.actor), KindNames(request.actor.realm_id))
    try:
        saving.save_view(
            request.actor, name=request.POST.get("name", ""), query=query, at=timezone.now()
        )
    except ViewUnnamed:
        messages.warning(request, gettext("Give the view a name first."))
    except TooManyViews:
        messages.warning(request, gettext("You have kept many views. Remove one first."))
    else:
        messages.success(request, gettext("Kept. You find it above the list."))
    return go_to(request, f"{reverse('issues:mine')}?{query}")


@require_POST
def remove(request: ActorRequest, view_id: UUID) -> HttpResponse:
    saving.remove_view(request.actor, view_id, at=timezone.now())
    undo = reverse("issues:view_restore", args=[view_id])
    messages.success(request, gettext("The view is removed."), extra_tags=f"undo {undo}")
    return go_to(request, "issues:mine")


@require_POST
def restore(request: ActorRequest, view_id: UUID) -> HttpResponse:
    saving.restore_view(request.actor, view_id)
    messages.success(request, gettext("The view is back."))
    return go_to(request, "issues:mine")
