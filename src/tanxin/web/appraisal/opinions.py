"""What somebody retired, or without an account, says of a unit's year, entered by somebody else."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import may_enter_opinions
from tanxin.apps.appraisal.reading.opinions import entered_by
from tanxin.apps.appraisal.refusals import (
    EntersForOwnUnit,
    SaidAlready,
    SaidInTheFuture,
    SpeaksForHimself,
    YearIsFrozen,
)
from tanxin.apps.appraisal.services.entering import Told
from tanxin.apps.org.directory import Directory
from tanxin.core.echoes import EchoAnswer
from tanxin.web.access.choosing import ChoosingForm
from tanxin.web.appraisal import words
from tanxin.web.day_field import day
from tanxin.web.directory import directory_of
from tanxin.web.issues.people import PersonField
from tanxin.web.requests import ActorRequest, go_to

REFUSALS = {
    SpeaksForHimself: gettext_lazy(
        "This person has an account and is not retired: he is asked in private and answers himself."
    ),
    EntersForOwnUnit: gettext_lazy(
        "Nobody enters what is said of a unit that he leads or is in charge of, nor for himself."
    ),
    SaidInTheFuture: gettext_lazy("The day lies ahead."),
    SaidAlready: gettext_lazy("This person's opinion of this unit's year is entered already."),
    YearIsFrozen: gettext_lazy("That year is frozen: nothing is added to it any more."),
}


class OpinionForm(ChoosingForm):
    person = PersonField(label=gettext_lazy("Whose opinion"))
    unit = forms.TypedChoiceField(label=gettext_lazy("Of which unit"), coerce=UUID)
    answer = forms.ChoiceField(
        label=gettext_lazy("Did the talks of this year help?"),
        choices=[(key.value, label) for key, label in words.ANSWERS.items()],
        widget=forms.RadioSelect,
    )
    said = forms.CharField(
        label=gettext_lazy("In his own words"),
        help_text=gettext_lazy("Sealed: only you read it again."),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(label=gettext_lazy("How he said it"), choices=list(words.WAYS.items()))
    said_on = day(gettext_lazy("On which day"))

    def __init__(self, *args: Any, directory: Directory, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, directory=directory, **more)
        units = [(str(unit.id), directory.unit_path(unit.id)) for unit in directory.units.values()]
        self.fields["unit"].choices = units  # type: ignore[attr-defined] # a choice field


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ActorRequest) -> HttpResponse:
    actor, today, names = request.actor, timezone.localdate(), directory_of(request)
    may_enter_opinions(actor)
    start = {"said_on": today}
    form = OpinionForm(request.POST or None, directory=names, initial=start)
    if form.is_bound and not form.is_looking and form.is_valid():
        given = form.cleaned_data
        told = Told(
            given["unit"], given["person"], EchoAnswer(given["answer"]), given["said"],
            given["way"], given["said_on"],
        )  # fmt: skip
        try:
            services.enter_opinion(actor, told, today=today, at=timezone.now())
        except tuple(REFUSALS) as case:
            form.add_error(None, str(REFUSALS[type(case)]))
        else:
            messages.success(
                request, _("Entered. It counts once five or more have said something.")
            )
            return go_to(request, "appraisal:opinions")
    shown = {
        "form": form,
        "rows": [
            (row, words.WAYS[row.way], words.ANSWERS[answer], said)
            for row, answer, said in entered_by(actor)
        ],
    }
    refused = form.errors and not form.is_looking
    return render(request, "appraisal/opinions.html", shown, status=422 if refused else 200)
