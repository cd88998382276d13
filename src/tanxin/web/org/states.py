"""The dated states of one person; an organiser enters one, ends it, or says it never was so."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.duties.tasks import derive_changed
from tanxin.apps.org import states
from tanxin.apps.org.services import FactEndsBeforeStart, FactHasEnded, FactOverlaps
from tanxin.core.policy.words import STATES
from tanxin.web.day_field import day
from tanxin.web.named_form import NamedForm
from tanxin.web.org import words
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to


class StateForm(NamedForm):
    kind = forms.ChoiceField(label=gettext_lazy("State"))
    start = day(gettext_lazy("From"))
    last = day(gettext_lazy("Last day, if it is known"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Where it is known from"), max_length=200, validators=[readable]
    )
    sensitive = forms.BooleanField(
        label=gettext_lazy("Sensitive: only those who need to know learn the reason"),
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", "—"), *((one, words.word(words.STATES, one)) for one in STATES)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        start, last = data.get("start"), data.get("last")
        if start and last and last < start:
            self.add_error("last", _("It began only after this day."))
        return data


class EndForm(NamedForm):
    last = day(gettext_lazy("Last day it holds"))


class VoidForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it was never so"), max_length=200, validators=[readable]
    )


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """All that is recorded, and the form for one more."""
    lines = states.states_of(request.actor, person_id)
    today = timezone.localdate()
    form = StateForm(request.POST or None, initial={"start": today, "sensitive": True})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            states.record_state(
                request.actor,
                person_id,
                kind=given["kind"],
                start=given["start"],
                end=after(given["last"]),
                sensitive=given["sensitive"],
                source=given["source"],
                at=timezone.now(),
            )
        except FactOverlaps:
            form.add_error(None, _("The same is recorded already for some of these days."))
        else:
            return put_on_record(request, person_id)
    return show(request, person_id, lines, form)


def after(last: date | None) -> date | None:
    return last + timedelta(days=1) if last else None


def put_on_record(request: ActorRequest, person_id: UUID) -> HttpResponse:
    derive_changed.enqueue(str(request.actor.realm_id), [str(person_id)], "state recorded")
    messages.success(request, _("Recorded. The talks it leads to follow in a moment."))
    return go_to(request, "org:states", person_id)


@require_POST
def end(request: ActorRequest, state_id: UUID) -> HttpResponse:
    line = states.state_line(request.actor, state_id)
    form = EndForm(request.POST, prefix=state_id.hex)
    if form.is_valid():
        try:
            ends = form.cleaned_data["last"] + timedelta(days=1)
            states.end_state(request.actor, state_id, end=ends, at=timezone.now())
        except FactEndsBeforeStart:
            form.add_error("last", _("It began only after this day."))
        except FactHasEnded:
            form.add_error(None, _("Its last day is recorded already."))
        else:
            return put_on_record(request, line.person_id)
    return again(request, line, form)


@require_POST
def void(request: ActorRequest, state_id: UUID) -> HttpResponse:
    line = states.state_line(request.actor, state_id)
    form = VoidForm(request.POST, prefix=state_id.hex)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        states.void_state(request.actor, state_id, reason=reason, at=timezone.now())
        return put_on_record(request, line.person_id)
    return again(request, line, form)


def again(request: ActorRequest, line: states.StateLine, refused: forms.Form) -> HttpResponse:
    lines = states.states_of(request.actor, line.person_id)
    form = StateForm(initial={"start": timezone.localdate(), "sensitive": True})
    return show(request, line.person_id, lines, form, refused)


def show(
    request: ActorRequest,
    person_id: UUID,
    lines: list[states.StateLine],
    form: StateForm,
    refused: forms.Form | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    bound = {type(refused): refused} if refused else {}

    def row(line: states.StateLine) -> dict[str, object]:
        prefix = line.id.hex
        mine = {kind: form for kind, form in bound.items() if form.prefix == prefix}
        return {
            "line": line,
            "last": line.end - timedelta(days=1) if line.end else None,
            "title": words.word(words.STATES, line.kind),
            "is_open": line.end is None,
            "end": mine.get(EndForm) or EndForm(initial={"last": today}, prefix=prefix),
            "void": mine.get(VoidForm) or VoidForm(prefix=prefix),
        }

    shown = {"person_id": person_id, "rows": list(map(row, lines)), "form": form}
    wrong = refused is not None or (form.is_bound and form.errors)
    return render(request, "org/states.html", shown, status=422 if wrong else 200)
