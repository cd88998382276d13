"""What counts in the yearly result: drafted by one, put in force by another, read by everybody."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import SchemeForbidden, is_free, scheme_for, visible_schemes
from tanxin.apps.appraisal.reading.schemes import SchemeRow, why_returned
from tanxin.apps.appraisal.refusals import (
    NobodyToDecide,
    SchemeHasFaults,
    SchemeMoved,
    YearIsPast,
)
from tanxin.core.access import Permission, decide
from tanxin.core.appraisal import DEFAULT, INDICATORS, Nature, Scheme, faults_of, scheme_from
from tanxin.core.appraisal.indicators import THRESHOLD_ONLY
from tanxin.core.appraisal.scheme import BOUNDS
from tanxin.web.appraisal import words
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise

MOST = 50
LABELS = {
    "fewest": gettext_lazy("Pieces of evidence below which nothing is said"),
    "strength": gettext_lazy("How many pieces like the whole are added"),
    "settle": gettext_lazy("Days until what was raised is looked at"),
    "again": gettext_lazy("Days within which the same matter has come again"),
}


def whole(label: "_StrPromise", low: int, high: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, initial=initial)


class SchemeForm(NamedForm):
    """A number for each indicator, then how small numbers are dealt with."""

    first_year = forms.IntegerField(
        label=gettext_lazy("Holds from the year"), min_value=2000, max_value=2199
    )

    def __init__(self, *args: Any, scheme: Scheme, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        for key, nature in INDICATORS.items():
            name = words.INDICATORS[key]
            if key not in THRESHOLD_ONLY:
                start = scheme.weights.get(key, 0)
                self.fields[f"weight_{key.value}"] = whole(name, 0, 100, start)
            if nature is Nature.PROCESS:
                floor = scheme.floors.get(key, 0)
                self.fields[f"floor_{key.value}"] = whole(name, 0, 100, floor)
        for name_, (low, high) in BOUNDS.items():
            self.fields[name_] = whole(LABELS[name_], low, high, getattr(scheme, name_))

    def group(self, nature: Nature, prefix: str = "weight_") -> list[forms.BoundField]:
        return [
            self[f"{prefix}{key.value}"]
            for key, of in INDICATORS.items()
            if of is nature and f"{prefix}{key.value}" in self.fields
        ]

    @property
    def results(self) -> list[forms.BoundField]:
        return self.group(Nature.RESULT)

    @property
    def process(self) -> list[forms.BoundField]:
        return self.group(Nature.PROCESS)

    @property
    def floors(self) -> list[forms.BoundField]:
        return self.group(Nature.PROCESS, "floor_")

    @property
    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in BOUNDS]

    @property
    def scheme(self) -> Scheme:
        given = self.cleaned_data
        return Scheme(
            {key: given[f"weight_{key.value}"] for key in INDICATORS if key not in THRESHOLD_ONLY},
            {key: given.get(f"floor_{key.value}", 0) for key in INDICATORS},
            **{name: given[name] for name in BOUNDS},
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            for fault in faults_of(self.scheme):
                self.add_error(None, str(words.FAULTS[fault]))
        return self.cleaned_data


class ReturnForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("Why not"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    rows = list(visible_schemes(actor)[:MOST])
    shown = {
        "rows": [
            (row, words.SCHEME_STATES[row.state], words.SCHEME_TONES[row.state]) for row in rows
        ],
        "may_draft": decide(Permission.SCHEME_DRAFT, actor.standing).allowed,
    }
    return render(request, "appraisal/schemes.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if not decide(Permission.SCHEME_DRAFT, actor.standing).allowed:
        raise SchemeForbidden(Permission.SCHEME_DRAFT)
    form = SchemeForm(request.POST or None, scheme=DEFAULT, initial={"first_year": today.year + 1})
    if form.is_bound and form.is_valid():
        row = services.begin_scheme(
            actor, scheme=form.scheme, first_year=form.cleaned_data["first_year"],
            at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("The draft is kept. Propose it when it is right."))
        return go_to(request, "appraisal:scheme", row.pk)
    shown = {"form": form, "row": None}
    return render(request, "appraisal/edit_scheme.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row = scheme_for(actor, scheme_id, Permission.SCHEME_DRAFT, on=today)
    start = {"first_year": row.first_year}
    form = SchemeForm(request.POST or None, scheme=scheme_from(row.data), initial=start)
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["first_year"]
        return act(
            request,
            scheme_id,
            lambda: services.save_scheme(
                actor, scheme_id, form.scheme, first_year=year, on=today, at=timezone.now()
            ),
            _("The draft is kept. Propose it when it is right."),
        )
    shown = {"form": form, "row": row}
    return render(request, "appraisal/edit_scheme.html", shown, status=422 if form.errors else 200)


@require_safe
def page(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    return show(request, scheme_id, ReturnForm())


def show(
    request: ActorRequest, scheme_id: UUID, form: ReturnForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row: SchemeRow = scheme_for(actor, scheme_id, Permission.SCHEME_VIEW, on=today)
    scheme = scheme_from(row.data)
    drafts = decide(Permission.SCHEME_DRAFT, actor.standing).allowed
    publishes = decide(Permission.SCHEME_PUBLISH, actor.standing).allowed
    shown = {
        "row": row,
        "scheme": scheme,
        "state": words.SCHEME_STATES[row.state],
        "tone": words.SCHEME_TONES[row.state],
        "weights": [
            (words.INDICATORS[key], words.COUNTED[key], weight, INDICATORS[key] is Nature.RESULT)
            for key in INDICATORS
            if (weight := scheme.weights.get(key))
        ],
        "floors": [
            (words.INDICATORS[key], words.COUNTED[key], floor)
            for key in INDICATORS
            if (floor := scheme.floors.get(key))
        ],
        "result_weight": scheme.weight_of(Nature.RESULT),
        "process_weight": scheme.weight_of(Nature.PROCESS),
        "returned": why_returned(row) if drafts else "",
        "edits": drafts and row.state == "writing",
        "decides": row.state == "proposed"
        and publishes
        and is_free(actor, [row.written_by_id], today),
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "appraisal/scheme.html", shown, status=422 if refused else 200)


@require_POST
def propose(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    return act(
        request,
        scheme_id,
        lambda: services.propose_scheme(
            request.actor, scheme_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("Proposed. Somebody else puts it in force, or says why not."),
    )


@require_POST
def publish(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    return act(
        request,
        scheme_id,
        lambda: services.publish_scheme(
            request.actor, scheme_id, on=timezone.localdate(), at=timezone.now()
        ),
        _("In force. Everybody can read what counts."),
    )


@require_POST
def give_back(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    scheme_for(request.actor, scheme_id, Permission.SCHEME_PUBLISH, on=today)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return show(request, scheme_id, form)
    return act(
        request,
        scheme_id,
        lambda: services.return_scheme(
            request.actor, scheme_id, reason=form.cleaned_data["reason"], on=today,
            at=timezone.now(),
        ),
        _("Given back; who wrote it reads why."),
    )  # fmt: skip


@require_POST
def drop(request: ActorRequest, scheme_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    return act(
        request,
        scheme_id,
        lambda: services.drop_scheme(request.actor, scheme_id, on=today, at=timezone.now()),
        _("The draft is given up."),
    )


def act(
    request: ActorRequest, scheme_id: UUID, verb: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, or show the page as it stands now."""
    try:
        verb()
    except SchemeMoved:
        problem = _("It was proposed, put in force or given up in the meantime.")
    except YearIsPast:
        problem = _("What counts is declared before the year is over: choose this year or later.")
    except NobodyToDecide:
        problem = _("Nobody else is free to put it in force: an organiser or a supervisor must be.")
    except SchemeHasFaults as case:
        problem = " ".join(str(words.FAULTS[fault]) for fault in case.faults)
    else:
        messages.success(request, done)
        return go_to(request, "appraisal:scheme", scheme_id)
    return show(request, scheme_id, ReturnForm(), problem)
