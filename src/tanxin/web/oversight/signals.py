"""Signals: a list of questions, the evidence of one, its explanation and what came of it."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tanxin.apps.archive.services import open_texts
from tanxin.apps.oversight import selectors, services
from tanxin.apps.oversight.access import signal_for, supervises, works_under
from tanxin.apps.oversight.refusals import ExplainedAlready, SettledAlready
from tanxin.apps.oversight.selectors import SignalRow
from tanxin.core.access import Permission
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.measured import MEASURED
from tanxin.core.oversight.settling import Outcome, SignalState
from tanxin.web.keyset import page_of
from tanxin.web.oversight import words
from tanxin.web.oversight.forms import ExplainForm, SettleForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words as talk_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BY_FOUND = ("-found_at", "-id")
UNPROCESSABLE = 422
SUPERVISED: "dict[str, _StrPromise]" = {
    "open": gettext_lazy("To look at"),
    "settled": gettext_lazy("Looked at"),
}
MINE: "dict[str, _StrPromise]" = {"mine": pgettext_lazy("signals", "About me")}
LISTS = {
    "open": selectors.signals_to_settle,
    "settled": selectors.signals_settled,
    "mine": selectors.signals_about,
}


@require_safe
def signals(request: ActorRequest) -> HttpResponse:
    actor = request.actor
    tabs = SUPERVISED | MINE if supervises(actor) else MINE
    show = request.GET.get("show", "")
    show = show if show in tabs else next(iter(tabs))
    rows = LISTS[show](actor)
    sign = request.GET.get("sign", "")
    if sign in words.SIGNS:
        rows = rows.filter(sign=sign)
    page = page_of(rows, order=BY_FOUND, cursor=request.GET.get("cursor", ""))
    shown = {
        "tabs": tabs.items(),
        "show": show,
        "sign": sign,
        "signs": words.SIGNS.items(),
        "page": page,
        "lines": [line(row) for row in page.rows],
        "supervises": supervises(actor),
    }
    return render(request, "oversight/signals.html", shown)


def line(row: SignalRow) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person_id": row.person_id,
        "title": words.SIGNS[row.sign],
        "evidence": words.evidence(row),
        "found_at": row.found_at,
        "state": words.state_of(row),
        "tone": tone_of(row),
    }


def tone_of(row: SignalRow) -> str:
    """Grey once looked at; a question is never red."""
    return "info" if row.state == SignalState.OPEN else "rest"


@require_safe
def signal(request: ActorRequest, signal_id: UUID) -> HttpResponse:
    row = signal_for(request.actor, signal_id, Permission.SIGNAL_VIEW)
    return shown(request, row)


@require_POST
def explain(request: ActorRequest, signal_id: UUID) -> HttpResponse:
    row = signal_for(request.actor, signal_id, Permission.SIGNAL_EXPLAIN)
    form = ExplainForm(request.POST)
    if form.is_valid():
        try:
            services.explain(
                request.actor, signal_id, text=form.cleaned_data["text"], at=timezone.now()
            )
        except (ExplainedAlready, SettledAlready):
            messages.info(request, _("It was explained or looked at already; see below."))
        else:
            messages.success(request, _("Your explanation is sealed and can be read."))
        return go_to(request, "oversight:signal", signal_id)
    return shown(request, row, explaining=form, status=UNPROCESSABLE)


@require_POST
def settle(request: ActorRequest, signal_id: UUID) -> HttpResponse:
    row = signal_for(request.actor, signal_id, Permission.SIGNAL_SETTLE)
    form = SettleForm(request.POST)
    if form.is_valid():
        try:
            services.settle(
                request.actor,
                signal_id,
                outcome=Outcome(form.cleaned_data["outcome"]),
                note=form.cleaned_data["note"],
                at=timezone.now(),
            )
        except SettledAlready:
            messages.info(request, _("Somebody has looked at it already; see below."))
        else:
            messages.success(request, _("Noted. It changes no figure of anybody."))
        return go_to(request, "oversight:signal", signal_id)
    return shown(request, row, settling=form, status=UNPROCESSABLE)


def shown(
    request: ActorRequest,
    row: SignalRow,
    *,
    explaining: forms.Form | None = None,
    settling: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    mine = row.person_id == actor.person_id
    is_open = row.state == SignalState.OPEN
    ids = selectors.texts_to_open(actor, row)
    texts = open_texts(actor, ids, "signal") if ids else {}
    below = not mine and works_under(actor, row, timezone.localdate())
    page = {
        "row": row,
        "title": words.SIGNS[row.sign],
        "evidence": words.evidence(row),
        "in_order": words.IN_ORDER[row.sign],
        "measured": MEASURED[Sign(row.sign)],
        "state": words.state_of(row),
        "tone": tone_of(row),
        "talks": [(talk, talk_words.STATES[talk.state]) for talk in selectors.talks_behind(row)],
        "mine": mine,
        "below": below,
        "explanation": texts.get(row.explanation_id) if row.explanation_id else None,
        "note": texts.get(row.note_id) if row.note_id else None,
        "explaining": (explaining or ExplainForm()) if mine and may_explain(row) else None,
        "settling": (settling or SettleForm()) if is_open and not mine and not below else None,
    }
    return render(request, "oversight/signal.html", page, status=status)


def may_explain(row: SignalRow) -> bool:
    return row.state == SignalState.OPEN and row.explanation_id is None
