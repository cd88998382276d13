"""Asking that a duty need not be met, and deciding about it."""

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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties import delegating, exempting
from tanxin.apps.duties.access import duty_for, visible_duties
from tanxin.apps.duties.deciding import DecidedAlready, DecisionForbidden
from tanxin.core.access import Permission
from tanxin.core.lifecycle import DutyState, IllegalMove
from tanxin.web.directory import directory_of
from tanxin.web.duties.showing import duty_line, title_known
from tanxin.web.duties.words_asked import TONES, VERDICTS
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

LONGEST = 500


class ReasonForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it should not be owed"),
        help_text=gettext_lazy(
            "Leave, study, secondment, newly come, retired … Only who decides, the two people and"
            " organisers read it."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[readable],
    )


class AnswerForm(NamedForm):
    answer = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("Who asked reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    shown = {
        "to_decide": [
            (row, title_known(actor, row.duty))
            for row in exempting.waivers_to_decide(actor, on=today)
        ],
        "mine": [
            (row, title_known(actor, row.duty), VERDICTS[row.verdict], TONES[row.verdict])
            for row in exempting.my_waiver_requests(actor)
        ],
        "delegations_to_decide": delegating.delegations_to_decide(actor, on=today),
        "delegations": [
            (
                row,
                VERDICTS[row.verdict],
                TONES[row.verdict],
                row.asked_by_id == actor.person_id,
                delegating.last_day_of(row),
            )
            for row in delegating.my_delegations(actor)
        ],
        "may_delegate": actor.person_id and delegating.delegable_rules(actor.realm_id, today),
    }
    return render(request, "duties/waivers.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest, duty_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    duty = duty_for(actor, duty_id, Permission.WAIVER_ASK, on=today)
    form = ReasonForm(request.POST or None)
    problem = "" if duty.state == DutyState.OPEN else _("This talk is no longer owed.")
    if not problem and form.is_bound and form.is_valid():
        try:
            row = exempting.ask_waiver(
                actor, duty_id, reason=form.cleaned_data["reason"], on=today, at=timezone.now()
            )
        except exempting.WaiverAskedAlready:
            problem = _("Somebody asked for it before; it waits for a decision.")
        else:
            messages.success(request, _("Asked. The talk stays owed until it is approved."))
            return go_to(request, "duties:waiver", row.pk)
    shown = {
        "duty": duty,
        "line": duty_line(actor, duty, directory_of(request), today),
        "form": form,
        "problem": problem,
        "today": today,
    }
    refused = form.is_bound or problem
    return render(request, "duties/waive.html", shown, status=422 if refused else 200)


@require_safe
def page(request: ActorRequest, waiver_id: UUID) -> HttpResponse:
    row = exempting.waiver_request_for(request.actor, waiver_id, on=timezone.localdate())
    return show(request, row, AnswerForm())


def show(
    request: ActorRequest, row: exempting.WaiverAsked, form: AnswerForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    said, answer = exempting.waiver_words(row)
    waits = not row.verdict
    shown: dict[str, Any] = {
        "row": row,
        "line": duty_line(actor, row.duty, directory_of(request), today),
        "sees_duty": visible_duties(actor, on=today).filter(pk=row.duty_id).exists(),
        "said": said,
        "answer": answer,
        "state": VERDICTS[row.verdict],
        "tone": TONES[row.verdict],
        "decides": waits and exempting.may_decide_waiver(actor, row, on=today),
        "mine": waits and row.asked_by_id == actor.person_id,
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "duties/waiver.html", shown, status=422 if refused else 200)


@require_POST
def approve(request: ActorRequest, waiver_id: UUID) -> HttpResponse:
    return act(
        request,
        waiver_id,
        lambda: exempting.approve_waiver(
            request.actor, waiver_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("Approved: the talk is not owed any more."),
    )


@require_POST
def refuse(request: ActorRequest, waiver_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = exempting.waiver_request_for(request.actor, waiver_id, on=today)
    if not exempting.may_decide_waiver(request.actor, row, on=today):
        raise DecisionForbidden(waiver_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    return act(
        request,
        waiver_id,
        lambda: exempting.refuse_waiver(
            request.actor,
            waiver_id,
            answer=form.cleaned_data["answer"],
            on=today,
            at=timezone.now(),
        ),
        _("Not approved; who asked reads why."),
    )


@require_POST
def withdraw(request: ActorRequest, waiver_id: UUID) -> HttpResponse:
    return act(
        request,
        waiver_id,
        lambda: exempting.withdraw_waiver(
            request.actor, waiver_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("Taken back; the talk stays owed."),
    )


def act(
    request: ActorRequest, waiver_id: UUID, verb: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, or show the page as it stands now."""
    try:
        verb()
    except DecidedAlready:
        problem = _("This was decided in the meantime.")
    except IllegalMove:
        problem = _("The talk was held in the meantime; there is nothing to waive.")
    else:
        messages.success(request, done)
        return go_to(request, "duties:waiver", waiver_id)
    row = exempting.waiver_request_for(request.actor, waiver_id, on=timezone.localdate())
    return show(request, row, AnswerForm(), problem)
