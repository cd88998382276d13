from collections.abc import Callable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.duties.access import duty_for
from tanxin.apps.duties.partners import partners_of
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import Barred
from tanxin.apps.talks import services
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.refusals import (
    HeldInTheFuture,
    MomentOutOfReach,
    NotPrepared,
    NotYourTurn,
    PartMissing,
    TextMissing,
    TimeTaken,
)
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.stacking import others_around
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.web.directory import directory_of
from tanxin.web.duties.asked import date_in
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import forms, refusing
from tanxin.web.talks.beside import part_missing
from tanxin.web.talks.choosing import uuid_in
from tanxin.web.talks.kinds import chosen, kind_choices
from tanxin.web.talks.page import show_talk
from tanxin.web.talks.partners import ask_with_whom
from tanxin.web.talks.times import Times, minutes_of, with_taken

MORNING = time(9, 30)
NOT_PREPARED = gettext_lazy("First say that what comes before such a talk is done.")

DONE = {"cancel": gettext_lazy("Cancelled. The other side is told.")}
MISSING = gettext_lazy("Something is missing; nothing was changed.")
# The more particular first.
WHY_NOT: dict[type[Exception], Promise] = {
    PartMissing: MISSING,
    Barred: refusing.WHERE[Barred][1],
    NotPrepared: NOT_PREPARED,
    NotYourTurn: gettext_lazy("This time is your own proposal; the other side answers it."),
    IllegalMove: gettext_lazy("The talk has changed in the meantime. This is how it stands now."),
    HeldInTheFuture: MISSING,
    MomentOutOfReach: MISSING,
    TextMissing: MISSING,
}


@require_safe
def talk(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    return show_talk(request, talk_for(request.actor, talk_id, Permission.TALK_VIEW))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Propose a talk from a duty (``?duty=``) or with a person (``?with=``)."""
    duty_id, person_id = uuid_in(request.GET, "duty"), uuid_in(request.GET, "with")
    duty = duty_for(request.actor, duty_id, Permission.TALK_PROPOSE) if duty_id else None
    if duty is not None and duty.subject_id is not None:
        owed_to_me = duty.subject_id == request.actor.person_id
        person_id = duty.initiator_id if owed_to_me else duty.subject_id
    if person_id is None:
        return ask_with_whom(request, duty)
    person_for(request.actor, person_id, Permission.ORG_VIEW)
    if duty is not None and not is_meant(duty, person_id):
        return ask_with_whom(request, duty, person_id)
    form = forms.ProposeForm(
        with_taken(request.POST) or None,
        initial=known_already(request, duty),
        kinds=kind_choices(request.actor.realm_id, timezone.localdate()),
    )
    is_held = request.GET.get("held") == "1"
    if is_held:
        form.enter_held()
    times, barred = Times(request.actor, two(request, person_id)), False
    if request.method == "POST" and form.is_valid() and not times.warn(form, minutes_of(form)):
        try:
            return proposed(request, form, person_id, [duty.pk] if duty else [])
        except tuple(refusing.WHERE) as refused:
            form.add_error(*refusing.said(refused))
            barred = isinstance(refused, Barred)
    shown = {
        "barred": barred,
        "form": form,
        "is_held": is_held,
        "free": [] if is_held else times.free(minutes_of(form)),
        "stacked": others_around(request.actor, person_id, now=timezone.now()),
        "other": directory_of(request).label(person_id),
        "duty": duty,
    }
    return render(request, "talks/new.html", shown, status=422 if form.is_bound else 200)


def two(request: ActorRequest, person_id: UUID) -> list[UUID]:
    me = request.actor.person_id
    return [me, person_id] if me else [person_id]


def known_already(request: ActorRequest, duty: DutyRow | None) -> dict[str, object]:
    """What need not be typed: the kind of the duty, and the day that a plan has for it."""
    known: dict[str, object] = {"kind": kind_of(duty)} if duty else {}
    day = date_in(request.GET, "day")
    if day and day >= timezone.localdate():
        known["planned_for"] = datetime.combine(day, MORNING)
    return known


def kind_of(duty: DutyRow) -> str:
    type_id = str(duty.rule.text.get("type", ""))
    return f"{duty.kind}/{type_id}" if type_id else duty.kind


def is_meant(duty: DutyRow, person_id: UUID) -> bool:
    """Whether a talk with this person can meet the duty at all."""
    return duty.subject_id is not None or person_id in partners_of(duty, timezone.localdate())


def proposed(
    request: ActorRequest, form: forms.ProposeForm, person_id: UUID, duty_ids: list[UUID]
) -> HttpResponse:
    data = form.cleaned_data
    made = services.propose_talk(
        request.actor,
        with_person=person_id,
        planned_for=data["planned_for"],
        **chosen(data["kind"]),
        channel=data["channel"],
        because=data["because"],
        place=data["place"],
        minutes=data["minutes"],
        duty_ids=duty_ids,
        form=data["form"],
        at=timezone.now(),
    )
    if made.state == TalkState.APPROVING:
        messages.success(request, _("Sent for approval. The other side is asked after it."))
    elif data["took_place"] and made.initiator_id == request.actor.person_id:
        return held_already(request, made, data["planned_for"])
    else:
        messages.success(request, _("The other side is asked to answer your time."))
    return go_to(request, "talks:talk", made.pk)


def held_already(request: ActorRequest, made: TalkRow, held_at: datetime) -> HttpResponse:
    """On to the record, unless something is wanted before that nobody has said to be done."""
    if made.state == TalkState.PROPOSED:
        try:
            services.hold(request.actor, made.pk, held_at=held_at, at=timezone.now())
        except PartMissing as missing:
            messages.warning(request, part_missing(missing.part))
            return go_to(request, "talks:beside", made.pk)
        except NotPrepared:
            messages.warning(request, NOT_PREPARED)
            return go_to(request, "talks:talk", made.pk)
    return go_to(request, "talks:write", made.pk)


@require_POST
def agree(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.SeenForm(request.POST)
    return answer(request, talk_id, Permission.TALK_ANSWER, {"agree": form}, services.agree)


@require_POST
def move(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    talk = talk_for(request.actor, talk_id, Permission.TALK_ANSWER)
    form = forms.MoveForm(with_taken(request.POST, "move"), prefix="move")
    if form.is_valid() and (times := times_of(request, talk)).warn(form, talk.minutes):
        form.free = times.free(talk.minutes)
        return show_talk(request, talk, status=422, move=form)
    return answer(
        request, talk_id, Permission.TALK_ANSWER, {"move": form}, services.propose_other_time
    )


def times_of(request: ActorRequest, talk: TalkRow) -> Times:
    sides = [talk.initiator_id, talk.subject_id]
    return Times(request.actor, sides, besides=[talk.pk, talk.group_id])


def offer(request: ActorRequest, talk: TalkRow) -> forms.MoveForm:
    """The form for another time, with those at which both are free."""
    initial = {"seen": talk.steps, "planned_for": timezone.localtime(talk.planned_for)}
    form = forms.MoveForm(initial=initial, prefix="move")
    form.free = times_of(request, talk).free(talk.minutes)
    return form


@require_POST
def cancel(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.ReasonForm(request.POST, prefix="cancel")
    return answer(request, talk_id, Permission.TALK_CANCEL, {"cancel": form}, services.cancel)


@require_POST
def refuse(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.ReasonForm(request.POST, prefix="refuse")
    return answer(request, talk_id, Permission.TALK_ANSWER, {"refuse": form}, services.refuse)


@require_POST
def prepare(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.SeenForm(request.POST)
    return answer(request, talk_id, Permission.TALK_HOLD, {"prepare": form}, services.prepare)


@require_POST
def approve(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.SeenForm(request.POST)
    return answer(
        request, talk_id, Permission.TALK_APPROVE, {"approve": form}, services.approve_talk
    )


@require_POST
def deny(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.ReasonForm(request.POST, prefix="deny")
    return answer(request, talk_id, Permission.TALK_APPROVE, {"deny": form}, services.deny_talk)


@require_POST
def hold(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    form = forms.HoldForm(request.POST, prefix="hold")
    return answer(request, talk_id, Permission.TALK_HOLD, {"hold": form}, services.hold)


def answer(
    request: ActorRequest,
    talk_id: UUID,
    permission: Permission,
    bound: dict[str, Form],
    service: Callable[..., Any],
) -> HttpResponse:
    """Do what a form of the talk's page asks, or show the page again with what was typed."""
    talk = talk_for(request.actor, talk_id, permission)
    problem = ""
    [(verb, form)] = bound.items()
    if form.is_valid():
        try:
            data = {key: value for key, value in form.cleaned_data.items() if key != "anyway"}
            service(request.actor, talk_id, at=timezone.now(), **data)
            if verb in DONE:
                messages.success(request, DONE[verb])
            return go_to(request, "talks:talk", talk_id)
        except TimeTaken:
            problem = _("At this time one of you has agreed to another talk meanwhile.")
            bound = {"move": offer(request, talk)}
        except tuple(WHY_NOT) as refused:
            problem = why_not(refused)
    talk.refresh_from_db()
    return show_talk(request, talk, status=422, problem=problem, **bound)


def why_not(refused: Exception) -> str:
    if isinstance(refused, PartMissing):
        return part_missing(refused.part)
    return str(next(said for kind, said in WHY_NOT.items() if isinstance(refused, kind)))
