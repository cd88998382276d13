from collections.abc import Mapping
from datetime import date
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties.tasks import derive_changed
from tanxin.apps.org import intake
from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.intake import uploads
from tanxin.apps.org.roster import write_template
from tanxin.apps.org.roster.words import EXPLANATION
from tanxin.web.downloads import download
from tanxin.web.login.confirming import fresh
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.roster import report
from tanxin.web.roster.forms import AcceptForm, UploadForm

ANSWER = "answer-"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "application/zip",
}


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    may_record_facts(request.actor)
    if request.method != "POST":
        form = UploadForm(initial={"on": timezone.localdate()})
        return render(request, "roster/start.html", start_page(form))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "roster/start.html", start_page(form), status=422)
    file = form.cleaned_data["file"]
    upload_id = uploads.keep_upload(request.actor, file.name or "", file.read(), at=timezone.now())
    complete = "&complete=1" if form.cleaned_data["complete"] else ""
    url = reverse("roster:check", args=[upload_id])
    return go_to(request, f"{url}?on={form.cleaned_data['on'].isoformat()}{complete}")


def start_page(form: UploadForm) -> dict[str, object]:
    return {"form": form, "csv_export": settings.TANXIN_CSV_EXPORT}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    """The report. A POST brings answers to questions; nothing is written either way."""
    may_record_facts(request.actor)
    said = request.POST if request.method == "POST" else request.GET
    try:
        on = date.fromisoformat(said.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    seen = look(request, upload_id, on, complete=bool(said.get("complete")), answers=request.POST)
    return show(request, upload_id, seen)


@require_POST
def accept(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    may_record_facts(request.actor)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        raise Http404
    complete = form.cleaned_data["complete"]
    seen = look(request, upload_id, form.day, complete=complete, answers=request.POST)
    try:
        done = intake.take_in(
            request.actor,
            seen,
            at=timezone.now(),
            accept_good=form.cleaned_data["accept_good"],
            shown=form.cleaned_data["shown"],
        )
    except intake.DifferenceMoved:
        problem = _("The facts changed since you looked. This is the difference now.")
    except intake.RosterHasFaults:
        problem = _("Some rows are wrong or unanswered. Mend them, or take in the good rows only.")
    except intake.NothingGood:
        problem = _("The file cannot be read as a whole; nothing was written.")
    else:
        uploads.drop_upload(request.actor, upload_id)
        derive_changed.enqueue(
            str(request.actor.realm_id), sorted(map(str, done.touched)), "roster imported"
        )
        messages.success(request, done_words(done))
        return go_to(request, "org:chart")
    return show(request, upload_id, seen, problem=problem)


@require_POST
def discard(request: ActorRequest, upload_id: UUID) -> HttpResponse:
    uploads.drop_upload(request.actor, upload_id)
    messages.info(request, _("The file was discarded; nothing was changed."))
    return go_to(request, "roster:start")


@require_safe
def template(request: ActorRequest) -> HttpResponse:
    may_record_facts(request.actor)
    return download(
        write_template("xlsx", [str(line) for line in EXPLANATION]),
        _("roster template") + ".xlsx",
        TYPES["xlsx"],
    )


@require_POST
@fresh
def export(request: ActorRequest, kind: Literal["xlsx", "csv"]) -> HttpResponse:
    if kind not in TYPES or (kind == "csv" and not settings.TANXIN_CSV_EXPORT):
        raise Http404
    today = timezone.localdate()
    data = intake.export_roster(request.actor, on=today, at=timezone.now(), format=kind)
    ending = "xlsx" if kind == "xlsx" else "zip"
    title = _("roster")
    return download(data, f"{title} {today.isoformat()}.{ending}", TYPES[kind])


def look(
    request: ActorRequest,
    upload_id: UUID,
    on: date,
    *,
    complete: bool,
    answers: Mapping[str, str],
) -> intake.Examination:
    file = uploads.upload_for(request.actor, upload_id, at=timezone.now())
    given = answers_in(answers)
    return intake.examine(
        request.actor, file.name, file.data, on=on, complete=complete, answers=given
    )


def answers_in(said: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(ANSWER): value
        for name, value in said.items()
        if name.startswith(ANSWER) and value
    }


def show(
    request: ActorRequest, upload_id: UUID, seen: intake.Examination, *, problem: str = ""
) -> HttpResponse:
    found = report.lines(seen)
    page = {
        "upload_id": upload_id,
        "seen": seen,
        "summary": report.summary(seen),
        "lines": found[: report.SHOWN_FINDINGS],
        "more_lines": max(0, len(found) - report.SHOWN_FINDINGS),
        "sections": report.sections(seen),
        "answers": answers_in(request.POST),
        "problem": problem,
        "may_accept": bool(seen.difference) and not seen.roster.unreadable,
    }
    return render(request, "roster/check.html", page, status=422 if problem else 200)


def done_words(done: intake.TakenIn) -> str:
    words = ngettext(
        "%(count)s change was taken in.", "%(count)s changes were taken in.", done.steps
    )
    after = _("Duties are being derived anew.")
    return f"{words % {'count': done.steps}} {after}"
