"""Explained as not to be solved now, taken up again; several out of one, and one out of several."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tanxin.apps.issues import services
from tanxin.apps.issues.course import issue_seen
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove, IssueMove
from tanxin.web.directory import directory_of
from tanxin.web.issues import words
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.step_forms import ExplainForm, MergeForm, PressForm, SplitForm
from tanxin.web.issues.taking import NOT_NOW, begun, form_page, take, typed_if_blank
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_OFFERED = 50


@form_page
def explain(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_EXPLAIN)
    typed = typed_if_blank(request, IssueMove.EXPLAIN, issue_id)
    form = ExplainForm(request.POST or None, initial=begun(issue, typed))

    def step() -> None:
        services.explain_issue(
            request.actor,
            issue_id,
            text=form.cleaned_data["text"],
            look_again_on=form.cleaned_data["look_again_on"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.EXPLAIN, step, typed=typed)


@form_page
def split(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_REGROUP)
    typed = typed_if_blank(request, IssueMove.SPLIT, issue_id)
    kinds = KindNames(request.actor.realm_id).choices(beside=issue.kind)
    form = SplitForm(request.POST or None, kinds=kinds, initial=begun(issue, typed))

    def step() -> None:
        services.split_issue(
            request.actor,
            issue_id,
            form.parts,
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.SPLIT, step, typed=typed)


@form_page
def merge(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    issue = issue_seen(request.actor, issue_id, Permission.ISSUE_REGROUP)
    others = others_to_merge_with(request, issue_id)
    form = MergeForm(request.POST or None, choices=others, initial={"seen": issue.steps})

    def step() -> None:
        services.merge_issue(
            request.actor,
            issue_id,
            form.cleaned_data["into"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )

    return take(request, issue, form, IssueMove.MERGE, step, typed=None, has_others=bool(others))


def others_to_merge_with(request: ActorRequest, issue_id: UUID) -> list[tuple[str, str]]:
    """What else the leader leads and is open: about what, and with whom it was raised."""
    names, kinds = directory_of(request), KindNames(request.actor.realm_id)
    return [
        (
            str(one.pk),
            " · ".join(
                (
                    words.told_apart(
                        kinds[one.kind], one.pk, one.talk.held_at or one.talk.planned_for
                    )
                    if one.talk.initiator_id == request.actor.person_id
                    else words.told_apart(kinds[one.kind], one.pk, None),
                    names.name(one.talk.subject_id),
                )
            ),
        )
        for one in services.mergeable_with(request.actor, issue_id)[:MOST_OFFERED]
    ]


@require_POST
def take_up(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    return press(
        request,
        issue_id,
        Permission.ISSUE_TAKE_UP,
        lambda seen: services.take_up_again(request.actor, issue_id, seen=seen, at=timezone.now()),
        _("Taken up again. Now say what shall be done about it."),
    )


@require_POST
def release(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    return press(
        request,
        issue_id,
        Permission.ISSUE_REGROUP,
        lambda seen: services.release_issue(request.actor, issue_id, seen=seen, at=timezone.now()),
        _("It goes its own way again. Now say what shall be done about it."),
    )


def press(
    request: ActorRequest,
    issue_id: UUID,
    permission: Permission,
    step: Callable[[int | None], object],
    done: "_StrPromise",
) -> HttpResponse:
    """A step without words: one press, and back to the issue either way."""
    issue_seen(request.actor, issue_id, permission)
    form = PressForm(request.POST)
    try:
        step(form.cleaned_data.get("seen") if form.is_valid() else None)
    except IllegalMove:
        messages.info(request, NOT_NOW)
    else:
        messages.success(request, done)
    return go_to(request, "issues:issue", issue_id)
