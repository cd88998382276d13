"""Keeping a talk, an issue or everything about a person from somebody."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.services.recusing import recuse_from_issue
from tanxin.apps.org.services.recusing import (
    IsRecused,
    RecusedFromHimself,
    lift_recusal,
    recuse_from_person,
)
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.refusals import LastSupervisor
from tanxin.apps.talks.services import recuse_from_talk
from tanxin.core.access import Permission, Relation
from tanxin.web.access import words
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.requests import ActorRequest, go_to

TO_CHOOSE = [(code, text) for code, text in words.BECAUSE.items() if code != "own"]


class RecuseForm(ChoosingForm):
    person = PersonField(
        label=gettext_lazy("Who shall find nothing of it"),
        help_text=gettext_lazy("This person is not told."),
    )
    because = forms.ChoiceField(label=gettext_lazy("Why"), choices=TO_CHOOSE)


class RecusePersonForm(RecuseForm):
    about = PersonField(
        label=gettext_lazy("Of whom"),
        help_text=gettext_lazy(
            "Yourself, or anybody if you keep yourself out. Only the security administrator keeps"
            " two others apart."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_talk(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.RECUSAL_SET)
    form = RecuseForm(request.POST or None, directory=directory_of(request))
    return answer(
        request,
        form,
        lambda data: recuse_from_talk(
            request.actor, talk.pk, data["person"], because=data["because"], at=timezone.now()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_issue(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_for(request.actor, issue_id, Permission.RECUSAL_SET)
    form = RecuseForm(request.POST or None, directory=directory_of(request))
    return answer(
        request,
        form,
        lambda data: recuse_from_issue(
            request.actor, issue.pk, data["person"], because=data["because"], at=timezone.now()
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    first = {"about": None if Relation.SECURITY_ADMIN in actor.standing else actor.person_id}
    form = RecusePersonForm(request.POST or None, initial=first, directory=directory_of(request))
    return answer(
        request,
        form,
        lambda data: recuse_from_person(
            actor, data["person"], data["about"], because=data["because"], at=timezone.now()
        ),
    )


def answer(
    request: ActorRequest, form: ChoosingForm, recuse: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            recuse(form.cleaned_data)
        except RecusedFromHimself:
            form.add_error("person", _("What is about oneself, or what one led, cannot be kept."))
        except IsRecused:
            form.add_error("person", _("It is kept from this person already."))
        except LastSupervisor:
            form.add_error(
                "person",
                _("Whoever led a talk cannot keep it from the only one who supervises it."),
            )
        else:
            messages.success(request, _("From now on this person finds nothing of it."))
            return go_to(request, "access:overview")
    refused = form.is_bound and not form.is_looking
    return render(request, "access/recuse.html", {"form": form}, status=422 if refused else 200)


@require_POST
def lift(request: ActorRequest, recusal_id: UUID) -> HttpResponse:
    lift_recusal(request.actor, recusal_id, at=timezone.now())
    messages.success(request, _("Lifted; this person finds it again like before."))
    return go_to(request, "access:overview")
