from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.feedback.writing import Statement
from tanxin.apps.issues.leads.handing import approvers_of, ask_lead
from tanxin.core.access import Permission
from tanxin.web.directory import directory_of
from tanxin.web.feedback.choosing import people, unit_choices
from tanxin.web.feedback.marking import looked_at
from tanxin.web.feedback.refusing import UNPROCESSABLE, attempt
from tanxin.web.leads.forms import LeadForm
from tanxin.web.requests import ActorRequest, go_to


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest, issue_id: UUID) -> HttpResponse:
    """Begun on the page of an issue, of which nothing is kept with what is handed over."""
    actor, names, today = request.actor, directory_of(request), timezone.localdate()
    issue_for(actor, issue_id, Permission.LEAD_HAND)
    choices = {
        "body": unit_choices(names),
        "approver": people(names, approvers_of(actor, issue_id, on=today)),
    }
    form = LeadForm(request.POST or None, choices=choices)
    page: dict[str, object] = {"form": form, "issue_id": issue_id}
    if request.method != "POST":
        return render(request, "leads/new.html", page)
    if not form.is_valid():
        return render(request, "leads/new.html", page, status=UNPROCESSABLE)
    data, made = dict(form.cleaned_data), []

    def step() -> None:
        lead = ask_lead(
            actor,
            issue_id,
            Statement(data["text"], frozenset(data["kept"])),
            body=data["body"],
            approver=data["approver"],
            is_about_source=data["is_about_source"],
            form=data["form"],
            at=timezone.now(),
        )
        made.append(lead.pk)

    tried = attempt(form, step)
    if made:
        messages.success(request, _("Given to whoever approves it. Nothing has left yet."))
        return go_to(request, "leads:lead", made[0])
    page["looked"] = looked_at(data["text"], tried.marks, data["kept"])
    return render(request, "leads/new.html", page, status=tried.status)
