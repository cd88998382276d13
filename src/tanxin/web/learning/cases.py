"""典型案例: written by one, published by another, read by all."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.learning import access
from tanxin.apps.learning import cases as services
from tanxin.apps.learning.cases import CaseMoved, LeadsBack
from tanxin.apps.learning.marks import was_read
from tanxin.core.access import RowForbidden
from tanxin.web.directory import directory_of
from tanxin.web.learning.forms import CaseForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.words import KINDS

SHOWN = 60


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    rows = list(access.visible_cases(request.actor).order_by("-written_at", "-pk")[:SHOWN])
    shown = {"cases": lines(request, rows), "may_write": access.may_write(request.actor)}
    return render(request, "learning/cases.html", shown)


def lines(request: ActorRequest, rows: Sequence[access.CaseRow]) -> list[dict[str, object]]:
    told = services.told(request.actor.realm_id, rows)
    return [
        {
            "id": row.pk,
            "title": told[row.pk].title,
            "kind": KINDS.get(row.kind, row.kind),
            "published_at": row.published_at,
            "is_mine": row.written_by_id == request.actor.person_id,
        }
        for row in rows
    ]


@require_safe
def page(request: ActorRequest, case_id: UUID) -> HttpResponse:
    actor = request.actor
    case = access.case_for(actor, case_id)
    told = services.told(actor.realm_id, [case])[case.pk]
    names = directory_of(request)
    shown = {
        "case": case,
        "title": told.title,
        "paragraphs": [part for part in told.text.splitlines() if part.strip()],
        "kind": KINDS.get(case.kind, case.kind),
        "writer": names.name(case.written_by_id),
        "publisher": names.name(case.published_by_id) if case.published_by_id else "",
        "may_publish": case.published_at is None and access.may_publish(actor, case),
        "may_withdraw": services.may_withdraw(actor, case),
        "what": "case",
        "key": str(case.pk),
        "was_read": was_read(actor, "case", str(case.pk)),
    }
    return render(request, "learning/case.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    if not access.may_write(request.actor):
        raise RowForbidden
    posted = request.POST if request.method == "POST" else None
    form = CaseForm(posted)
    if form.is_valid():
        said = form.cleaned_data
        try:
            case = services.write_case(
                request.actor,
                kind=said["kind"],
                title=said["title"],
                text=said["text"],
                sure=said["sure"],
                at=timezone.now(),
            )
        except LeadsBack as found:
            form = CaseForm(posted, asks=True)
            form.add_error("text", leads_back(found))
        else:
            messages.success(request, _("Kept. A second person can publish it now."))
            return go_to(request, "learning:case", case.pk)
    return render(
        request, "learning/case_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


def leads_back(found: LeadsBack) -> str:
    words = "、".join(found.words)
    if found.never:
        return _("Numbers lead to people and may not stay; please look at: %(words)s") % {
            "words": words
        }
    return _("This may lead to somebody; rewrite it, or say below that it does not: %(words)s") % {
        "words": words
    }


@require_POST
def publish(request: ActorRequest, case_id: UUID) -> HttpResponse:
    try:
        services.publish_case(request.actor, case_id, at=timezone.now())
    except CaseMoved:
        messages.warning(request, _("Somebody else was faster; here is how it stands."))
    else:
        messages.success(request, _("Published: everybody can read it."))
    return go_to(request, "learning:case", case_id)


@require_POST
def withdraw(request: ActorRequest, case_id: UUID) -> HttpResponse:
    try:
        services.withdraw_case(request.actor, case_id, at=timezone.now())
    except CaseMoved:
        messages.warning(request, _("Somebody else was faster; here is how it stands."))
    else:
        messages.success(request, _("Withdrawn: nobody finds it any more."))
    return go_to(request, "learning:cases")
