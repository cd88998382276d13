"""One answer to everybody: to its author, its reviewer, and whoever may read it."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.issues.replies import writing
from tanxin.apps.issues.replies.access import ReplyRow, relations_to, reply_for
from tanxin.core.access import Permission, Relation
from tanxin.core.passing_on import ReplyState
from tanxin.web.feedback import words
from tanxin.web.feedback.forms import EndForm, ReasonForm
from tanxin.web.feedback.marking import looked_at
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.issues.kinds import KindNames
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

DONE: "dict[str, _StrPromise]" = {
    "publish": _("Published: everybody of the unit can read it now."),
    "return": _("Sent back to its author."),
    "withdraw": pgettext_lazy("reply", "Withdrawn. Who could read it reads why."),
}


@require_safe
def reply(request: ActorRequest, reply_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    return show(request, reply_for(request.actor, reply_id, Permission.REPLY_VIEW, on=today))


def show(request: ActorRequest, row: ReplyRow, *, status: int = 200, **bound: Form) -> HttpResponse:
    relations = relations_to(request.actor, row, on=timezone.localdate())
    opened = writing.opened(row)
    has_part = bool(relations & {Relation.AUTHOR, Relation.ENDORSER})
    reviews = Relation.ENDORSER in relations and row.state == ReplyState.REVIEW
    marks = writing.marks_of(row, opened) if reviews else ()
    gone = row.state == ReplyState.WITHDRAWN and not has_part
    shown = {
        "reply": row,
        "title": _("An answer that was withdrawn") if gone else opened.title,
        "text": "" if gone else opened.text,
        "reason": opened.reason,
        "kind": KindNames(request.actor.realm_id)[row.kind],
        "state": words.REPLIES[row.state],
        "has_part": has_part,
        "reviews": reviews,
        "may_withdraw": has_part
        and (row.state == ReplyState.PUBLISHED or (row.state == ReplyState.REVIEW and not reviews)),
        "looked": looked_at(writing.whole(opened.title, opened.text), marks),
        "publish_form": bound.get("publish") or NamedForm(),
        "return_form": bound.get("return") or ReasonForm(),
        "withdraw_form": bound.get("withdraw") or EndForm(),
    }
    return render(request, "feedback/reply.html", shown, status=status)


def take(
    request: ActorRequest, row: ReplyRow, name: str, form: Form, step: Callable[[], object]
) -> HttpResponse:
    status = UNPROCESSABLE
    if form.is_valid():
        status = attempt(form, step).status
        if not status:
            messages.success(request, DONE[name])
            return go_to(request, "feedback:reply", row.pk)
    return show(request, row, status=status, **{name: form})


@require_POST
def publish(request: ActorRequest, reply_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = reply_for(request.actor, reply_id, Permission.REPLY_REVIEW, on=today)
    return take(
        request, row, "publish", NamedForm(request.POST),
        lambda: writing.publish_reply(request.actor, row.pk, at=timezone.now()),
    )  # fmt: skip


@require_POST
def send_back(request: ActorRequest, reply_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = reply_for(request.actor, reply_id, Permission.REPLY_REVIEW, on=today)
    form = ReasonForm(request.POST)
    return take(
        request, row, "return", form,
        lambda: writing.return_reply(
            request.actor, row.pk, reason=form.cleaned_data["text"], at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
def withdraw(request: ActorRequest, reply_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = reply_for(request.actor, reply_id, Permission.REPLY_WITHDRAW, on=today)
    form = EndForm(request.POST)
    return take(
        request, row, "withdraw", form,
        lambda: writing.withdraw_reply(
            request.actor, row.pk, reason=form.cleaned_data["text"], at=timezone.now()
        ),
    )  # fmt: skip
