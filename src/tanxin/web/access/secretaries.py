from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.org.services.secretaries import (
    OwnSecretary,
    SecretaryIsNamed,
    end_secretary,
    name_secretary,
)
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.requests import ActorRequest, go_to


class NameForm(ChoosingForm):
    person = PersonField(label=gettext_lazy("Who arranges my talks"))


@require_http_methods(["GET", "HEAD", "POST"])
def name(request: ActorRequest) -> HttpResponse:
    """A leader names who finds the time for him."""
    leader = request.actor.person_id
    if leader is None:
        raise PersonNotFound
    form = NameForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            name_secretary(
                request.actor,
                leader,
                form.cleaned_data["person"],
                start=timezone.localdate(),
                at=timezone.now(),
            )
        except OwnSecretary:
            form.add_error("person", _("Nobody is his own secretary."))
        except SecretaryIsNamed:
            form.add_error("person", _("This person arranges for you already."))
        else:
            messages.success(request, _("From today on this person arranges your talks."))
            return go_to(request, "access:overview")
    refused = form.is_bound and not form.is_looking
    return render(request, "access/secretary.html", {"form": form}, status=422 if refused else 200)


@require_POST
def end(request: ActorRequest, secretary_id: UUID) -> HttpResponse:
    end_secretary(request.actor, secretary_id, end=timezone.localdate(), at=timezone.now())
    messages.success(request, _("From today on this person no longer arranges your talks."))
    return go_to(request, "access:overview")
