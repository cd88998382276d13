"""An appeal against a frozen result, and the word of somebody who had no hand in it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import appeal_for, result_for
from tanxin.apps.appraisal.reading.result import AppealRow, Heard, heard, to_look_at
from tanxin.apps.appraisal.refusals import AppealIsOver, AppealWaits, NotFrozenYet, NothingChanged
from tanxin.core.access import Permission
from tanxin.web.appraisal import words
from tanxin.web.appraisal.results import LONGEST, AppealForm, result_page
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

COUNT = "count-"


class AnswerForm(NamedForm):
    answer = forms.CharField(
        label=gettext_lazy("Why it is decided so"),
        help_text=gettext_lazy("Who appealed, and all who may see the result, read it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[readable],
    )


@require_POST
def make(request: ActorRequest, result_id: UUID) -> HttpResponse:
    form, today = AppealForm(request.POST), timezone.localdate()
    result_for(request.actor, result_id, Permission.RESULT_ANSWER, on=today)
    if not form.is_valid():
        return result_page(request, result_id, appeal=form)
    reason = form.cleaned_data["reason"]
    try:
        row = services.appeal_against(
            request.actor, result_id, reason=reason, on=today, at=timezone.now()
        )
    except NotFrozenYet:
        problem = _("The result is not frozen yet; one appeals once it is.")
    except AppealWaits:
        problem = _("An appeal waits for its decision already.")
    else:
        messages.success(request, _("The appeal waits for somebody who had no hand in it."))
        return go_to(request, "appraisal:appeal", row.pk)
    return result_page(request, result_id, appeal=form, problem=problem)


@require_safe
def page(request: ActorRequest, appeal_id: UUID) -> HttpResponse:
    return show(request, appeal_id, AnswerForm())


def show(
    request: ActorRequest, appeal_id: UUID, form: AnswerForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row: AppealRow = appeal_for(actor, appeal_id, Permission.RESULT_VIEW, on=today)
    one: Heard = heard(actor, [row], today)[0]
    pieces = to_look_at(actor, row) if one.decides else []
    shown = {
        "row": row,
        "one": one,
        "verdict": words.VERDICTS[row.verdict],
        "tone": words.VERDICT_TONES[row.verdict],
        "pieces": [
            (words.INDICATORS[key], piece, words.HALVES[piece.half], f"{COUNT}{piece.ref}")
            for key, piece in pieces
        ],
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "appraisal/appeal.html", shown, status=422 if refused else 200)


@require_POST
def grant(request: ActorRequest, appeal_id: UUID) -> HttpResponse:
    changes = {
        name.removeprefix(COUNT): str(value)
        for name, value in request.POST.items()
        if name.startswith(COUNT) and value
    }
    return decided(
        request,
        appeal_id,
        lambda answer: services.grant_appeal(
            request.actor, appeal_id, changes, answer=answer, on=timezone.localdate(),
            at=timezone.now(),
        ),
        _("Granted. The new result stands beside the frozen one."),
    )  # fmt: skip


@require_POST
def refuse(request: ActorRequest, appeal_id: UUID) -> HttpResponse:
    return decided(
        request,
        appeal_id,
        lambda answer: services.refuse_appeal(
            request.actor, appeal_id, answer=answer, on=timezone.localdate(), at=timezone.now()
        ),
        _("Not granted; who appealed reads why."),
    )


def decided(
    request: ActorRequest, appeal_id: UUID, verb: Callable[[str], object], done: str
) -> HttpResponse:
    appeal_for(request.actor, appeal_id, Permission.APPEAL_DECIDE, on=timezone.localdate())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, appeal_id, form)
    try:
        verb(form.cleaned_data["answer"])
    except NothingChanged:
        problem = _("Choose below what shall count otherwise, or do not grant it.")
        return show(request, appeal_id, form, problem)
    except AppealIsOver:
        return show(request, appeal_id, form, _("This was decided in the meantime."))
    messages.success(request, done)
    return go_to(request, "appraisal:appeal", appeal_id)


@require_POST
def withdraw(request: ActorRequest, appeal_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    try:
        services.withdraw_appeal(request.actor, appeal_id, on=today, at=timezone.now())
    except AppealIsOver:
        return show(request, appeal_id, AnswerForm(), _("This was decided in the meantime."))
    messages.success(request, _("Taken back; the result stays as it was frozen."))
    return go_to(request, "appraisal:appeal", appeal_id)
