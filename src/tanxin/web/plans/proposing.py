from datetime import date
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

from tanxin.apps.duties.horizon import FIRST_MONTH
from tanxin.apps.duties.reading.covered import units_to_cover
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.plans import services
from tanxin.apps.plans.access import PlanForbidden, units_seen
from tanxin.apps.plans.refusals import NothingToPlan, SpanNotFit
from tanxin.core.access import Actor, Permission
from tanxin.web.day_field import day
from tanxin.web.named_form import NamedForm
from tanxin.web.plans.lists import may_propose_some
from tanxin.web.requests import ActorRequest, go_to

MOST_UNITS = 80


class ProposeForm(NamedForm):
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        help_text=gettext_lazy("The plan covers it and all units under it."),
    )
    first = day(gettext_lazy("First day"))
    last = day(gettext_lazy("Last day"))
    per_week = forms.IntegerField(
        label=gettext_lazy("Most talks one leader holds in a week"), min_value=1, max_value=20
    )
    per_day = forms.IntegerField(
        label=gettext_lazy("Most talks one leader holds on a day"), min_value=1, max_value=10
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **more)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = units


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if not may_propose_some(actor, units_seen(actor, today)):
        raise PlanForbidden(Permission.PLAN_PROPOSE)
    initial = {
        **usual_span(today),
        "unit": request.GET.get("unit", ""),
        "per_week": 3,
        "per_day": 2,
    }
    form = ProposeForm(request.POST or None, initial=initial, units=units_to_choose(actor, today))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            plan = services.propose_plan(
                actor, UUID(data["unit"]), first=data["first"], last=data["last"],
                per_week=data["per_week"], per_day=data["per_day"], today=today,
                at=timezone.now(),
            )  # fmt: skip
        except SpanNotFit:
            form.add_error(
                "last",
                _("The last day must lie ahead, and within two years of the first."),
            )
        except NothingToPlan:
            form.add_error(
                None,
                _(
                    "Nothing is owed in these days by the rules in force. Choose other days;"
                    " next year can be planned from September on."
                ),
            )
        else:
            messages.success(
                request, _("The plan is proposed. Look at it, move what does not fit.")
            )
            return go_to(request, "plans:plan", plan.pk)
    return render(request, "plans/new.html", {"form": form}, status=422 if form.is_bound else 200)


def usual_span(today: date) -> dict[str, Any]:
    """From September on the coming year, else what is left of this year."""
    if today.month >= FIRST_MONTH:
        return {"first": date(today.year + 1, 1, 1), "last": date(today.year + 1, 12, 31)}
    return {"first": today, "last": date(today.year, 12, 31)}


def units_to_choose(actor: Actor, today: date) -> list[tuple[str, str]]:
    """The topmost units one may plan for, with those right under them."""
    tree = unit_tree(actor.realm_id, today)
    chosen = []
    for top in units_to_cover(actor, on=today):
        chosen.append((str(top.id), top.name))
        chosen += [(str(one.id), f"　{one.name}") for one in tree.children(top.id)]
    return chosen[:MOST_UNITS]
