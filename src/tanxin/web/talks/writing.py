"""Writing the shared record and the memo, and keeping what is typed until then."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tanxin.apps.archive.services import (
    Typed,
    VersionMoved,
    load_draft,
    open_texts,
)
from tanxin.apps.org.apart import Barred
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.conduct import conduct_of, form_of
from tanxin.apps.talks.refusals import (
    HeldInTheFuture,
    LateEntryNeedsReason,
    MomentOutOfReach,
    NotPrepared,
    TextMissing,
)
from tanxin.apps.talks.selectors import TalkRow, memo_of, record_of
from tanxin.apps.talks.services.recording import DRAFT, comes_late
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import CALLED_OFF, IllegalMove
from tanxin.core.policy.manner import Part
from tanxin.core.written import Written, from_text
from tanxin.web.drafting import keep_typed, keeper_away
from tanxin.web.preparing.guidance import guidance_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import forms, refusing, words
from tanxin.web.talks.kinds import kind_name
from tanxin.web.talks.reading import answers_of
from tanxin.web.talks.record_form import ANSWER, RecordForm, initial_of
from tanxin.web.talks.showing import name_if_known
from tanxin.web.talks.signing import SIGNED, wanted_of

KEPT = ("text", "nothing_raised", "memo", "late_reason", "held_at", "expected_version")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest, talk_id: UUID) -> HttpResponseBase:
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    if talk.state in CALLED_OFF:
        messages.warning(request, _("This talk was called off; there is nothing to record."))
        return go_to(request, "talks:talk", talk_id)
    if talk.group_id and talk.held_at is None:
        messages.warning(request, _("First say for all of them that it was held."))
        return go_to(request, "talks:group", talk.group_id)
    if request.method != "POST":
        return blank(request, talk)
    return SIGNED[wanted_of(talk, Part.INITIATOR)](save)(request, talk)


def blank(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    """The form with the record as it stands, or with what was typed last time and not saved."""
    standing, latest = current(request.actor, talk)
    typed = load_draft(request.actor, DRAFT, talk.pk)
    began = forms.probably_held(talk.planned_for, timezone.now())
    initial = initial_of(form_of(talk), standing)
    initial |= {"expected_version": latest, "held_at": began}
    problem = ""
    if typed is not None:
        kept = kept_of(talk)
        initial |= {name: typed.fields.get(name, "") for name in kept if name in typed.fields}
        initial["nothing_raised"] = "nothing_raised" in typed.fields
        if initial["expected_version"] != str(latest):
            problem = _("The record was changed after you typed this. Both texts are shown.")
        initial["expected_version"] = latest
    form = form_for(talk, initial=initial)
    return show_form(
        request, talk, form, typed=typed, standing=standing if problem else None, problem=problem
    )


def kept_of(talk: TalkRow) -> tuple[str, ...]:
    """The names of what is kept while one types."""
    return (*KEPT, *(ANSWER + one.id for one in form_of(talk).fields))


def current(actor: Actor, talk: TalkRow) -> tuple[Written, int]:
    """The text and the number of the record's latest version; nothing and 0 before the first."""
    record = record_of(talk)
    if record is None:
        return Written(), 0
    return from_text(open_texts(actor, [record.pk], "initiator")[record.pk]), record.latest


def form_for(
    talk: TalkRow,
    data: QueryDict | None = None,
    *,
    ask_late: bool = False,
    initial: dict[str, object] | None = None,
) -> RecordForm:
    late = ask_late or comes_late(talk, talk.held_at, timezone.now())
    return RecordForm(
        data,
        conduct=form_of(talk),
        ask_held=talk.held_at is None,
        ask_late=late,
        first=talk.entered_at is None,
        initial=initial,
    )


def save(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = form_for(talk, request.POST, ask_late="late_reason" in request.POST)
    if not form.is_valid():
        return show_form(request, talk, form, status=422)
    try:
        services.write_record(
            request.actor,
            talk.pk,
            text=form.cleaned_data["text"],
            answers=form.answers,
            nothing_raised=form.cleaned_data["nothing_raised"],
            means=wanted_of(talk, Part.INITIATOR),
            memo=form.cleaned_data.get("memo", ""),
            held_at=form.cleaned_data.get("held_at"),
            late_reason=form.cleaned_data.get("late_reason", ""),
            expected_version=form.cleaned_data["expected_version"],
            form=form.cleaned_data["form"],
            at=timezone.now(),
        )
    except VersionMoved:
        return both_texts(request, talk)
    except LateEntryNeedsReason:
        return ask_why(request, talk)
    except (KeeperUnavailable, KeeperRefused):
        return show_form(request, talk, form, status=503, problem=keeper_away())
    except (Barred, IllegalMove, HeldInTheFuture, MomentOutOfReach, TextMissing) as refused:
        problem = _("The talk has changed in the meantime; your text was not saved.")
        if isinstance(refused, NotPrepared):
            problem = _("First say on the page of the talk that what comes before it is done.")
        if isinstance(refused, Barred):
            problem = refusing.said(refused)[1]
        return show_form(request, talk, form, status=422, problem=problem)
    say_saved(request, form)
    return go_to(request, "talks:talk", talk.pk)


def say_saved(request: ActorRequest, form: RecordForm) -> None:
    messages.success(request, _("Saved. The other side is asked to read and confirm it."))
    is_first = form.cleaned_data["expected_version"] == 0
    if is_first and not form.cleaned_data["nothing_raised"]:
        hint = _(
            "Was something raised that wants solving? Write it down as an issue on this page: "
            "then it has somebody who answers for it."
        )
        messages.info(request, hint)


def both_texts(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    """Somebody was faster: show his text beside what was typed, to be put together by hand."""
    talk.refresh_from_db()
    standing, latest = current(request.actor, talk)
    data = request.POST.copy()
    data["expected_version"] = str(latest)
    problem = _("Another version was saved since you began. Put the two together, then save.")
    form = form_for(talk, data)
    return show_form(request, talk, form, status=422, standing=standing, problem=problem)


def ask_why(request: ActorRequest, talk: TalkRow) -> HttpResponse:
    form = form_for(talk, request.POST, ask_late=True)
    form.add_error("late_reason", _("The talk was some days ago. Say why the record comes now."))
    return show_form(request, talk, form, status=422)


def show_form(
    request: ActorRequest,
    talk: TalkRow,
    form: RecordForm,
    *,
    status: int = 200,
    typed: Typed | None = None,
    standing: Written | None = None,
    problem: str = "",
) -> HttpResponse:
    shown = {
        "talk": talk,
        "form": form,
        "other": name_if_known(request.actor, talk.subject_id),
        "kind": kind_name(talk),
        "is_part": talk.group_id is not None,
        "grade": words.GRADES[conduct_of(talk).grade],
        "guides": words.GUIDES.get(talk.kind, []),
        "typed": typed,
        "standing": standing,
        "answers": answers_of(standing) if standing else [],
        "problem": problem,
        **guidance_of(request.actor, talk),
    }
    return render(request, "talks/write.html", shown, status=status)


@require_POST
def draft(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """Keep what is being typed, or forget it; answers with the sentence that stands at the form."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    return keep_typed(request, DRAFT, talk_id, kept_of(talk), page="talks:write")


@require_http_methods(["GET", "HEAD", "POST"])
def memo(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """The author's own memo; for anybody else this page does not open one."""
    talk = talk_for(request.actor, talk_id, Permission.RECORD_WRITE)
    if request.method == "POST":
        form = forms.MemoForm(request.POST)
        if form.is_valid():
            try:
                services.write_memo(
                    request.actor, talk_id, text=form.cleaned_data["text"], at=timezone.now()
                )
            except VersionMoved:
                form.add_error("text", _("Another window has just kept a memo. Save once more."))
            else:
                messages.success(request, _("Memo kept. Nobody else can open it."))
                return go_to(request, "talks:talk", talk_id)
    else:
        mine = memo_of(request.actor, talk_id)
        text = open_texts(request.actor, [mine.pk], "author")[mine.pk] if mine else ""
        form = forms.MemoForm(initial={"text": text})
    status = 422 if form.is_bound else 200
    return render(request, "talks/memo.html", {"talk": talk, "form": form}, status=status)
