"""One page per step: the way so far, and the form that takes the next step."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanxin.apps.archive.services import drop_draft
from tanxin.apps.issues import services
from tanxin.apps.issues.course import IssueSeen, issue_seen
from tanxin.apps.org.directory import directory
from tanxin.apps.talks.access import talk_for
from tanxin.core.access import Permission
from tanxin.core.lifecycle import BEFORE_HELD, IssueMove, TalkState
from tanxin.web.issues.drafts import RAISING
from tanxin.web.issues.forms import (
    CO_OWNERS,
    AnswerForm,
    AssignForm,
    RaiseForm,
    ReportForm,
    VerifyForm,
)
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.refusals import UNPROCESSABLE, attempt
from tanxin.web.issues.sorting import units_to_choose
from tanxin.web.issues.taking import begun, form_page, step_page, take, typed_if_blank
from tanxin.web.requests import ActorRequest, go_to


@form_page
def raise_issue(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.ISSUE_RAISE)
    if request.method != "POST" and TalkState(talk.state) in BEFORE_HELD:
        messages.info(request, _("This step has been taken, or it is not its time."))
        return go_to(request, "talks:talk", talk_id)
    typed = typed_if_blank(request, RAISING, talk_id)
    form = RaiseForm(request.POST or None, initial=dict(typed.fields) if typed else None)
    kinds = KindNames(request.actor.realm_id)
    form.offer(list(kinds.choices()), units_to_choose(request.actor))
    status = 200
    made: list[UUID] = []

    def step() -> None:
        issue = services.raise_issue(
            request.actor,
            talk_id,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            form=form.cleaned_data["form"],
            sorting=form.sorting,
            at=timezone.now(),
        )
        made.append(issue.pk)

    if request.method == "POST":
        status = attempt(form, step) if form.is_valid() else UNPROCESSABLE
        if not status:
            drop_draft(request.actor, RAISING, talk_id)
            messages.success(request, _("Written down. Now say what shall be done about it."))
            return go_to(request, "issues:issue", *made)
    page = {"form": form, "talk_id": talk_id, "subject_id": talk.subject_id, "typed": typed}
    return render(request, "issues/raise.html", page, status=status)


@form_page
def assign(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_ASSIGN)
    people = directory(request.actor.realm_id)
    typed = typed_if_blank(request, IssueMove.ASSIGN, issue_id)
    initial = begun(issue, typed, **known(issue))
    form = AssignForm(
        request.POST or None, directory=people, today=timezone.localdate(), initial=initial
    )

    def step() -> None:
        services.assign_issue(
            request.actor,
            issue_id,
            owner=form.cleaned_data["owner"],
            verifier=form.cleaned_data["verifier"],
            due=form.cleaned_data["due"],
            statement_text=form.cleaned_data["statement"],
            measure_text=form.cleaned_data["measure"],
            co_owners=form.co_owners,
            cause_text=form.cleaned_data["cause"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    if "looking" in request.POST:
        form.errors.clear()
        return step_page(request, issue, form, IssueMove.ASSIGN, status=200)
    return take(request, issue, form, IssueMove.ASSIGN, step, typed=typed)


@form_page
def report(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.MEASURE_REPORT)
    typed = typed_if_blank(request, IssueMove.REPORT, issue_id)
    form = ReportForm(request.POST or None, request.FILES or None, initial=begun(issue, typed))

    def step() -> None:
        services.report_measure(
            request.actor,
            issue_id,
            evidence_text=form.cleaned_data["evidence"],
            files=form.cleaned_data["proofs"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.REPORT, step, typed=typed)


@form_page
def verify(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.MEASURE_VERIFY)
    typed = typed_if_blank(request, IssueMove.VERIFY, issue_id)
    form = VerifyForm(request.POST or None, initial=dict(typed.fields) if typed else None)

    def step() -> None:
        services.verify_measure(
            request.actor,
            issue_id,
            solved=form.cleaned_data["verdict"] == "solved",
            note=form.cleaned_data["note"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.VERIFY, step, typed=typed)


@form_page
def answer(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_ANSWER)
    typed = typed_if_blank(request, IssueMove.ANSWER, issue_id)
    form = AnswerForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        services.answer_issue(
            request.actor,
            issue_id,
            answer_text=form.cleaned_data["answer"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.ANSWER, step, typed=typed)


def known(issue: IssueSeen) -> dict[str, object]:
    """What the form of a measure set anew begins with."""
    co_owners = dict(zip(CO_OWNERS, issue.co_owner_ids, strict=False))
    return {"owner": issue.owner_id, "verifier": issue.verifier_id, "due": issue.due, **co_owners}
