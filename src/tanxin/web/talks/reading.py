"""The page that opens what was written, for the two of a talk, and where the subject answers it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.attachments import NoRoomForFiles, TooManyFiles
from tanxin.apps.archive.selectors import records_about, versions_of
from tanxin.apps.archive.services import RecordRow, VersionMoved, open_texts, open_version
from tanxin.apps.org.directory import directory
from tanxin.apps.talks import selectors, services
from tanxin.apps.talks.access import relations_to, talk_for
from tanxin.apps.talks.beside import reading_beside, waits_for_endorsement
from tanxin.apps.talks.certificates import certified, to_certify, wants_certificate
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.content import ContentRow, open_request
from tanxin.apps.talks.groups import summary_of
from tanxin.apps.talks.refusals import TextMissing
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.core.policy.manner import Part
from tanxin.core.policy.schema import Title
from tanxin.core.written import Written, from_text
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.rules.wording import title_of
from tanxin.web.sheets.files import files_of
from tanxin.web.talks import forms, words
from tanxin.web.talks.endorse_forms import endorse_forms
from tanxin.web.talks.grounds import READING, ground_of
from tanxin.web.talks.page import answers as said_by
from tanxin.web.talks.page import standing
from tanxin.web.talks.showing import people_of
from tanxin.web.talks.signing import HANDWRITING, SIGNED, drawing_in, means_in, wanted_of

REMARK = gettext_lazy("Remark")
REASONS: dict[str, Promise] = {
    "because_id": gettext_lazy("Why not face to face"),
    "late_id": gettext_lazy("Why the record comes late"),
    "closing_id": gettext_lazy("Why it did not take place"),
}
TO_ANSWER = {TalkState.RECORDED, TalkState.UNCONFIRMED, TalkState.DISPUTED}


@dataclass(frozen=True, slots=True)
class Passage:
    title: Promise
    who: str
    at: datetime
    text: str


@require_safe
def record(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    return show_record(request, talk_for(request.actor, talk_id, Permission.RECORD_OPEN))


def show_record(
    request: ActorRequest, talk: TalkRow, *, status: int = 200, problem: str = "", **bound: Form
) -> HttpResponse:
    """Open the record and what was added; one leaf for each before anything is shown."""
    actor = request.actor
    names = directory(actor.realm_id)
    found = openable(actor, records_about(actor, talk.pk, ["record", "remark", "reason"]))
    shared = shared_of(actor, talk)
    texts = open_texts(actor, [one.pk for one in (*found, *shared)], ground_of(actor, talk))
    main = next((one for one in found if one.kind == "record"), None)
    summary = next((one for one in shared if one.kind == "record"), None)
    said = standing(talk, selectors.record_of(talk), request.actor)
    answers = said is not None and talk.subject_id == actor.person_id and talk.state in TO_ANSWER
    answers = answers and not waits_for_endorsement(talk)
    relations = relations_to(actor, talk)
    written = from_text(texts[main.pk]) if main else None
    together = from_text(texts[summary.pk]) if summary else None
    shown: dict[str, Any] = {
        "talk": talk,
        "let": let_by(actor, talk),
        "title": people_of(actor, talk, names),
        "written": written,
        "answers": answers_of(written) if written else [],
        "together": together,
        "shared_answers": answers_of(together) if together else [],
        "shared_versions": versions_of(actor.realm_id, summary.pk) if summary else [],
        "grade": words.GRADES[conduct_of(talk).grade],
        "signs": wanted_of(talk, Part.SUBJECT),
        "draws": wanted_of(talk, Part.SUBJECT) == HANDWRITING,
        "standing": said,
        "receipts": said_by(actor, talk),
        "versions": versions_of(actor.realm_id, main.pk) if main else [],
        "passages": [
            passage(talk, one, names.name(one.author_id), texts[one.pk])
            for one in (*found, *shared)
            if one not in (main, summary)
        ],
        "certificates": certified(talk) if wants_certificate(talk) else [],
        "may_certify": to_certify(actor, talk) is not None,
        "scans": files_of(actor, talk),
        "problem": problem,
        "others_read": bool(reading_beside(talk)),
        "reads_as_third": not relations.isdisjoint(READING),
        **endorse_forms(actor, talk, relations, bound),
    }
    if said is not None:
        seen = {"digest": said["is"].digest.hex()}
        if decide(Permission.REMARK_WRITE, relations).allowed:
            shown["remark"] = bound.get("remark") or forms.RemarkForm(prefix="remark")
        if answers:
            shown["confirm"] = forms.ConfirmForm(initial=seen, prefix="confirm")
            shown["dispute"] = bound.get("dispute") or forms.DisputeForm(
                initial=seen, prefix="dispute"
            )
    return render(request, "talks/record.html", shown, status=status)


def shared_of(actor: Actor, talk: TalkRow) -> list[RecordRow]:
    """What all who were there share, for one of them; nothing for a talk with one."""
    if talk.group_id is None:
        return []
    return openable(actor, records_about(actor, talk.group_id, ["record", "reason"]))


def answers_of(written: Written) -> list[tuple[str, str]]:
    """The answers to the fields, each under the title it had."""
    return [(title_of(Title(one.zh, one.en)), one.text) for one in written.answers]


def passage(talk: TalkRow, record: RecordRow, who: str, text: str) -> Passage:
    why = (title for name, title in REASONS.items() if getattr(talk, name) == record.pk)
    title = next(why, gettext_lazy("Reason")) if record.kind == "reason" else REMARK
    return Passage(title, who, record.created_at, text)


def let_by(actor: Actor, talk: TalkRow) -> ContentRow | None:
    """For whom is no side of the talk: by which request, and so until when, he may read."""
    if actor.person_id in {talk.initiator_id, talk.subject_id}:
        return None
    return open_request(actor, talk.pk, at=timezone.now())


@require_safe
def version(request: ActorRequest, talk_id: UUID, number: int) -> HttpResponse:
    """An earlier version: it stays readable, and says that it is not the one in force."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_OPEN)
    found = summary_of(talk) if "summary" in request.GET else selectors.record_of(talk)
    ground = ground_of(request.actor, talk)
    text = open_version(request.actor, found.pk, number, ground) if found else None
    if found is None or text is None:
        raise Http404
    said = [
        one
        for one in selectors.said_about(talk)
        if any((each.record_id, each.number) == (found.pk, number) for each in one.covers)
    ]
    shown = {
        "talk": talk,
        "number": number,
        "latest": found.latest,
        "written": from_text(text),
        "answers": answers_of(from_text(text)),
        "grade": words.GRADES[conduct_of(talk).grade],
        "verdicts": [
            (words.STANDINGS[one.verdict], one.said_at, words.proxy_of(one.verdict, one.proxy))
            for one in said
        ],
    }
    return render(request, "talks/version.html", shown)


@require_POST
def confirm(request: ActorRequest, talk_id: UUID) -> HttpResponseBase:
    talk = talk_for(request.actor, talk_id, Permission.RECORD_CONFIRM)
    return SIGNED[wanted_of(talk, Part.SUBJECT)](confirmed)(request, talk)


def confirmed(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = forms.ConfirmForm(request.POST, prefix="confirm")
    means = means_in(request, wanted_of(talk, Part.SUBJECT))

    def say() -> str:
        services.confirm_record(
            request.actor,
            talk.pk,
            digest=form.seen(),
            remark=form.cleaned_data["remark"],
            means=means,
            drawing=drawing_in(request) if means == HANDWRITING else None,
            at=timezone.now(),
        )
        return _("You have confirmed the record.")

    return answer(request, talk.pk, Permission.RECORD_CONFIRM, {"confirm": form}, say)


@require_POST
def dispute(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.DisputeForm(request.POST, prefix="dispute")

    def say() -> str:
        services.dispute_record(
            request.actor,
            talk_id,
            verdict=form.cleaned_data["verdict"],
            digest=form.seen(),
            remark=form.cleaned_data["remark"],
            at=timezone.now(),
        )
        return _("Your objection stands wherever the record is quoted.")

    return answer(request, talk_id, Permission.RECORD_CONFIRM, {"dispute": form}, say)


@require_POST
def remark(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.RemarkForm(request.POST, prefix="remark")

    def say() -> str:
        data = form.cleaned_data
        services.add_remark(
            request.actor, talk_id, text=data["text"], form=data["form"], at=timezone.now()
        )
        return _("Your remark stays beside the record.")

    return answer(request, talk_id, Permission.REMARK_WRITE, {"remark": form}, say)


def answer(
    request: ActorRequest,
    talk_id: UUID,
    permission: Permission,
    bound: dict[str, Form],
    say: Callable[[], str],
) -> HttpResponse:
    """Say it, or open the record again as it stands now, with what was typed."""
    talk = talk_for(request.actor, talk_id, permission)
    problem = ""
    if all(form.is_valid() for form in bound.values()):
        try:
            messages.success(request, say())
            return go_to(request, "talks:record", talk_id)
        except VersionMoved:
            problem = _(
                "A new version was written while you read. Please read it before you answer."
            )
            bound = {}
        except (NoRoomForFiles, TooManyFiles) as refused:
            full = isinstance(refused, NoRoomForFiles)
            problem = str(words.NO_ROOM if full else words.TOO_MANY_FILES)
        except (IllegalMove, TextMissing):
            problem = _("This can no longer be said to the record as it stands now.")
    talk.refresh_from_db()
    return show_record(request, talk, status=422, problem=problem, **bound)
