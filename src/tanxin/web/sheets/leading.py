"""The initiator's two presses: who types the sheet, and that what was typed is right."""

from json import loads
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.apart import Barred
from tanxin.apps.org.selectors.entrusted import secretaries_of
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.assisting import (
    EntryRow,
    assistant_of,
    may_be_on_paper,
    scans_of,
    waiting_entry,
)
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.refusals import AssistantNotFree, NotOnPaper, NotPrepared
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.policy.manner import Part
from tanxin.core.written import from_text
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.sheets.files import lines_of
from tanxin.web.sheets.forms import AssistantForm, EntryForm, ReturnForm
from tanxin.web.talks import refusing, words
from tanxin.web.talks.reading import answers_of
from tanxin.web.talks.showing import people_of
from tanxin.web.talks.signing import SIGNED, wanted_of

NOTHING_WAITS = gettext_lazy("Nothing waits for you here: it was decided, or is not typed yet.")


@require_http_methods(["GET", "HEAD", "POST"])
def assistant(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Whom he usually works with stands there already: one press is enough."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    if not may_be_on_paper(talk):
        messages.warning(request, _("This talk has a record, was called off, or is in a group."))
        return go_to(request, "talks:talk", talk_id)
    on = timezone.localdate()
    usual = secretaries_of(request.actor, on=on).values_list("person", flat=True).first()
    first = {"person": assistant_of(talk) or usual}
    form = AssistantForm(request.POST or None, initial=first, directory=directory_of(request))
    if request.method == "POST" and not form.is_looking and form.is_valid():
        try:
            services.name_assistant(
                request.actor, talk_id, form.cleaned_data["person"], at=timezone.now()
            )
        except AssistantNotFree:
            form.add_error(
                "person",
                _("Somebody else must type it: a third person with an account of his own."),
            )
        except NotOnPaper:
            form.add_error(None, _("Meanwhile a record was written; there is nothing to type."))
        else:
            messages.success(
                request, _("Asked. What is typed comes to you before it becomes the record.")
            )
            return go_to(request, "talks:talk", talk_id)
    refused = form.is_bound and not form.is_looking
    shown = {
        "talk": talk,
        "form": form,
        "title": people_of(request.actor, talk, directory_of(request)),
        "named": assistant_of(talk),
    }
    return render(request, "sheets/assistant.html", shown, status=422 if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: ActorRequest, talk_id: UUID) -> HttpResponseBase:
    """What was typed beside its scan; one press makes it the record."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    if request.method == "POST":
        return SIGNED[wanted_of(talk, Part.INITIATOR)](accept)(request, talk)
    return show(request, talk)


def show(
    request: ActorRequest, talk: TalkRow, *, status: int = 200, **more: object
) -> HttpResponse:
    entry = waiting_entry(talk)
    if entry is None or not may_be_on_paper(talk):
        messages.info(request, NOTHING_WAITS)
        return go_to(request, "talks:talk", talk.pk)
    return render(
        request, "sheets/check.html", {**typed_of(request, talk, entry), **more}, status=status
    )


def typed_of(request: ActorRequest, talk: TalkRow, entry: EntryRow) -> dict[str, Any]:
    actor = request.actor
    said = loads(open_texts(actor, [entry.words_id], "initiator")[entry.words_id])
    written = from_text(said["body"])
    return {
        "talk": talk,
        "entry": entry,
        "title": people_of(actor, talk, directory_of(request)),
        "written": written,
        "answers": answers_of(written),
        "late": said["late"],
        "grade": words.GRADES[conduct_of(talk).grade],
        "signs": wanted_of(talk, Part.INITIATOR),
        "scans": lines_of(actor, scans_of(actor, entry)),
        "accept": EntryForm(initial={"entry": entry.pk}),
        "send_back": ReturnForm(initial={"entry": entry.pk}, prefix="return"),
    }


def accept(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = EntryForm(request.POST)
    problem = _("Meanwhile something changed. Please look at it once more.")
    if form.is_valid():
        try:
            services.accept_sheet(
                request.actor,
                talk.pk,
                form.entry_id,
                means=wanted_of(talk, Part.INITIATOR),
                at=timezone.now(),
            )
        except NotPrepared:
            problem = _("First say on the page of the talk that what comes before it is done.")
        except Barred as refused:
            problem = refusing.said(refused)[1]
        except IllegalMove:
            pass
        else:
            messages.success(request, _("It is the record now. The other side is asked."))
            return go_to(request, "talks:talk", talk.pk)
    talk.refresh_from_db()
    return show(request, talk, status=422, problem=problem)


@require_POST
def send_back(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    form = ReturnForm(request.POST, prefix="return")
    if not form.is_valid():
        return show(request, talk, status=422, send_back=form)
    try:
        services.return_sheet(
            request.actor,
            talk_id,
            form.entry_id,
            because=form.cleaned_data["because"],
            at=timezone.now(),
        )
    except IllegalMove:
        messages.warning(request, NOTHING_WAITS)
    else:
        messages.success(request, _("Sent back. It did not become the record."))
    return go_to(request, "talks:talk", talk_id)
