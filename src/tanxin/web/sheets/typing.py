"""The assistant's page: what stands on the signed sheet, and its scan."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.archive.attachments import NoRoomForFiles
from tanxin.apps.archive.services import Typed, load_draft, save_draft
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks import services
from tanxin.apps.talks.assisting import assisted_talk_for, waiting_entry, was_returned
from tanxin.apps.talks.conduct import form_of
from tanxin.apps.talks.refusals import (
    HeldInTheFuture,
    LateEntryNeedsReason,
    MomentOutOfReach,
    NotOnPaper,
    ScanMissing,
    TextMissing,
)
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.services.on_paper import DRAFT
from tanxin.apps.talks.services.recording import comes_late
from tanxin.web.directory import directory_of
from tanxin.web.downloads import download
from tanxin.web.drafting import keep_typed, keeper_away, window_of
from tanxin.web.papers.typesetting import ChineseFontMissing, pdf_of
from tanxin.web.papers.word import word_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.sheets.forms import SheetForm
from tanxin.web.sheets.words import BECAUSE
from tanxin.web.talks import papers
from tanxin.web.talks.forms import probably_held
from tanxin.web.talks.kinds import kind_name
from tanxin.web.talks.record_form import ANSWER
from tanxin.web.talks.showing import people_of
from tanxin.web.talks.words import NO_ROOM

KEPT = ("text", "nothing_raised", "late_reason", "held_at")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = assisted_talk_for(request.actor, talk_id)
    if waiting_entry(talk):
        return render(request, "sheets/handed_in.html", about(request, talk))
    if request.method == "POST":
        return save(request, talk)
    typed = load_draft(request.actor, DRAFT, talk.pk)
    initial: dict[str, object] = {"held_at": probably_held(talk.planned_for, timezone.now())}
    if typed is not None:
        initial |= typed.fields
        initial["nothing_raised"] = "nothing_raised" in typed.fields
    return show(request, talk, form_for(talk, initial=initial), typed=typed)


def form_for(talk: TalkRow, request: ActorRequest | None = None, **more: object) -> SheetForm:
    late = comes_late(talk, talk.held_at, timezone.now())
    asked = request is not None and "late_reason" in request.POST
    initial = more.get("initial")
    return SheetForm(
        request.POST if request else None,
        request.FILES if request else None,
        conduct=form_of(talk),
        ask_held=talk.held_at is None,
        ask_late=late or asked or more.get("ask_late") is True,
        initial=initial if isinstance(initial, dict) else None,
    )


def save(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = form_for(talk, request)
    keep(request, talk)
    if not form.is_valid():
        return show(request, talk, form, status=422)
    data = form.cleaned_data
    try:
        services.enter_sheet(
            request.actor,
            talk.pk,
            text=data["text"],
            answers=form.answers,
            nothing_raised=data["nothing_raised"],
            held_at=data.get("held_at"),
            late_reason=data.get("late_reason", ""),
            files=data["scan"],
            form=data["form"],
            at=timezone.now(),
        )
    except LateEntryNeedsReason:
        form = form_for(talk, request, ask_late=True)
        form.add_error(
            "late_reason", _("The talk was some days ago. Say why the record comes now.")
        )
    except NoRoomForFiles:
        form.add_error("scan", NO_ROOM)
    except (KeeperUnavailable, KeeperRefused):
        return show(request, talk, form, status=503, problem=keeper_away())
    except (NotOnPaper, HeldInTheFuture, MomentOutOfReach, TextMissing, ScanMissing):
        form.add_error(None, _("The talk has changed in the meantime; your text was not saved."))
    else:
        messages.success(request, _("Handed in. The initiator looks at it; then it is the record."))
        return go_to(request, "home:home")
    return show(request, talk, form, status=422)


def keep(request: ActorRequest, talk: TalkRow) -> None:
    """Should the initiator send it back, nothing need be typed twice."""
    names = kept_of(talk)
    fields = {name: request.POST[name] for name in names if name in request.POST}
    window = window_of(request)
    save_draft(request.actor, DRAFT, talk.pk, fields, window=window, at=timezone.now())


def show(
    request: ActorRequest,
    talk: TalkRow,
    form: SheetForm,
    *,
    status: int = 200,
    typed: Typed | None = None,
    problem: str = "",
) -> HttpResponse:
    returned = was_returned(talk)
    shown = {
        **about(request, talk),
        "form": form,
        "typed": typed,
        "problem": problem,
        "returned": BECAUSE[returned.because] if returned else "",
        "blanks": [
            (
                name.upper() if name == "pdf" else "Word",
                reverse("sheets:blank", args=[talk.pk, name]),
            )
            for name in papers.FILES
        ],
    }
    return render(request, "sheets/type.html", shown, status=status)


def about(request: ActorRequest, talk: TalkRow) -> dict[str, object]:
    names = directory_of(request)
    return {"talk": talk, "title": people_of(request.actor, talk, names), "kind": kind_name(talk)}


def kept_of(talk: TalkRow) -> tuple[str, ...]:
    return (*KEPT, *(ANSWER + one.id for one in form_of(talk).fields))


@require_POST
def draft(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = assisted_talk_for(request.actor, talk_id)
    return keep_typed(request, DRAFT, talk_id, kept_of(talk), page="sheets:type")


@require_safe
def blank_sheet(request: ActorRequest, talk_id: UUID, file: str) -> HttpResponse:
    """The sheet to be filled in by hand, for whoever will type it."""
    talk = assisted_talk_for(request.actor, talk_id)
    if file not in papers.FILES:
        raise Http404
    with translation.override("zh-hans"):
        made = papers.sheet(request.actor, talk, directory_of(request))
    try:
        body = pdf_of("official.typ", made.values()) if file == "pdf" else word_of(made)
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the Word file."))
        return go_to(request, "sheets:type", talk_id)
    services.note_paper(request.actor, talk, "sheet", file=file, at=timezone.now())
    return download(body, f"{made.title}.{file}", papers.FILES[file])
