"""Samples of closed talks: drawing one, following its questions; and answering one's own."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.oversight import sampling
from tanxin.apps.oversight.access import supervises
from tanxin.apps.oversight.calls import (
    CallRow,
    answer_of,
    call_for,
    calls_of,
    draws_the_same,
    sample_for,
    visible_samples,
)
from tanxin.apps.oversight.refusals import (
    AnsweredAlready,
    DrawnMeanwhile,
    NothingToDraw,
    SettledAlready,
)
from tanxin.apps.oversight.sampling import Said, Wish
from tanxin.core.access import Permission, RowNotFound
from tanxin.core.oversight.sampling import Result, Solved, TookPlace
from tanxin.web.keyset import page_of
from tanxin.web.oversight import sample_words as words
from tanxin.web.oversight.sample_forms import AnswerForm, DrawForm, ResultForm
from tanxin.web.requests import ActorRequest, go_to

UNPROCESSABLE = 422
HALF_A_YEAR = timedelta(days=182)
BY_DRAWN = ("-drawn_at", "-id")


@require_http_methods(["GET", "HEAD", "POST"])
def samples(request: ActorRequest) -> HttpResponse:
    if not supervises(request.actor):
        raise RowNotFound
    today = timezone.localdate()
    form = DrawForm(request.POST if request.method == "POST" else None, initial=proposed(today))
    if request.method == "POST" and form.is_valid():
        try:
            sample = sampling.draw_sample(
                request.actor, Wish(**form.cleaned_data), at=timezone.now()
            )
        except NothingToDraw:
            form.add_error(None, _("No closed talk of these days that was not asked about yet."))
        except DrawnMeanwhile:
            form.add_error(None, _("Somebody else drew at the same time. Please draw again."))
        else:
            messages.success(request, _("Drawn. Those who were talked with are asked now."))
            return go_to(request, "oversight:sample", sample.pk)
    page = page_of(
        visible_samples(request.actor), order=BY_DRAWN, cursor=request.GET.get("cursor", "")
    )
    shown = {"form": form, "page": page}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "oversight/samples.html", shown, status=status)


def proposed(today: date) -> dict[str, object]:
    """The half-year behind."""
    return {
        "first": today - HALF_A_YEAR,
        "last": today,
        "size": 10,
    }


@require_safe
def sample(request: ActorRequest, sample_id: UUID) -> HttpResponse:
    row = sample_for(request.actor, sample_id)
    calls = list(calls_of(request.actor, row))
    shown = {
        "row": row,
        "of": len(row.pool),
        "same": draws_the_same(row),
        "calls": [(call, words.state_of(call)) for call in calls],
        "answered": sum(call.answered_at is not None for call in calls),
    }
    return render(request, "oversight/sample.html", shown)


@require_safe
def call(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """For a supervisor its answer and result, for whoever is asked the question."""
    return shown_call(request, call_for(request.actor, call_id, Permission.CALL_ANSWER))


@require_POST
def answer(request: ActorRequest, call_id: UUID) -> HttpResponse:
    row = sampling.answerable(request.actor, call_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return shown_call(request, row, answering=form, status=UNPROCESSABLE)
    data = form.cleaned_data
    said = Said(TookPlace(data["took_place"]), Solved(data["solved"]), data["words"])
    try:
        sampling.answer_call(request.actor, call_id, said, at=timezone.now())
    except AnsweredAlready:
        messages.info(request, _("It was answered already."))
    else:
        messages.success(request, _("Thank you. Who led the talk is told nothing of it."))
    return go_to(request, "oversight:call", call_id)


@require_POST
def settle_call(request: ActorRequest, call_id: UUID) -> HttpResponse:
    row = call_for(request.actor, call_id, Permission.CALL_SETTLE)
    form = ResultForm(request.POST)
    if not form.is_valid():
        return shown_call(request, row, settling=form, status=UNPROCESSABLE)
    try:
        result = Result(form.cleaned_data["result"])
        sampling.settle_call(request.actor, call_id, result=result, at=timezone.now())
    except SettledAlready:
        messages.info(request, _("Somebody has noted a result already."))
    return go_to(request, "oversight:sample", row.sample_id)


def shown_call(
    request: ActorRequest,
    row: CallRow,
    *,
    answering: AnswerForm | None = None,
    settling: ResultForm | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = row.person_id == request.actor.person_id
    is_open = row.answered_at is None and not row.result
    for_another = not mine and is_open and not has_account(row.realm_id, row.person_id)
    free = sampling.is_free(request.actor, row, timezone.localdate())
    settles = not mine and not row.result and free
    said = answer_of(request.actor, row)
    page = {
        "row": row,
        "mine": mine,
        "for_another": for_another,
        "state": words.state_of(row),
        "said": words.told(said) if said else None,
        "answering": (answering or AnswerForm()) if is_open and (mine or for_another) else None,
        "settling": (settling or ResultForm()) if settles else None,
    }
    return render(request, "oversight/call.html", page, status=status)
