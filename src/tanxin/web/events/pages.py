"""The list of events to come and past, and one of them with the talks it asks for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tanxin.apps.duties import happenings
from tanxin.apps.duties.access import visible_duties
from tanxin.core.lifecycle import DutyState
from tanxin.web.directory import directory_of
from tanxin.web.duties.showing import duty_line
from tanxin.web.events.forms import CallOffForm, MoveForm
from tanxin.web.events.words import about, kind_name
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

TABS = {"coming": gettext_lazy("To come"), "past": gettext_lazy("Past")}
MOST = 60


@require_safe
def register(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    show = request.GET.get("show", "")
    show = show if show in TABS else "coming"
    rows = happenings.visible_events(actor)
    rows = rows.filter(on__gte=today) if show == "coming" else rows.filter(on__lt=today)
    order = ("on", "id") if show == "coming" else ("-on", "-id")
    page = page_of(rows, order=order, cursor=request.GET.get("cursor", ""))
    names, kinds = directory_of(request), happenings.kinds_of_events(actor.realm_id)
    registers = happenings.may_register(actor)
    counts = happenings.counts_of(actor.realm_id, [row.pk for row in page.rows])
    shown = {
        "tabs": TABS.items(),
        "show": show,
        "lines": [
            (row, kind_name(kinds, row.kind), about(row, names), counts.get(row.pk, 0))
            for row in page.rows
        ],
        "page": page,
        "registers": registers,
        "today": today,
    }
    return render(request, "events/register.html", shown)


@require_safe
def event(request: ActorRequest, event_id: UUID) -> HttpResponse:
    return show_event(request, happenings.event_for(request.actor, event_id))


def show_event(
    request: ActorRequest,
    row: happenings.EventRow,
    *,
    move: MoveForm | None = None,
    call_off: CallOffForm | None = None,
    moved: list[happenings.Moved] | None = None,
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    names, kinds = directory_of(request), happenings.kinds_of_events(actor.realm_id)
    registers = happenings.may_register(actor)
    duties = visible_duties(actor, on=today).filter(event=row.pk).select_related("rule")
    duties = duties.exclude(state=DutyState.WITHDRAWN).order_by("due", "pk")[:MOST]
    shown = {
        "row": row,
        "kind": kind_name(kinds, row.kind),
        "answered": row.kind in kinds.asked,
        "registers": registers,
        "lines": [duty_line(actor, duty, names, today) for duty in duties],
        "move": move or MoveForm(initial={"on": row.on}),
        "call_off": call_off or CallOffForm(),
        "looked": moved is not None,
        "moved": [
            (duty_line(actor, one.duty, names, today), one.duty.due, one.due) for one in moved or ()
        ],
        "today": today,
    }
    refused = (move and move.errors) or (call_off and call_off.errors)
    return render(request, "events/event.html", shown, status=422 if refused else 200)
