"""One lead, and the list: with its words to the three it is between, without to an auditor."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.archive.access import RecordForbidden, RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.leads import handing
from tanxin.apps.issues.leads.access import LeadRow, lead_for, relations_to, visible_leads
from tanxin.apps.sealing.client import KeeperUnavailable
from tanxin.core.access import Actor, Permission, Relation
from tanxin.core.passing_on import LEAD_MOVES, LeadMove, LeadState
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.keyset import page_of
from tanxin.web.leads import words
from tanxin.web.leads.forms import RefuseForm
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to

READING = frozenset({Relation.AUTHOR, Relation.ENDORSER, Relation.OWNER})


@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """One's own, in whatever part; an auditor sees all of them, and no text."""
    page = page_of(
        visible_leads(request.actor),
        order=("-asked_at", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    lines = [{"row": row, "label": words.STATES[row.state]} for row in page.rows]
    audits = Relation.AUDITOR in request.actor.standing
    return render(request, "leads/mine.html", {"page": page, "lines": lines, "audits": audits})


@require_safe
def lead(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    return show(request, lead_for(request.actor, lead_id, Permission.LEAD_VIEW))


def texts_of(actor: Actor, row: LeadRow, relations: frozenset[Relation]) -> dict[str, str]:
    if not relations & READING:
        return {}
    mine = Relation.OWNER in relations
    read = {"text": row.handed_id if mine else row.draft_id, "reason": row.reason_id}
    wanted = {name: record for name, record in read.items() if record}
    try:
        found = open_texts(actor, wanted.values(), Permission.LEAD_VIEW)
    except (KeeperUnavailable, RecordNotFound, RecordForbidden):
        return {}
    return {name: found[record] for name, record in wanted.items()}


def show(request: ActorRequest, row: LeadRow, *, status: int = 200, **bound: Form) -> HttpResponse:
    relations = relations_to(request.actor, row)
    shown = {
        "lead": row,
        "state": words.STATES[row.state],
        "texts": texts_of(request.actor, row, relations),
        "reads": bool(relations & READING),
        "approves": Relation.ENDORSER in relations and row.state == LeadState.ASKED,
        "following": following(row) if Relation.OWNER in relations else [],
        "approve_form": bound.get("approve") or NamedForm(),
        "refuse_form": bound.get("refuse") or RefuseForm(),
    }
    return render(request, "leads/lead.html", shown, status=status)


def following(row: LeadRow) -> list[tuple[LeadMove, object]]:
    state = LeadState(row.state)
    return [(move, word) for move, word in words.FOLLOWING.items() if (state, move) in LEAD_MOVES]


def take(
    request: ActorRequest, row: LeadRow, name: str, form: Form, step: Callable[[], object]
) -> HttpResponse:
    status = UNPROCESSABLE
    if form.is_valid():
        status = attempt(form, step).status
        if not status:
            messages.success(request, _("Written down."))
            return go_to(request, "leads:lead", row.pk)
    return show(request, row, status=status, **{name: form})


@require_POST
def approve(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    row = lead_for(request.actor, lead_id, Permission.LEAD_APPROVE)
    return take(
        request, row, "approve", NamedForm(request.POST),
        lambda: handing.approve_lead(request.actor, row.pk, at=timezone.now()),
    )  # fmt: skip


@require_POST
def refuse(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    row = lead_for(request.actor, lead_id, Permission.LEAD_APPROVE)
    form = RefuseForm(request.POST)
    return take(
        request, row, "refuse", form,
        lambda: handing.refuse_lead(
            request.actor, row.pk, reason=form.cleaned_data["text"], at=timezone.now()
        ),
    )  # fmt: skip


@require_POST
def follow(request: ActorRequest, lead_id: UUID) -> HttpResponse:
    row = lead_for(request.actor, lead_id, Permission.LEAD_FOLLOW)
    by = next((move for move in words.FOLLOWING if move == request.POST.get("move")), None)
    if by is None:
        raise Http404
    return take(
        request, row, "approve", NamedForm(request.POST),
        lambda: handing.follow_lead(request.actor, row.pk, by, at=timezone.now()),
    )  # fmt: skip
