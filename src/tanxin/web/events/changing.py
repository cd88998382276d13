"""Registering, moving and calling off; duties follow at once in a job."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.duties import happenings
from tanxin.apps.duties.tasks import derive_changed
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.services.events import move_event, void_event
from tanxin.web.directory import directory_of
from tanxin.web.events.forms import CallOffForm, EventForm, MoveForm
from tanxin.web.events.pages import show_event
from tanxin.web.events.words import grouped, places
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    may_record_facts(actor)
    form = EventForm(
        request.POST or None,
        directory=directory_of(request),
        kinds=grouped(happenings.kinds_of_events(actor.realm_id)),
        places=places(*happenings.places_to_choose(actor, on=today)),
        initial={"on": today},
    )
    if form.is_bound and not form.is_looking and form.is_valid():
        row = happenings.register(
            actor,
            kind=form.cleaned_data["kind"],
            on=form.cleaned_data["on"],
            source=form.cleaned_data["source"],
            sensitive=form.cleaned_data["sensitive"],
            at=timezone.now(),
            **form.about(),
        )
        follow(request, row, "event registered")
        messages.success(request, _("Registered. The talks it asks for follow in a moment."))
        return go_to(request, "events:event", row.pk)
    refused = form.is_bound and not form.is_looking
    return render(request, "events/new.html", {"form": form}, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: ActorRequest, event_id: UUID) -> HttpResponse:
    """With ``?on=`` it shows what would change; the form then moves it."""
    row = happenings.event_to_change(request.actor, event_id)
    form = MoveForm(request.POST or request.GET or None)
    if not form.is_bound or not form.is_valid():
        return show_event(request, row, move=form if form.is_bound else None)
    on = form.cleaned_data["on"]
    if request.method != "POST":
        return show_event(request, row, move=form, moved=happenings.moved_deadlines(row, on))
    move_event(request.actor, event_id, on=on, at=timezone.now())
    follow(request, row, "event moved")
    messages.success(request, _("Moved to %(day)s; the last days follow.") % {"day": prose_day(on)})
    return go_to(request, "events:event", event_id)


@require_POST
def call_off(request: ActorRequest, event_id: UUID) -> HttpResponse:
    row = happenings.event_to_change(request.actor, event_id)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return show_event(request, row, call_off=form)
    void_event(request.actor, event_id, reason=form.cleaned_data["reason"], at=timezone.now())
    follow(request, row, "event called off")
    messages.success(request, _("Called off; the talks it asked for are no longer owed."))
    return go_to(request, "events:register")


def follow(request: ActorRequest, row: happenings.EventRow, reason: str) -> None:
    touched = happenings.touched_by(row)
    derive_changed.enqueue(str(request.actor.realm_id), touched, reason)
