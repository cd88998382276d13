"""保密承诺: its words, when one gave which version, and new words by an organiser."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.archive import undertakings
from tanxin.apps.learning.shipped import undertaking_text
from tanxin.core.access import RowForbidden
from tanxin.web.learning.forms import UndertakingForm
from tanxin.web.requests import ActorRequest, go_to


@require_safe
def page(request: ActorRequest) -> HttpResponse:
    due = undertakings.due_from(request.actor)
    shown = {
        "words": due or undertakings.in_force(request.actor.realm_id),
        "due": due,
        "next": way_back(request, request.GET.get("next", "")),
        "given": undertakings.given_by(request.actor),
        "may_put": undertakings.may_put(request.actor),
    }
    return render(request, "learning/undertaking.html", shown)


def way_back(request: ActorRequest, where: str) -> str:
    """A page of ours, or none."""
    ours = url_has_allowed_host_and_scheme(
        where, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return where if ours and where.startswith("/") else ""


@require_POST
def give(request: ActorRequest) -> HttpResponse:
    said = request.POST.get("version", "")
    version = int(said) if said.isascii() and said.isdigit() and len(said) < len("1000000") else 0
    if not undertakings.give(request.actor, version, at=timezone.now()):
        messages.warning(request, _("The words have changed meanwhile. Please read them again."))
        return go_to(request, "learning:undertaking")
    messages.success(request, _("Your undertaking is kept with its date."))
    where = way_back(request, request.POST.get("next", ""))
    return redirect(where) if where else go_to(request, "learning:undertaking")


@require_http_methods(["GET", "HEAD", "POST"])
def put(request: ActorRequest) -> HttpResponse:
    if not undertakings.may_put(request.actor):
        raise RowForbidden
    now = undertakings.in_force(request.actor.realm_id)
    words = now.text if now else undertaking_text()
    form = UndertakingForm(
        request.POST if request.method == "POST" else None, initial={"text": words}
    )
    if form.is_valid():
        undertakings.put_in_force(request.actor, form.cleaned_data["text"], at=timezone.now())
        messages.success(request, _("In force. Everybody is asked for it anew."))
        return go_to(request, "learning:undertaking")
    status = 422 if form.is_bound else 200
    return render(request, "learning/put.html", {"form": form, "now": now}, status=status)
