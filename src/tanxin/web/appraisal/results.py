"""The results of a year, one unit's, and what an indicator rests on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.appraisal import services
from tanxin.apps.appraisal.access import ResultNotFound, result_for
from tanxin.apps.appraisal.reading.result import (
    ABOUT_ISSUES,
    Detail,
    appeals_to_decide,
    detail_of,
    what_it_rests_on,
)
from tanxin.apps.appraisal.reading.years import (
    TakenRow,
    UnitLine,
    units_of_year,
    years_seen,
)
from tanxin.apps.appraisal.refusals import NoScheme, NotFrozenYet, YearIsFrozen, YearNotOver
from tanxin.apps.org.directory import Directory
from tanxin.core.access import Permission, decide
from tanxin.core.appraisal import INDICATORS, Indicator, Line, Nature, Result, Standing
from tanxin.web.appraisal import words
from tanxin.web.directory import directory_of
from tanxin.web.named_form import NamedForm
from tanxin.web.readable import readable
from tanxin.web.requests import ActorRequest, go_to

LONGEST = 2_000


class WordsForm(NamedForm):
    text = forms.CharField(
        label=gettext_lazy("What you have to say to it"),
        help_text=gettext_lazy("It stands beside the result for good, for all who may see it."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[readable],
    )


class AppealForm(NamedForm):
    reason = forms.CharField(
        label=gettext_lazy("What was counted wrongly, and why"),
        help_text=gettext_lazy(
            "Decided by somebody who neither froze the result nor wrote what counts, and who does"
            " not work under you."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[readable],
    )


@require_safe
def latest(request: ActorRequest) -> HttpResponse:
    years = years_seen(request.actor, on=timezone.localdate())
    return year_page(request, years, years[0] if years else None)


@require_safe
def show_year(request: ActorRequest, of_year: int) -> HttpResponse:
    years = years_seen(request.actor, on=timezone.localdate())
    asked = next((one for one in years if one.year == of_year), None)
    if asked is None:
        raise ResultNotFound(of_year)
    return year_page(request, years, asked)


def year_page(
    request: ActorRequest,
    years: list[TakenRow],
    asked: TakenRow | None,
    problem: str = "",
) -> HttpResponse:
    """By unit in the order of the organisation: nothing here can be sorted by a number."""
    actor, today = request.actor, timezone.localdate()
    may = {one: decide(one, actor.standing).allowed for one in Permission}
    found = units_of_year(actor, asked, on=today) if asked else []
    names = directory_of(request)
    shown = {
        "years": years,
        "year": asked,
        "lines": [told(one, names) for one in found],
        "may_freeze": asked
        and asked.state == "open"
        and asked.year < today.year
        and may[Permission.RESULT_FREEZE],
        "may_take": asked and may[Permission.RESULT_TAKE],
        "may_enter": may[Permission.OPINION_ENTER],
        "appeals": appeals_to_decide(actor, on=today),
        "problem": problem,
    }
    return render(request, "appraisal/year.html", shown, status=422 if problem else 200)


def told(line: UnitLine, names: Directory) -> dict[str, Any]:
    """Sections of the same name are told apart by what they belong to."""
    standing, unit = Standing(line.standing), names.units.get(line.row.unit_id)
    parent = names.units.get(unit.parent_id) if unit and unit.parent_id else None
    return {
        "row": line.row,
        "above": parent.name if parent and parent.parent_id else "",
        "number": words.in_words(line.tenths),
        "standing": words.STANDINGS[standing],
        "tone": words.STANDING_TONES[standing],
        "after_appeal": line.after_appeal,
    }


@require_POST
def freeze(request: ActorRequest, of_year: int) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    try:
        services.freeze_year(actor, of_year, today=today, at=timezone.now())
    except YearNotOver:
        problem = _("The year is not over yet; its result is frozen once it is.")
    except NoScheme:
        problem = _("Nothing was declared for this year: first put a scheme in force.")
    except YearIsFrozen:
        problem = _("The year was frozen in the meantime.")
    else:
        messages.success(request, _("Frozen. Who leads a unit can now answer it, or appeal."))
        return go_to(request, "appraisal:year", of_year)
    years = years_seen(actor, on=today)
    asked = next((one for one in years if one.year == of_year), None)
    return year_page(request, years, asked, problem)


@require_safe
def show(request: ActorRequest, result_id: UUID) -> HttpResponse:
    return result_page(request, result_id)


def result_page(
    request: ActorRequest,
    result_id: UUID,
    *,
    form: WordsForm | None = None,
    appeal: AppealForm | None = None,
    problem: str = "",
) -> HttpResponse:
    found = detail_of(request.actor, result_id, on=timezone.localdate())
    standing = found.result.standing
    shown = {
        "row": found.row,
        "scheme": found.judged.scheme,
        "number": words.in_words(found.result.tenths),
        "standing": words.STANDINGS[standing],
        "tone": words.STANDING_TONES[standing],
        "is_given": standing is Standing.GIVEN,
        "is_below": standing is Standing.BELOW,
        "resting_on": found.result.resting_on,
        "thresholds": [row_of(one) for one in found.result.thresholds],
        "lines": [row_of(one) for one in found.result.lines],
        "first": first_words(found.first),
        "same_again": found.same_again,
        "said": found.said,
        "appeals": appeal_rows(found),
        "waits": any(not one.row.verdict for one in found.appeals),
        "may_answer": found.may_answer,
        "form": form or WordsForm(),
        "appeal_form": appeal or AppealForm(),
        "problem": problem,
    }
    refused = problem or (form and form.errors) or (appeal and appeal.errors)
    return render(request, "appraisal/result.html", shown, status=422 if refused else 200)


def first_words(first: Result | None) -> str:
    if first is None:
        return ""
    return words.in_words(first.tenths) or str(words.STANDINGS[first.standing])


def appeal_rows(found: Detail) -> list[dict[str, Any]]:
    return [
        {
            "row": one.row,
            "reason": one.reason,
            "answer": one.answer,
            "verdict": words.VERDICTS[one.row.verdict],
            "tone": words.VERDICT_TONES[one.row.verdict],
        }
        for one in found.appeals
    ]


def row_of(line: Line) -> dict[str, Any]:
    key = line.indicator
    return {
        "key": key.value,
        "name": words.INDICATORS[key],
        "counted": words.COUNTED[key],
        "is_process": INDICATORS[key] is Nature.PROCESS,
        "count": line.count,
        "number": words.in_words(line.tenths),
        "weight": line.weight,
        "floor": line.floor,
        "reached": line.reached,
    }


@require_safe
def evidence(request: ActorRequest, result_id: UUID, indicator: str) -> HttpResponse:
    try:
        asked = Indicator(indicator)
    except ValueError:
        raise ResultNotFound(result_id) from None
    found = what_it_rests_on(request.actor, result_id, asked, on=timezone.localdate())
    yes, partly, no = found.sums
    shown = {
        "row": found.row,
        "name": words.INDICATORS[asked],
        "counted": words.COUNTED[asked],
        "key": asked.value,
        "yes": yes,
        "partly": partly,
        "no": no,
        "is_view": asked is Indicator.VIEW,
        "is_coverage": asked is Indicator.COVERAGE,
        "about_issues": asked in ABOUT_ISSUES,
        "pieces": [
            (piece, words.HALVES[piece.half], words.CHANGES.get(piece.changed, ""))
            for piece in found.pieces
        ],
    }
    return render(request, "appraisal/evidence.html", shown)


@require_POST
def answer(request: ActorRequest, result_id: UUID) -> HttpResponse:
    form, today = WordsForm(request.POST), timezone.localdate()
    result_for(request.actor, result_id, Permission.RESULT_ANSWER, on=today)
    if not form.is_valid():
        return result_page(request, result_id, form=form)
    try:
        services.state_view(
            request.actor, result_id, text=form.cleaned_data["text"], on=today, at=timezone.now()
        )
    except NotFrozenYet:
        problem = _("The result is not frozen yet; it is answered once it is.")
        return result_page(request, result_id, form=form, problem=problem)
    messages.success(request, _("It stands beside the result."))
    return go_to(request, "appraisal:result", result_id)
