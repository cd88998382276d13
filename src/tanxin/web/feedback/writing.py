"""Telling a unit of an issue: the form, the marked words, and on to the second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.feedback.writing import (
    Statement,
    crowded_places,
    reviewers_of,
    write_feedback,
)
from tanxin.core.access import Permission
from tanxin.web.directory import directory_of
from tanxin.web.feedback.choosing import people, places, unit_choices
from tanxin.web.feedback.forms import FeedbackForm
from tanxin.web.feedback.marking import looked_at
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.issues.kinds import KindNames
from tanxin.web.requests import ActorRequest, go_to


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    actor, names, today = request.actor, directory_of(request), timezone.localdate()
    issue = issue_for(actor, issue_id, Permission.FEEDBACK_WRITE)
    choices = {
        "unit": unit_choices(names),
        "heard_in": places(names, crowded_places(actor, issue_id, on=today)),
        "reviewer": people(names, reviewers_of(actor, issue_id, on=today)),
    }
    form = FeedbackForm(request.POST or None, choices=choices)
    page = {
        "form": form,
        "issue_id": issue_id,
        "kind": KindNames(actor.realm_id)[issue.kind],
    }
    if request.method != "POST":
        return render(request, "feedback/new.html", page)
    if not form.is_valid():
        return render(request, "feedback/new.html", page, status=UNPROCESSABLE)
    data, made = dict(form.cleaned_data), []

    def step() -> None:
        feedback = write_feedback(
            actor,
            issue_id,
            Statement(data["text"], frozenset(data["kept"])),
            unit=data["unit"],
            heard_in=data["heard_in"],
            reviewer=data["reviewer"],
            form=data["form"],
            at=timezone.now(),
        )
        made.append(feedback.pk)

    tried = attempt(form, step)
    if made:
        messages.success(request, _("Given to the second person. Nothing has left yet."))
        return go_to(request, "feedback:feedback", made[0])
    page["looked"] = looked_at(data["text"], tried.marks, data["kept"])
    return render(request, "feedback/new.html", page, status=tried.status)
