"""Who must not talk with whom, or judge in whose matter; why is for few."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.org.services.conflicts import (
    ConflictForbidden,
    ConflictKnown,
    ConflictOfOne,
    declare_conflict,
    end_conflict,
    known_conflicts,
)
from tanxin.core.access import Relation
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.day_field import day
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

MOST = 200
BECAUSE: dict[str, Promise] = {
    "relative": gettext_lazy("Spouses or relatives"),
    "complaint": gettext_lazy("One complained about the other"),
    "dispute": gettext_lazy("Parties to a dispute"),
    "other": gettext_lazy("Another relation that may weigh on it"),
}


class ConflictForm(ChoosingForm):
    about = PersonField(label=gettext_lazy("The one"))
    person = PersonField(label=gettext_lazy("The other"))
    because = forms.ChoiceField(label=gettext_lazy("Why"), choices=list(BECAUSE.items()))
    source = forms.CharField(
        label=gettext_lazy("By what it is known"),
        max_length=200,
        validators=[readable],
        help_text=gettext_lazy("A paper, a report of one's own. Sealed: only you and organisers."),
    )
    start = day(gettext_lazy("Since which day"))


@require_http_methods(["GET", "HEAD", "POST"])
def conflicts(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    first: dict[str, Any] = {"start": timezone.localdate()}
    if Relation.ORGANISER not in actor.standing:
        first["about"] = actor.person_id
    form = ConflictForm(request.POST or None, initial=first, directory=directory_of(request))
    if form.is_bound and not form.is_looking and form.is_valid() and declared(request, form):
        messages.success(request, _("Noted. Neither leads a talk with the other from that day on."))
        return go_to(request, "access:conflicts")
    rows = [(row, BECAUSE[row.because]) for row in known_conflicts(actor, most=MOST)]
    refused = form.is_bound and not form.is_looking
    shown = {"form": form, "rows": rows}
    return render(request, "access/conflicts.html", shown, status=422 if refused else 200)


def declared(request: ActorRequest, form: ConflictForm) -> bool:
    data = form.cleaned_data
    try:
        declare_conflict(
            request.actor,
            data["about"],
            data["person"],
            because=data["because"],
            source=data["source"],
            start=data["start"],
            at=timezone.now(),
        )
    except ConflictOfOne:
        form.add_error("person", _("It takes two people."))
    except ConflictForbidden:
        form.add_error("about", _("Say it of yourself; of two others an organiser does."))
    except ConflictKnown:
        form.add_error("person", _("This is noted already."))
    else:
        return True
    return False


@require_POST
def end(request: ActorRequest, conflict_id: UUID) -> HttpResponse:
    end_conflict(request.actor, conflict_id, on=timezone.localdate(), at=timezone.now())
    messages.success(request, _("Ended; from today on it no longer stands in the way."))
    return go_to(request, "access:conflicts")
