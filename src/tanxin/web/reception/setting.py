from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.talks.receiving.access import ReceptionForbidden, all_leaders, is_leader
from tanxin.apps.talks.receiving.refusals import HoursNotMeant
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.core.access import Role
from tanxin.web.directory import directory_of
from tanxin.web.reception.forms import HoursForm
from tanxin.web.requests import ActorRequest, go_to


def leaders_for(request: ActorRequest) -> list[tuple[str, str]]:
    """For whom the actor may set hours: himself, those he arranges for, as organiser all."""
    actor, today, names = request.actor, timezone.localdate(), directory_of(request)
    found = leaders_of(actor, on=today)
    if Role.ORGANISER in actor.roles:
        found += sorted(all_leaders(actor.realm_id, on=today), key=names.sort_key)
    if actor.person_id and is_leader(actor.realm_id, actor.person_id, on=today):
        found.insert(0, actor.person_id)
    return [(str(one), names.label(one)) for one in dict.fromkeys(found)]


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    leaders = leaders_for(request)
    if not leaders:
        raise ReceptionForbidden
    form = HoursForm(request.POST or None, leaders=leaders, initial={"start": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        leader_id = data.pop("leader")
        try:
            set_reception(request.actor, leader_id, Hours(**data), at=timezone.now())
        except HoursNotMeant:
            form.add_error(
                "ends",
                _("Hours begin and end on a quarter of an hour, and hold one time at least."),
            )
        else:
            messages.success(request, _("Set. Everybody can book a time now."))
            return go_to(request, "reception:leader", leader_id)
    return render(
        request, "reception/new.html", {"form": form}, status=422 if form.is_bound else 200
    )
