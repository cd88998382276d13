"""The list by which open work goes to a successor: made by who goes, signed by both."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.issues.services import handing_over
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
    form = SuccessorForm(request.POST or None, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            made = handing_over.open_handover(
                request.actor, form.cleaned_data["person"], at=timezone.now()
            )
        except handing_over.HandoverToOneself:
            form.add_error("person", _("It must go to somebody else."))
        except handing_over.HandoverIsOpen:
            form.add_error("person", _("There is a list for this person that is not signed yet."))
        else:
            return go_to(request, "access:handover", made.pk)
    counts: dict[str, int] = {}
    for line in handing_over.open_work(request.actor):
        counts[line.kind] = counts.get(line.kind, 0) + 1
    shown = {
        "form": form,
        "counts": [(words.HANDED[kind], count) for kind, count in counts.items()],
        "lists": handing_over.handovers(request.actor)[:50],
    }
    refused = form.is_bound and not form.is_looking
    return render(request, "access/handovers.html", shown, status=422 if refused else 200)


@require_safe
def page(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    row = handing_over.handover_for(request.actor, handover_id)
    me = request.actor.person_id
    shown = {
        "row": row,
        "lines": [
            (item, words.HANDED[item.kind], with_whom)
            for item, with_whom in handing_over.lines_of(row)
        ],
        "may_take": row.taker_id == me and row.taken_at is None,
        "may_give": row.giver_id == me and row.taken_at is not None and row.done_at is None,
    }
    return render(request, "access/handover.html", shown)


@require_POST
def sign(request: ActorRequest, handover_id: UUID) -> HttpResponse:
    """The successor first, then the one who goes."""
    row = handing_over.handover_for(request.actor, handover_id)
    taking = row.taker_id == request.actor.person_id
    verb = handing_over.take_over if taking else handing_over.hand_over
    try:
        verb(request.actor, handover_id, at=timezone.now())
    except handing_over.NotSignedYet:
        messages.error(request, _("The successor signs first."))
    return go_to(request, "access:handover", handover_id)
