"""What units hand up of a quarter or a half-year, and reading it above."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.issues.replies import summing
from tanxin.apps.issues.replies.access import (
    SummaryForbidden,
    is_unread,
    led_units,
    summary_for,
    visible_summaries,
)
from tanxin.core.lifecycle import IllegalMove
from tanxin.web.directory import directory_of
from tanxin.web.echoes.words import half_year
from tanxin.web.feedback import words
from tanxin.web.feedback.choosing import unit_choices
from tanxin.web.feedback.forms import Choices, SummaryForm
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.issues.kinds import KindNames
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest, go_to


def period_name(code: str) -> str:
    if "-H" in code:
        return half_year(code)
    year, _dash, quarter = code.partition("-Q")
    return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}


def choices_for(request: ActorRequest, today: date) -> dict[str, Choices]:
    names = directory_of(request)
    return {
        "unit": unit_choices(names, sorted(led_units(request.actor, on=today))),
        "period": [(one.code, period_name(one.code)) for one in summing.periods_over(today)],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def summaries(request: ActorRequest) -> HttpResponse:
    """Those one may read; who heads a unit hands one up."""
    actor, today = request.actor, timezone.localdate()
    choices = choices_for(request, today)
    form, status = SummaryForm(request.POST or None, choices=choices), 200
    if request.method == "POST":
        if not choices["unit"]:
            raise SummaryForbidden
        status, made = UNPROCESSABLE, []
        if form.is_valid():
            data = dict(form.cleaned_data)

            def step() -> None:
                found = summing.hand_up(actor, data["unit"], data["period"], at=timezone.now())
                made.append(found.pk)

            status = attempt(form, step).status
        if made:
            messages.success(request, _("Handed to the unit above."))
            return go_to(request, "feedback:summary", made[0])
    page = page_of(
        visible_summaries(actor, on=today),
        order=("-made_at", "-id"),
        cursor=request.GET.get("cursor", ""),
    )
    shown = {
        "page": page,
        "form": form if choices["unit"] else None,
        "lines": [{"row": row, "period": period_name(row.period)} for row in page.rows],
    }
    return render(request, "feedback/summaries.html", shown, status=status)


@require_safe
def summary(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    row = summary_for(actor, summary_id, on=today)
    kinds = KindNames(actor.realm_id)
    shown = {
        "summary": row,
        "period": period_name(row.period),
        "bands": [(kinds[kind], words.BANDS[band]) for kind, band in row.bands.items()],
        "told": summing.told_in(actor, row, today),
        "may_read": is_unread(actor, row, on=today),
    }
    return render(request, "feedback/summary.html", shown)


@require_POST
def read(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    try:
        summing.mark_read(request.actor, summary_id, at=timezone.now())
        messages.success(request, _("Noted: whoever handed it up sees that it was read."))
    except IllegalMove:
        messages.info(request, _("It has been read already."))
    return go_to(request, "feedback:summary", summary_id)
