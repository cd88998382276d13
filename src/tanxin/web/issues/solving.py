"""While a measure is under way: how far it is, why it came to it, and more time."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from tanxin.apps.issues import services
from tanxin.apps.issues.course import issue_seen
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IssueMove
from tanxin.web.issues.step_forms import AskTimeForm, CauseForm, DecideTimeForm, NoteForm
from tanxin.web.issues.taking import begun, form_page, take, typed_if_blank
from tanxin.web.requests import ActorRequest


@form_page
def note(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.MEASURE_NOTE)
    typed = typed_if_blank(request, IssueMove.NOTE, issue_id)
    form = NoteForm(request.POST or None, request.FILES or None, initial=begun(issue, typed))

    def step() -> None:
        services.note_progress(
            request.actor,
            issue_id,
            text=form.cleaned_data["note"],
            files=form.cleaned_data["proofs"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.NOTE, step, typed=typed)


@form_page
def cause(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.MEASURE_CAUSE)
    typed = typed_if_blank(request, IssueMove.CAUSE, issue_id)
    form = CauseForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        services.write_cause(
            request.actor,
            issue_id,
            text=form.cleaned_data["cause"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.CAUSE, step, typed=typed)


@form_page
def ask_time(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.TIME_ASK)
    typed = typed_if_blank(request, IssueMove.ASK_TIME, issue_id)
    form = AskTimeForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        services.ask_time(
            request.actor,
            issue_id,
            until=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.ASK_TIME, step, typed=typed)


@form_page
def decide_time(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.TIME_DECIDE)
    typed = typed_if_blank(request, IssueMove.GIVE_TIME, issue_id)
    form = DecideTimeForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        seen, now = form.cleaned_data["seen"], timezone.now()
        if form.cleaned_data["verdict"] == "give":
            services.give_time(request.actor, issue_id, seen=seen, at=now)
        else:
            reason = form.cleaned_data["reason"]
            services.deny_time(request.actor, issue_id, reason=reason, seen=seen, at=now)

    return take(request, issue, form, IssueMove.GIVE_TIME, step, typed=typed)
