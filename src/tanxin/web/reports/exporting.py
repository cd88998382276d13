"""Asking for a ledger, deciding about it, taking it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties.deciding import DecidedAlready, DecisionForbidden
from tanxin.apps.reports import exporting
from tanxin.core.access import Actor
from tanxin.web.day_field import day
from tanxin.web.downloads import download
from tanxin.web.duties.words_asked import TONES, VERDICTS
from tanxin.web.login.confirming import fresh
from tanxin.web.named_form import NamedForm
from tanxin.web.papers.typesetting import ChineseFontMissing
from tanxin.web.plans.proposing import units_to_choose
from tanxin.web.readable import readable
from tanxin.web.reports import words
from tanxin.web.reports.ledger_files import TYPES, ledger_file
from tanxin.web.requests import ActorRequest, go_to

LONGEST = 500


class AskForm(NamedForm):
    unit = forms.ChoiceField(
        label=gettext_lazy("Scope of the ledger"),
        help_text=gettext_lazy(
            "A unit is meant with all units under it, and needs a second person."
        ),
        required=False,
    )
    first = day(gettext_lazy("First day"))
    last = day(gettext_lazy("Last day"))
    sheets = forms.MultipleChoiceField(
        label=gettext_lazy("Sheets"),
        choices=list(words.SHEETS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=gettext_lazy("What it is needed for"),
        help_text=gettext_lazy("Whoever decides reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("What I have to do with myself")), *units]

    def wanted(self) -> exporting.Wanted:
        data = self.cleaned_data
        unit_id = UUID(data["unit"]) if data["unit"] else None
        return exporting.Wanted(unit_id, data["first"], data["last"], tuple(data["sheets"]))


class AnswerForm(NamedForm):
    answer = forms.CharField(
        label=gettext_lazy("Why not"),
        help_text=gettext_lazy("Who asked reads it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[readable],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    initial = {
        "unit": request.GET.get("unit", ""),
        "first": today.replace(month=1, day=1),
        "last": today,
        "sheets": list(words.SHEETS),
    }
    form = AskForm(request.POST or None, initial=initial, units=units_to_choose(actor, today))
    row = asked(actor, form) if form.is_bound and form.is_valid() else None
    if row is None:
        return render(
            request, "reports/ask.html", {"form": form}, status=422 if form.is_bound else 200
        )
    if row.verdict:
        messages.success(request, _("You can take it for a day."))
    else:
        messages.success(request, _("Asked. Somebody else decides."))
    return go_to(request, "reports:export", row.pk)


def asked(actor: Actor, form: AskForm) -> exporting.ExportRow | None:
    try:
        return exporting.ask_export(
            actor, form.wanted(), reason=form.cleaned_data["reason"],
            on=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
    except exporting.SpanUnfit:
        form.add_error(
            "last", _("The last day must not lie before the first; three years at most.")
        )
    except exporting.TooMuchTaken:
        form.add_error(
            None, _("Ten ledgers were asked for within a day. Please wait till tomorrow.")
        )
    return None


@require_safe
def page(request: ActorRequest, export_id: UUID) -> HttpResponse:
    row = exporting.export_for(request.actor, export_id, on=timezone.localdate())
    return show(request, row, AnswerForm())


def show(
    request: ActorRequest, row: exporting.ExportRow, form: AnswerForm, problem: str = ""
) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    said, answer = exporting.export_words(row)
    mine = row.asked_by_id == actor.person_id
    is_open = row.open_until is not None and row.open_until > now
    shown: dict[str, Any] = {
        "row": row,
        "sheets": [str(words.SHEETS[each]) for each in row.sheets.split()],
        "said": said,
        "answer": answer,
        "state": _("its day is over") if row.open_until and not is_open else VERDICTS[row.verdict],
        "tone": TONES[row.verdict] if is_open or not row.open_until else "rest",
        "decides": not row.verdict and exporting.may_decide(actor, row, on=timezone.localdate()),
        "waits": mine and not row.verdict,
        "files": words.FILES.items() if mine and is_open else (),
        "taken": [(one, bytes(one.digest).hex()) for one in exporting.taken_of(row)],
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "reports/export.html", shown, status=422 if refused else 200)


@require_POST
@fresh
def approve(request: ActorRequest, export_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    return act(
        request,
        export_id,
        lambda: exporting.approve_export(request.actor, export_id, on=today, at=timezone.now()),
        _("Approved: who asked may take it within a day."),
    )


@require_POST
def refuse(request: ActorRequest, export_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = exporting.export_for(request.actor, export_id, on=today)
    if not exporting.may_decide(request.actor, row, on=today):
        raise DecisionForbidden(export_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    answer = form.cleaned_data["answer"]
    return act(
        request,
        export_id,
        lambda: exporting.refuse_export(
            request.actor, export_id, answer=answer, on=today, at=timezone.now()
        ),
        _("Not approved; who asked reads why."),
    )


@require_POST
def withdraw(request: ActorRequest, export_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    return act(
        request,
        export_id,
        lambda: exporting.withdraw_export(request.actor, export_id, on=today, at=timezone.now()),
        _("Taken back."),
    )


def act(
    request: ActorRequest, export_id: UUID, verb: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, or show the page as it stands now."""
    try:
        verb()
    except DecidedAlready:
        row = exporting.export_for(request.actor, export_id, on=timezone.localdate())
        return show(request, row, AnswerForm(), _("This was decided in the meantime."))
    messages.success(request, done)
    return go_to(request, "reports:export", export_id)


@require_POST
@fresh
def take(request: ActorRequest, export_id: UUID, file: str) -> HttpResponse:
    """What the asker may see now; the hash of the file is in the log before it leaves."""
    if file not in TYPES:
        raise Http404
    actor, now, today = request.actor, timezone.now(), timezone.localdate()
    try:
        row = exporting.export_to_take(actor, export_id, on=today, at=now)
        with translation.override("zh-hans"):
            taken_id = uuid4()
            content, name = ledger_file(request, row, taken_id, file)
    except exporting.ExportIsOver:
        problem = _("It cannot be taken any more. Ask again where it is still needed.")
    except exporting.TooMuchTaken:
        problem = _("It was taken five times. Ask again where it is still needed.")
    except ChineseFontMissing:
        problem = _("This server has no Chinese font; take Excel or Word.")
    else:
        exporting.note_taken(actor, row, taken_id, content, file=file, at=now)
        return download(content, name, TYPES[file])
    row = exporting.export_for(actor, export_id, on=today)
    return show(request, row, AnswerForm(), problem)
