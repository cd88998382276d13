"""A draft is proposed by one person and put in force, or returned, by another."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tanxin.apps.duties.drafting import publishing, reading, writing
from tanxin.apps.duties.tasks import derive_whole
from tanxin.core.access import Permission
from tanxin.web.login.confirming import fresh
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.drafting import page, stepping
from tanxin.web.rules.drafting.asking import ReasonForm, StartForm
from tanxin.web.rules.drafting.editing import may_edit


@require_POST
def propose(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = may_edit(request, draft_id)
    form = StartForm(request.POST)
    if not form.is_valid():
        return page.show(request, row, start=form, status=422)
    return act(
        request,
        row,
        lambda: publishing.propose_draft(
            request.actor,
            draft_id,
            base=stepping.base_of(request, row),
            start=form.cleaned_data["start"],
            today=timezone.localdate(),
            at=timezone.now(),
        ),
        _("Proposed. Nothing is in force before a second person has approved it."),
    )


@require_POST
@fresh
def approve(request: ActorRequest, draft_id: UUID) -> HttpResponseBase:
    row = may_decide(request, draft_id)

    def publish() -> None:
        done = publishing.approve_draft(
            request.actor,
            draft_id,
            digest=request.POST.get("digest", ""),
            today=timezone.localdate(),
            at=timezone.now(),
        )
        derive_whole.enqueue(str(request.actor.realm_id), "rules published")
        said = _("In force from %(day)s. Duties follow in a moment.")
        messages.success(request, said % {"day": prose_day(done.start)})

    return act(request, row, publish)


@require_POST
def send_back(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = may_decide(request, draft_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page.show(request, row, reason=form, status=422)
    return act(
        request,
        row,
        lambda: publishing.return_draft(
            request.actor,
            draft_id,
            reason=form.cleaned_data["reason"],
            today=timezone.localdate(),
            at=timezone.now(),
        ),
        _("Returned; whoever wrote it reads why."),
    )


@require_POST
def withdraw(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    row = may_edit(request, draft_id)
    return act(
        request,
        row,
        lambda: publishing.withdraw_draft(request.actor, draft_id, at=timezone.now()),
        _("It can be changed again."),
    )


def may_decide(request: ActorRequest, draft_id: UUID) -> reading.DraftRow:
    """Raises ``DraftNotFound`` or ``DraftForbidden``."""
    row = reading.draft_for(request.actor, draft_id)
    if row.proposed_by_id and not reading.may_decide(request.actor, row, on=timezone.localdate()):
        raise writing.DraftForbidden(Permission.RULE_APPROVE)
    return row


def act(
    request: ActorRequest, row: reading.DraftRow, do: Callable[[], object], said: str = ""
) -> HttpResponse:
    """Do it, or show the draft with what kept it from being done."""
    try:
        do()
    except KNOWN as refused:
        row.refresh_from_db()
        return page.show(request, row, problem=problem_of(refused), status=422)
    if said:
        messages.success(request, said)
    return go_to(request, "rules:draft", row.pk)


KNOWN = (
    writing.DraftIsFrozen,
    writing.DraftMoved,
    publishing.DraftHasFaults,
    publishing.PacksHaveFaults,
    publishing.VersionIsTaken,
    publishing.StartIsPast,
    publishing.NobodyToApprove,
)


def problem_of(refused: Exception) -> str:
    return {
        writing.DraftIsFrozen: _("It stands otherwise by now; look at it again."),
        writing.DraftMoved: _("Somebody else changed the draft meanwhile; look at it again."),
        publishing.DraftHasFaults: _("There are faults left; mend them first."),
        publishing.PacksHaveFaults: _(
            "It no longer goes together with the rules in force. Return it to be mended."
        ),
        publishing.VersionIsTaken: _("This version is in force already; give it a new one."),
        publishing.StartIsPast: _("The day it would begin is past. Choose another."),
        publishing.NobodyToApprove: _(
            "Nobody may approve it yet: it takes an organiser or supervisor who wrote nothing of "
            "it and does not work under anybody who did. The security administrator gives roles."
        ),
    }[type(refused)]
