"""One statement to a unit: to its author, to who reviews it, and to who answers."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.feedback import deciding
from tanxin.apps.issues.feedback.access import FeedbackRow, feedback_for, relations_to
from tanxin.apps.issues.feedback.writing import withdraw_feedback
from tanxin.apps.sealing.client import KeeperUnavailable
from tanxin.core.access import Actor, Permission, Relation
from tanxin.core.passing_on import FeedbackState
from tanxin.web.feedback import words
from tanxin.web.feedback.forms import AnswerForm, ReasonForm
from tanxin.web.feedback.marking import looked_at, with_quotes
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DONE: "dict[str, _StrPromise]" = {
    "release": _("It is on its way to the head of the unit."),
    "return": _("Sent back to its author."),
    "answer": _("Answered. Whoever told it can read it now."),
    "withdraw": _("Taken back. Nothing has left."),
}


@require_safe
def feedback(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    return show(request, feedback_for(request.actor, feedback_id, Permission.FEEDBACK_VIEW))


def texts_of(actor: Actor, row: FeedbackRow, relations: frozenset[Relation]) -> dict[str, str]:
    """What this person may read; nothing while the keeper is away."""
    read = {
        "told": row.sent_id if Relation.OWNER in relations else row.draft_id,
        "reason": row.reason_id,
        "answer": row.answer_id if relations & {Relation.AUTHOR, Relation.OWNER} else None,
    }
    wanted = {name: record for name, record in read.items() if record}
    try:
        found = open_texts(actor, wanted.values(), Permission.FEEDBACK_VIEW)
    except KeeperUnavailable:
        return {}
    return {name: found[record] for name, record in wanted.items()}


def show(
    request: ActorRequest, row: FeedbackRow, *, status: int = 200, **bound: Form
) -> HttpResponse:
    relations = relations_to(request.actor, row)
    texts = texts_of(request.actor, row, relations)
    reviews = Relation.ENDORSER in relations and row.state == FeedbackState.REVIEW
    told = texts.get("told", "")
    marks = with_quotes(deciding.marks_of(row, told), row.quoted) if reviews else []
    shown = {
        "feedback": row,
        "state": words.STATES[row.state],
        "is_author": Relation.AUTHOR in relations,
        "reviews": reviews,
        "answers": Relation.OWNER in relations and row.state == FeedbackState.SENT,
        "may_withdraw": Relation.AUTHOR in relations and row.state == FeedbackState.REVIEW,
        "texts": texts,
        "looked": looked_at(told, marks),
        "release_form": bound.get("release") or NamedForm(),
        "return_form": bound.get("return") or ReasonForm(),
        "answer_form": bound.get("answer") or AnswerForm(),
    }
    return render(request, "feedback/feedback.html", shown, status=status)


def take(
    request: ActorRequest, row: FeedbackRow, name: str, form: Form, step: Callable[[], object]
) -> HttpResponse:
    status = UNPROCESSABLE
    if form.is_valid():
        status = attempt(form, step).status
        if not status:
            messages.success(request, DONE[name])
            return go_to(request, "feedback:feedback", row.pk)
    return show(request, row, status=status, **{name: form})


@require_POST
def release(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    row = feedback_for(request.actor, feedback_id, Permission.FEEDBACK_REVIEW)
    return take(
        request, row, "release", NamedForm(request.POST),
        lambda: deciding.release_feedback(request.actor, row.pk, at=timezone.now()),
    )  # fmt: skip


@require_POST
def send_back(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    row = feedback_for(request.actor, feedback_id, Permission.FEEDBACK_REVIEW)
    form = ReasonForm(request.POST)
    return take(
        request, row, "return", form,
        lambda: deciding.return_feedback(
            request.actor, row.pk, reason=form.cleaned_data["text"], at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
def answer(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    row = feedback_for(request.actor, feedback_id, Permission.FEEDBACK_ANSWER)
    form = AnswerForm(request.POST)
    return take(
        request, row, "answer", form,
        lambda: deciding.answer_feedback(
            request.actor, row.pk, answer=form.cleaned_data["text"], at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
def withdraw(request: ActorRequest, feedback_id: UUID) -> HttpResponse:
    row = feedback_for(request.actor, feedback_id, Permission.FEEDBACK_WITHDRAW)
    return take(
        request, row, "withdraw", NamedForm(request.POST),
        lambda: withdraw_feedback(request.actor, row.pk, at=timezone.now()),
    )  # fmt: skip
