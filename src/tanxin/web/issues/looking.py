"""Into the facts before a measure, and at the effect after the answer."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from tanxin.apps.issues import services
from tanxin.apps.issues.course import issue_seen
from tanxin.core.access import Permission, Relation
from tanxin.core.following import Effect
from tanxin.core.lifecycle import IssueMove
from tanxin.web.directory import directory_of
from tanxin.web.issues.step_forms import EffectForm, FindForm, InquireForm
from tanxin.web.issues.taking import begun, form_page, step_page, take, typed_if_blank
from tanxin.web.requests import ActorRequest


@form_page
def inquire(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_INQUIRE)
    typed = typed_if_blank(request, IssueMove.INQUIRE, issue_id)
    form = InquireForm(
        request.POST or None,
        directory=directory_of(request),
        today=timezone.localdate(),
        initial=begun(issue, typed),
    )

    def step() -> None:
        services.ask_for_facts(
            request.actor,
            issue_id,
            person=form.cleaned_data["person"],
            question=form.cleaned_data["question"],
            wanted_on=form.cleaned_data["wanted_on"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    if "looking" in request.POST:
        form.errors.clear()
        return step_page(request, issue, form, IssueMove.INQUIRE, status=200)
    return take(request, issue, form, IssueMove.INQUIRE, step, typed=typed)


@form_page
def find(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.FACTS_REPORT)
    typed = typed_if_blank(request, IssueMove.FIND, issue_id)
    form = FindForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        services.report_facts(
            request.actor,
            issue_id,
            finding=form.cleaned_data["finding"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.FIND, step, typed=typed)


@form_page
def effect(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.EFFECT_SAY)
    typed = typed_if_blank(request, IssueMove.EFFECT, issue_id)
    form = EffectForm(
        request.POST or None,
        is_subject=Relation.SUBJECT in issue.relations,
        initial=begun(issue, typed),
    )

    def step() -> None:
        services.say_effect(
            request.actor,
            issue_id,
            word=Effect(form.cleaned_data["word"]),
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.EFFECT, step, typed=typed)
