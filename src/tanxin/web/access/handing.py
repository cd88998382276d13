"""The list by which open work goes to a successor: made by who goes, signed by both.

Of somebody who has gone already an organiser makes it, and who heads the unit signs last.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.issues.services import handing_for_another as for_another
from tanxin.apps.issues.services import handing_over
from tanxin.apps.issues.services.handing_over import Line
from tanxin.apps.org.access import person_for
from tanxin.core.access import Permission, decide
from tanxin.web.access import words
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.requests import ActorRequest, go_to


class SuccessorForm(ChoosingForm):
    person = PersonField(label=gettext_lazy("Who takes it over"))


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    """What one has open now, and to whom it shall go."""
    actor, today = request.actor, timezone.localdate()
    form = SuccessorForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            made = handing_over.open_handover(actor, form.cleaned_data["person"], at=timezone.now())
        except (handing_over.HandoverToOneself, handing_over.HandoverIsOpen) as reason:
            form.add_error("person", words.NOT_LISTED[type(reason)])
        else:
            return go_to(request, "access:handover", made.pk)
    shown = {
        "form": form,
        "counts": counted(list(handing_over.open_work(actor))),
        "lists": handing_over.handovers(actor)[:50],
        "to_approve": for_another.lists_to_approve(actor, on=today),
        **of_others(request),
    }
    refused = form.is_bound and not form.is_looking
    return render(request, "access/handovers.html", shown, status=422 if refused else 200)


def of_others(request: ActorRequest) -> dict[str, Any]:
    """For an organiser: what waits for nobody, and what he or another has proposed."""
    actor = request.actor
    if not decide(Permission.HANDOVER_WATCH, actor.standing).allowed:
        return {"watches": False}
    left = for_another.waiting_for_nobody(actor, on=timezone.localdate())
    return {
        "watches": True,
        "left_open": [(person, counted(lines)) for person, lines in left.items()],
        "proposed": for_another.lists_for_others(actor),
    }


def counted(lines: list[Line]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.kind] = counts.get(line.kind, 0) + 1
    return [(str(words.HANDED[kind]), count) for kind, count in counts.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """An organiser names who takes over what somebody who has gone left open."""
    actor, today = request.actor, timezone.localdate()
    for_another.may_watch(actor)
    person_for(actor, person_id, Permission.ORG_VIEW)
    form = SuccessorForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            made = for_another.propose_successor(
                actor, person_id, form.cleaned_data["person"], on=today, at=timezone.now()
            )
        except (
            handing_over.HandoverToOneself,
            handing_over.HandoverIsOpen,
            for_another.NothingIsOpen,
        ) as reason:
            form.add_error("person", words.NOT_LISTED[type(reason)])
        else:
            messages.success(request, _("Proposed; the successor signs first."))
            return go_to(request, "access:handover", made.pk)
    shown = {
        "form": form,
        "person_id": person_id,
        "counts": counted(for_another.left_open(actor, person_id, on=today)),
    }
    refused = form.is_bound and not form.is_looking
    return render(request, "access/successor.html", shown, status=422 if refused else 200)


@require_safe
def page(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row = for_another.handover_seen(actor, handover_id, on=today)
    me = actor.person_id
    shown = {
        "row": row,
        "lines": [
            (words.HANDED[kind], with_whom, moved)
            for kind, with_whom, moved in for_another.lines_seen(actor, row)
        ],
        "may_take": row.taker_id == me and row.taken_at is None,
        "may_give": row.giver_id == me
        and row.proposed_by_id is None
        and row.taken_at is not None
        and row.done_at is None,
        "may_approve": row.taken_at is not None and for_another.may_approve(actor, row, on=today),
    }
    return render(request, "access/handover.html", shown)


@require_POST
def sign(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    """The successor first; then the one who goes, or who heads the unit of one who has gone."""
    actor, today, now = request.actor, timezone.localdate(), timezone.now()
    row = for_another.handover_seen(actor, handover_id, on=today)
    try:
        if row.taker_id == actor.person_id:
            handing_over.take_over(actor, handover_id, at=now)
        elif row.proposed_by_id is None:
            handing_over.hand_over(actor, handover_id, at=now)
        else:
            for_another.approve_handover(actor, handover_id, on=today, at=now)
    except handing_over.NotSignedYet:
        messages.error(request, _("The successor signs first."))
    return go_to(request, "access:handover", handover_id)
