"""Planning the collective talk about a common issue, with people of the unit and an outline."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.issues.common.access import CommonRow, common_for
from tanxin.apps.issues.common.deciding import Planned, people_to_ask, plan_talk
from tanxin.apps.issues.untellable import TooFewAsked
from tanxin.core.access import Permission
from tanxin.core.passing_on import CommonState
from tanxin.web.common.forms import PlanForm
from tanxin.web.directory import directory_of
from tanxin.web.feedback.forms import Choices
from tanxin.web.issues.kinds import KindNames
from tanxin.web.preparing.shipped import outline_for
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.groups import REFUSALS, said
from tanxin.web.talks.kinds import chosen, kind_choices

MOST = 2_000
KIND = "routine"


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: ActorRequest, common_id: UUID) -> HttpResponse:
    row = common_for(request.actor, common_id, Permission.COMMON_PLAN)
    if row.state != CommonState.TALK:
        messages.info(request, _("This talk has been planned."))
        return go_to(request, "common:common", common_id)
    kind = KindNames(request.actor.realm_id)[row.kind]
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        kinds=kind_choices(request.actor.realm_id, timezone.localdate()),
        people=people_of(request, row),
        initial={"kind": KIND, "outline": outline(request, kind)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return planned(request, row, form)
        except TooFewAsked:
            form.add_error("people", _("Ask five people at least, or each of them would be known."))
        except REFUSALS as refused:
            form.add_error(*said(refused))
    status = 422 if form.is_bound else 200
    return render(
        request, "common/plan.html", {"form": form, "common": row, "kind": kind}, status=status
    )


def people_of(request: ActorRequest, row: CommonRow) -> Choices:
    """Those of the unit and below, as they are called; without who leads."""
    names, actor = directory_of(request), request.actor
    found = people_to_ask(actor, row.pk, on=timezone.localdate())
    return [(str(one), names.label(one)) for one in sorted(found, key=names.sort_key)][:MOST]


def outline(request: ActorRequest, kind: str) -> str:
    first = _(
        "Why we meet: several have raised something about “%(kind)s”. Nobody is asked whether it"
        " was he."
    ) % {"kind": kind}
    return f"{first}\n\n{outline_for(request.actor.realm_id, KIND, '')}".strip()


def planned(request: ActorRequest, row: CommonRow, form: PlanForm) -> HttpResponse:
    data = form.cleaned_data
    found = Planned(
        people=data["people"],
        planned_for=data["planned_for"],
        channel=data["channel"],
        because=data["because"],
        place=data["place"],
        minutes=data["minutes"],
        outline=data["outline"],
        **chosen(data["kind"]),
    )
    group = plan_talk(request.actor, row.pk, found, at=timezone.now())
    messages.success(request, _("Each of them is asked and answers for himself."))
    return go_to(request, "talks:group", group)
