"""Lists of talks whose texts go: drawn up, signed, certified."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties.deciding import DecidedAlready
from tanxin.apps.retention import disposing
from tanxin.apps.retention.holding import holds_seen, may_decide
from tanxin.apps.retention.refusals import NotDueAnyMore, NothingDue, RetentionForbidden
from tanxin.core.access import Permission
from tanxin.web.downloads import download
from tanxin.web.duties.words_asked import TONES
from tanxin.web.login.confirming import fresh
from tanxin.web.papers.typesetting import ChineseFontMissing
from tanxin.web.reports.filing import FILES, filed
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.retention.certificate import paper_of, text_of
from tanxin.web.retention.forms import AnswerForm, ReasonForm
from tanxin.web.retention.words import VERDICTS
from tanxin.web.talks.kinds import kind_name

MOST = 30


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: ActorRequest) -> HttpResponse:
    """What is over, what waits, what was destroyed; here a list is drawn up."""
    actor, today = request.actor, timezone.localdate()
    if not disposing.may(actor, Permission.RETENTION_VIEW):
        raise RetentionForbidden(Permission.RETENTION_VIEW)
    form = ReasonForm(request.POST or None)
    if request.method == "POST":
        if not disposing.may(actor, Permission.DISPOSAL_DRAW):
            raise RetentionForbidden(Permission.DISPOSAL_DRAW)
        row = drawn(request, form)
        if row is not None:
            messages.success(request, _("Drawn up and signed by you; a second person signs."))
            return go_to(request, "retention:list", row.pk)
    due = disposing.talks_due(actor, on=today)
    shown = {
        "due": due[:MOST],
        "count": len(due),
        "draws": disposing.may(actor, Permission.DISPOSAL_DRAW),
        "to_sign": {row.pk for row in disposing.lists_to_sign(actor, on=today)},
        "lists": [
            (row, VERDICTS[row.verdict], TONES[row.verdict])
            for row in disposing.visible_lists(actor)[:MOST]
        ],
        "holds": [(row, may_decide(actor, row, on=today)) for row in holds_seen(actor)[:MOST]],
        "form": form,
    }
    return render(request, "retention/start.html", shown, status=422 if form.errors else 200)


def drawn(request: ActorRequest, form: ReasonForm) -> disposing.DisposalRow | None:
    if not form.is_valid():
        return None
    try:
        return disposing.draw_list(
            request.actor, reason=form.cleaned_data["reason"],
            on=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
    except NothingDue:
        form.add_error(None, _("No talk's time is over that stands on no list."))
    return None


@require_safe
def page(request: ActorRequest, list_id: UUID) -> HttpResponse:
    return show(request, disposing.list_for(request.actor, list_id), AnswerForm())


def show(
    request: ActorRequest, row: disposing.DisposalRow, form: AnswerForm, problem: str = ""
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    said, answer = disposing.list_words(row)
    waits = not row.verdict
    shown = {
        "row": row,
        "state": VERDICTS[row.verdict],
        "tone": TONES[row.verdict],
        "said": said,
        "answer": answer,
        "lines": [(one, kind_name(one.talk)) for one in disposing.listed_on(row)],
        "signs": waits and disposing.may_sign(actor, row, on=today),
        "mine": waits and row.asked_by_id == actor.person_id,
        "form": form,
        "problem": problem,
    }
    refused = problem or form.errors
    return render(request, "retention/list.html", shown, status=422 if refused else 200)


@require_POST
@fresh
def sign(request: ActorRequest, list_id: UUID) -> HttpResponse:
    today, now = timezone.localdate(), timezone.now()
    return act(
        request,
        list_id,
        lambda: disposing.sign_list(request.actor, list_id, on=today, at=now),
        _("Signed by two: the texts are destroyed. The certificate can be taken."),
    )


@require_POST
def refuse(request: ActorRequest, list_id: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = disposing.to_sign(request.actor, list_id, today)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return show(request, row, form)
    answer = form.cleaned_data["answer"]
    return act(
        request,
        list_id,
        lambda: disposing.refuse_list(
            request.actor, list_id, answer=answer, on=today, at=timezone.now()
        ),
        _("Not signed; nothing is destroyed."),
    )


@require_POST
def withdraw(request: ActorRequest, list_id: UUID) -> HttpResponse:
    return act(
        request,
        list_id,
        lambda: disposing.withdraw_list(request.actor, list_id, at=timezone.now()),
        _("Taken back; nothing is destroyed."),
    )


def act(
    request: ActorRequest, list_id: UUID, verb: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, or show the list as it stands now."""
    try:
        verb()
    except DecidedAlready:
        problem = _("This was decided in the meantime.")
    except NotDueAnyMore:
        problem = _(
            "A talk on the list has come to be kept. Nothing was destroyed; draw up a new list."
        )
    else:
        messages.success(request, done)
        return go_to(request, "retention:list", list_id)
    return show(request, disposing.list_for(request.actor, list_id), AnswerForm(), problem)


@require_safe
def certificate(request: ActorRequest, list_id: UUID, file: str) -> HttpResponse:
    """As a paper to file, or as text with the proof that a program reads."""
    if file not in {*FILES, "txt"}:
        raise Http404
    row = disposing.list_for(request.actor, list_id)
    gone, receipt = disposing.certificate_of(row)
    with translation.override("zh-hans"):
        try:
            answer = (
                download(text_of(row, gone, receipt).encode(), TEXT_NAME, "text/plain")
                if file == "txt"
                else filed(paper_of(request, row, gone, receipt), file)
            )
        except ChineseFontMissing:
            messages.warning(request, _("This server has no Chinese font; take the Word file."))
            return go_to(request, "retention:list", list_id)
    disposing.note_certificate(request.actor, row, file=file, at=timezone.now())
    return answer


TEXT_NAME = "certificate.txt"
