"""What all pages of a step share: the way so far beside a form that takes the next one."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.archive.services import Typed, drop_draft
from tanxin.apps.issues.course import IssueSeen, issue_seen
from tanxin.core.lifecycle import IssueMove
from tanxin.web.drafting import typed_before
from tanxin.web.issues import words
from tanxin.web.issues.course import course_of, page_of_move
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.refusals import UNPROCESSABLE, attempt
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from uuid import UUID

    from django.utils.functional import _StrPromise

form_page = require_http_methods(["GET", "HEAD", "POST"])
NOTHING_MORE: Mapping[str, object] = MappingProxyType({})
NOT_NOW = _("This step has been taken, or it is not its time.")
# Steps whose form is more than its fields, one below the other.
OWN_TEMPLATES = frozenset(
    {
        IssueMove.ASSIGN,
        IssueMove.REPORT,
        IssueMove.VERIFY,
        IssueMove.ANSWER,
        IssueMove.INQUIRE,
        IssueMove.GIVE_TIME,
        IssueMove.SPLIT,
        IssueMove.MERGE,
    }
)
DONE: "dict[IssueMove, _StrPromise]" = {
    IssueMove.ASSIGN: _("The measure is set. The owner finds it among what to do."),
    IssueMove.REPORT: _("Reported. The verifier looks at it next."),
    IssueMove.VERIFY: _("Your finding is written down."),
    IssueMove.ANSWER: _("Answered. The one who raised it can read it now."),
    IssueMove.INQUIRE: _("Asked. Whoever looks into it finds it among what to do."),
    IssueMove.FIND: _("Reported. Only who asked you reads it."),
    IssueMove.NOTE: _("Noted. All concerned can read it now."),
    IssueMove.CAUSE: _("The cause is written down."),
    IssueMove.ASK_TIME: _("Asked. Go on until it is decided: the day stands as before."),
    IssueMove.GIVE_TIME: _("Decided. The owner is told."),
    IssueMove.EXPLAIN: _("Explained. The one who raised it can read it now."),
    IssueMove.EFFECT: _("Thank you. What you said is written down."),
    IssueMove.SPLIT: _("Split. The parts wait among what you have to do."),
    IssueMove.MERGE: _("From now on it is dealt with in the other issue."),
}


def take(
    request: ActorRequest,
    issue: IssueSeen,
    form: forms.Form,
    move: IssueMove,
    step: Callable[[], None],
    *,
    typed: Typed | None,
    **more: object,
) -> HttpResponse:
    """Answer a form of one step; who comes when it cannot be taken is sent to the issue."""
    if request.method != "POST":
        if move not in issue.moves:
            messages.info(request, NOT_NOW)
            return go_to(request, "issues:issue", issue.id)
        return step_page(request, issue, form, move, status=200, typed=typed, more=more)
    status = attempt(form, step) if form.is_valid() else UNPROCESSABLE
    if status:
        show_as_it_is_now(request, issue, form)
        return step_page(request, issue, form, move, status=status, more=more)
    drop_draft(request.actor, move, issue.id)
    messages.success(request, DONE[move])
    return go_to(request, "issues:issue", issue.id)


def show_as_it_is_now(request: ActorRequest, issue: IssueSeen, form: forms.Form) -> None:
    """The page that refuses shows the steps of others taken meanwhile, so it may be sent again."""
    if "seen" in form.fields and form.is_bound:
        data = request.POST.copy()
        data["seen"] = str(issue_seen(request.actor, issue.id).steps)
        form.data = data


def step_page(
    request: ActorRequest,
    issue: IssueSeen,
    form: forms.Form,
    move: IssueMove,
    *,
    status: int,
    typed: Typed | None = None,
    more: Mapping[str, object] = NOTHING_MORE,
) -> HttpResponse:
    page = {
        "typed": typed,
        "draft_url": reverse("issues:draft", args=[issue.id, move]),
        "keeps_draft": move is not IssueMove.MERGE,
        "issue": issue,
        "form": form,
        "kind": KindNames(request.actor.realm_id)[issue.kind],
        "title": words.ACTIONS[move],
        "intro": words.INTROS.get(move, ""),
        "course": course_of(request.actor, issue),
        **more,
    }
    template = f"issues/{page_of_move(move)}.html" if move in OWN_TEMPLATES else "issues/step.html"
    return render(request, template, page, status=status)


def typed_if_blank(request: ActorRequest, purpose: str, about_id: "UUID") -> Typed | None:
    """What was typed before, for a form that does not come with something typed already."""
    if request.method == "POST":
        return None
    return typed_before(request.actor, purpose, about_id)


def begun(issue: IssueSeen, typed: Typed | None, **known: object) -> dict[str, object]:
    """What a form begins with; ``seen`` says how many steps the page showed."""
    return known | (dict(typed.fields) if typed else {}) | {"seen": issue.steps}
