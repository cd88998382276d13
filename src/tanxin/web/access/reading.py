"""Asking to read a talk, deciding about it, and judging an emergency afterwards."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.archive.content import MOST_HOURS, MOST_HOURS_IN_EMERGENCY
from tanxin.apps.archive.services import open_texts
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.apps.talks import refusals, services
from tanxin.apps.talks.access import TalkForbidden, talk_for
from tanxin.apps.talks.content import (
    ContentRequestNotFound,
    ContentRow,
    content_request_for,
    may_decide,
)
from tanxin.core.access import Permission
from tanxin.web.access import words
from tanxin.web.login.confirming import fresh
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONGEST = 2_000


class AskForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why you must read it"),
        help_text=gettext_lazy("Whoever decides reads this, and so do the two of the talk."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[readable],
    )
    hours = forms.IntegerField(
        label=gettext_lazy("For how many hours"), min_value=1, max_value=MOST_HOURS, initial=24
    )
    is_emergency = forms.BooleanField(
        label=gettext_lazy("It is an emergency"),
        help_text=gettext_lazy(
            "At most eight hours. Somebody else must let you all the same, and a third person"
            " judges afterwards whether it was justified."
        ),
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        hours = self.cleaned_data.get("hours") or 0
        if self.cleaned_data.get("is_emergency") and hours > MOST_HOURS_IN_EMERGENCY:
            self.add_error("hours", _("In an emergency at most eight."))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.CONTENT_ASK)
    if request.actor.person_id in {talk.initiator_id, talk.subject_id}:
        raise TalkForbidden(talk_id)
    form = AskForm(request.POST or None)
    going_on: UUID | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask_to_read(
                request.actor, talk_id, at=timezone.now(), **form.cleaned_data
            )
        except refusals.AskedAlready as reason:
            going_on = reason.request_id
        except refusals.NothingRecorded:
            form.add_error(None, _("There is no record of this talk."))
        except refusals.NobodyToDecide:
            form.add_error(
                None, _("There is nobody else who may decide. Name another supervisor first.")
            )
        else:
            messages.success(request, _("Asked. Somebody else decides."))
            return go_to(request, "access:request", made.pk)
    shown = {"form": form, "talk": talk, "going_on": going_on}
    return render(request, "access/ask.html", shown, status=422 if form.is_bound else 200)


@require_safe
def page(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return show(request, content_request_for(request.actor, request_id))


def show(request: ActorRequest, row: ContentRow, *, problem: str = "") -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    free = may_decide(actor, row, on=today)
    shown: dict[str, Any] = {
        "row": row,
        "state": words.VERDICTS[row.verdict],
        "review": words.REVIEWS[row.review] if row.is_emergency else "",
        "reason": reason_of(request, row),
        "may_decide": free and not row.verdict,
        "may_review": free
        and row.is_emergency
        and row.verdict == "approved"
        and not row.review
        and row.decided_by_id != actor.person_id,
        "is_open": row.open_until is not None and row.open_until > timezone.now(),
        "mine": row.asker_id == actor.person_id,
        "problem": problem,
    }
    return render(request, "access/request.html", shown, status=422 if problem else 200)


def reason_of(request: ActorRequest, row: ContentRow) -> str:
    """Empty for somebody who was entrusted with deciding after it was asked."""
    seen = services.reason_for(request.actor, row)
    return open_texts(request.actor, [seen], "request").get(seen, "") if seen else ""


@require_POST
@fresh
def decide(request: ActorRequest, request_id: UUID) -> HttpResponse:
    verbs = {"approve": services.approve_reading, "refuse": services.refuse_reading}
    verb = verbs.get(request.POST.get("verdict", ""))
    if verb is None:
        return unclear(request, request_id)
    return answer(
        request,
        request_id,
        lambda: verb(request.actor, request_id, at=timezone.now()),
        words.DECIDED[request.POST["verdict"]],
    )


def unclear(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """Nothing is decided by a form that does not say what."""
    row = content_request_for(request.actor, request_id)
    if not may_decide(request.actor, row, on=timezone.localdate()):
        raise TalkForbidden(request_id)
    return show(request, row, problem=_("Nothing was changed."))


@require_POST
@fresh
def review(request: ActorRequest, request_id: UUID) -> HttpResponse:
    verdict = request.POST.get("verdict", "")
    if verdict not in words.REVIEWS or not verdict:
        return unclear(request, request_id)
    justified = verdict == "justified"
    return answer(
        request,
        request_id,
        lambda: services.review_emergency(
            request.actor, request_id, justified=justified, at=timezone.now()
        ),
        _("Your judgement is written down."),
    )


@require_POST
def give_up(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return answer(
        request,
        request_id,
        lambda: services.give_up_reading(request.actor, request_id, at=timezone.now()),
        _("Given up; from now on you cannot read it."),
    )


def answer(
    request: ActorRequest, request_id: UUID, act: Callable[[], object], done: "_StrPromise | str"
) -> HttpResponse:
    """Do it, or show the page as it stands now."""
    row = content_request_for(request.actor, request_id)
    try:
        act()
    except refusals.PageIsOld:
        return show(request, row, problem=_("This was settled in the meantime."))
    except KeeperRefused:
        problem = _("The keeper does not know you as somebody who may decide.")
        return show(request, row, problem=problem)
    except ContentRequestNotFound:
        raise TalkForbidden(request_id) from None
    messages.success(request, done)
    return go_to(request, "access:request", request_id)
