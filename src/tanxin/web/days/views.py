from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.org.services import days as services
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.access import Permission, decide
from tanxin.core.calendar import DayKind
from tanxin.web.days.forms import DayForm
from tanxin.web.days.pages import FIRST_YEAR, LAST_YEAR, months_of
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest, go_to


@require_safe
def this_year(request: ActorRequest) -> HttpResponse:
    return go_to(request, "days:year", timezone.localdate().year)


@require_safe
def year(request: ActorRequest, year: int) -> HttpResponse:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return show(request, year, DayForm(initial={"on": timezone.localdate()}))


@require_POST
def set_day(request: ActorRequest) -> HttpResponse:
    services.may_change_calendar(request.actor)
    form = DayForm(request.POST)
    if not form.is_valid():
        return show(request, timezone.localdate().year, form, status=422)
    on = form.cleaned_data["on"]
    services.set_day(
        request.actor,
        on,
        kind=DayKind(form.cleaned_data["kind"]),
        name=form.cleaned_data["name"],
        at=timezone.now(),
    )
    messages.success(
        request,
        _("%(day)s was set.") % {"day": prose_day(on)},
        extra_tags=f"undo {reverse('days:clear', args=[on.isoformat()])}",
    )
    return go_to(request, "days:year", on.year)


@require_POST
def clear_day(request: ActorRequest, day: str) -> HttpResponse:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    services.clear_day(request.actor, on, at=timezone.now())
    messages.success(request, _("%(day)s is as announced again.") % {"day": prose_day(on)})
    return go_to(request, "days:year", on.year)


def show(request: ActorRequest, year: int, form: DayForm, *, status: int = 200) -> HttpResponse:
    work = work_calendar(request.actor.realm_id)
    months = months_of(year, work, timezone.localdate())
    page = {
        "year": year,
        "months": months,
        "working_days": sum(month.working_days for month in months),
        "provisional": work.is_provisional(date(year, 1, 1)),
        "own_days": sorted((on, day) for on, day in work.overrides.items() if on.year == year),
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "may_edit": decide(Permission.CALENDAR_EDIT, request.actor.standing).allowed,
        "form": form,
    }
    return render(request, "days/year.html", page, status=status)
