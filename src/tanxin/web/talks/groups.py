"""A talk with several: asking them, saying who was there, and the summary all share.

Nothing here shows one of those talked with what another answered, said or confirmed.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import Barred
from tanxin.apps.org.directory import Directory
from tanxin.apps.talks import services
from tanxin.apps.talks.access import group_for, own_talks, talks_led_in
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import GroupRow, asked_in
from tanxin.apps.talks.refusals import (
    HeldInTheFuture,
    MomentOutOfReach,
    NotPrepared,
    SizeNotMeant,
    TextMissing,
    TooFewTogether,
)
from tanxin.apps.talks.selectors import TalkRow
from tanxin.apps.talks.services.grouping import is_to_come, may_come
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.web.directory import directory_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import forms, refusing, words
from tanxin.web.talks.choosing import uuids_in
from tanxin.web.talks.group_forms import GroupForm, MoveGroupForm, PresenceForm
from tanxin.web.talks.kinds import Choices, chosen, kind_choices, kind_name, manner_facts
from tanxin.web.talks.planning import known_already
from tanxin.web.talks.showing import state_for
from tanxin.web.talks.times import Times, minutes_of, with_taken

REFUSALS: tuple[type[Exception], ...] = (*refusing.WHERE, TooFewTogether, SizeNotMeant)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Ask the people of ``?with=``, which may stand several times; one more is found by name."""
    actor, names = request.actor, directory_of(request)
    people = [one for one in uuids_in(request.GET, "with") if one != actor.person_id]
    for one in people:
        person_for(actor, one, Permission.ORG_VIEW)
    kinds = kind_choices(actor.realm_id, timezone.localdate())
    initial = asked_for(request, kinds)
    form = GroupForm(with_taken(request.POST) or None, kinds=kinds, initial=initial)
    times = Times(actor, [*([actor.person_id] if actor.person_id else []), *people])
    if request.method == "POST" and form.is_valid() and not times.warn(form, minutes_of(form)):
        try:
            return asked(request, form, people)
        except REFUSALS as refused:
            form.add_error(*said(refused))
    query = request.GET.get("q", "").strip()
    found = [one for one in names.search_people(query) if query and one.id not in people]
    shown = {
        "form": form,
        "people": [(one, names.label(one), without(request, people, one)) for one in people],
        "asked_for": [(name, request.GET[name]) for name in ("day", "kind") if name in request.GET],
        "found": [one for one in found if one.id != actor.person_id],
        "q": query,
        "enough": len(people) > 1,
        "free": times.free(minutes_of(form)) if len(people) > 1 else [],
    }
    return render(request, "talks/group_new.html", shown, status=422 if form.is_bound else 200)


def asked_for(request: ActorRequest, kinds: Choices) -> dict[str, object]:
    """The day and the kind with which another page leads here."""
    known = known_already(request, None)
    kind = request.GET.get("kind", "")
    return {**known, "kind": kind} if kind in dict(kinds) else known


def without(request: ActorRequest, people: list[UUID], one: UUID) -> str:
    """The address of the page with one person less."""
    rest = request.GET.copy()
    rest.setlist("with", [str(other) for other in people if other != one])
    return f"{reverse('talks:group_new')}?{rest.urlencode()}"


def asked(request: ActorRequest, form: GroupForm, people: list[UUID]) -> HttpResponse:
    data = form.cleaned_data
    made = services.propose_group(
        request.actor,
        with_people=people,
        planned_for=data["planned_for"],
        **chosen(data["kind"]),
        channel=data["channel"],
        because=data["because"],
        place=data["place"],
        minutes=data["minutes"],
        form=data["form"],
        at=timezone.now(),
    )
    messages.success(request, _("Each of them is asked and answers for himself."))
    return go_to(request, "talks:group", made.pk)


def said(refused: Exception) -> tuple[str | None, str]:
    if isinstance(refused, TooFewTogether):
        return None, _("A talk in a group needs two people beside you at least.")
    if isinstance(refused, SizeNotMeant):
        return None, size_said(refused)
    return refusing.said(refused)


def size_said(refused: SizeNotMeant) -> str:
    if not refused.most:
        return _("The rule wants at least %(least)s talked with at once.") % {
            "least": refused.least
        }
    return _("The rule wants %(least)s to %(most)s talked with at once.") % {
        "least": refused.least,
        "most": refused.most,
    }


@require_safe
def group(request: ActorRequest, group_id: UUID) -> HttpResponse:
    return show_group(request, group_for(request.actor, group_id, Permission.TALK_VIEW))


def show_group(
    request: ActorRequest, row: GroupRow, *, status: int = 200, problem: str = "", **bound: Form
) -> HttpResponse:
    """For who leads it each with his state; for one of the others the names and his own talk."""
    actor, names = request.actor, directory_of(request)
    led = talks_led_in(actor, row)
    mine = next(iter(own_talks(actor).filter(group=row.pk, subject=actor.person_id)), None)
    sample = (led or [mine] if mine else led) or None
    shown: dict[str, Any] = {
        "group": row,
        "initiator": names.label(row.initiator_id),
        "asked": [names.label(one) for one in asked_in(row)],
        "mine": mine,
        "led": [(talk, names.label(talk.subject_id), state_for(actor, talk)) for talk in led],
        "problem": problem,
    }
    if sample:
        conduct = conduct_of(sample[0])
        shown |= {
            "kind": kind_name(sample[0]),
            "channel": words.CHANNELS[sample[0].channel],
            "grade": words.GRADES[conduct.grade],
            "manner": manner_facts(conduct),
        }
    shown |= actions(row, led, names, bound)
    return render(request, "talks/group.html", shown, status=status)


def actions(
    row: GroupRow, led: list[TalkRow], names: Directory, bound: dict[str, Form]
) -> dict[str, Any]:
    """What who leads it may do now."""
    possible: dict[str, Any] = {"may_write": row.held_at is not None and bool(led)}
    if any(is_to_come(talk) for talk in led):
        begins = timezone.localtime(row.planned_for)
        possible["move"] = bound.get("move") or MoveGroupForm(
            initial={"planned_for": begins}, prefix="move"
        )
        possible["cancel"] = bound.get("cancel") or forms.ReasonForm(prefix="cancel")
    if row.held_at is None and is_enough(led):
        possible["hold"] = bound.get("hold") or presence_form(row, led, names)
    return possible


def is_enough(led: list[TalkRow]) -> bool:
    return len([talk for talk in led if may_come(talk)]) > 1


def presence_form(
    row: GroupRow, led: list[TalkRow], names: Directory, data: QueryDict | None = None
) -> PresenceForm:
    coming = [talk for talk in led if may_come(talk)]
    waits = any(is_to_come(talk) and not may_come(talk) for talk in led)
    people = [(talk.subject_id, names.label(talk.subject_id)) for talk in coming]
    began = forms.probably_held(row.planned_for, timezone.now())
    there = [str(talk.subject_id) for talk in coming if talk.state == TalkState.AGREED]
    initial = {"held_at": began, "present": there}
    return PresenceForm(data, prefix="hold", people=people, waits=waits, initial=initial)


@require_POST
def hold(request: ActorRequest, group_id: UUID) -> HttpResponseBase:
    row = group_for(request.actor, group_id, Permission.TALK_HOLD)
    form = presence_form(row, talks_led_in(request.actor, row), directory_of(request), request.POST)
    problem = ""
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.hold_group(
                request.actor,
                group_id,
                held_at=data["held_at"],
                present=[UUID(one) for one in data["present"]],
                absence=data["absence"],
                at=timezone.now(),
            )
            return go_to(request, "talks:group", group_id)
        except TooFewTogether:
            form.add_error("present", _("With fewer than two people it was no talk in a group."))
        except Barred as refused:
            problem = refusing.said(refused)[1]
        except NotPrepared:
            problem = _("First say in each of their talks that what comes before it is done.")
        except (IllegalMove, HeldInTheFuture, MomentOutOfReach, TextMissing):
            problem = _("The talk has changed in the meantime. This is how it stands now.")
    row.refresh_from_db()
    return show_group(request, row, status=422, problem=problem, hold=form)


@require_POST
def move(request: ActorRequest, group_id: UUID) -> HttpResponseBase:
    row = group_for(request.actor, group_id, Permission.TALK_HOLD)
    form = MoveGroupForm(request.POST, prefix="move")
    problem = ""
    if form.is_valid():
        when = form.cleaned_data["planned_for"]
        try:
            services.move_group(request.actor, group_id, planned_for=when, at=timezone.now())
            messages.success(request, _("Moved for all. Who had agreed is asked again."))
            return go_to(request, "talks:group", group_id)
        except (IllegalMove, MomentOutOfReach):
            problem = _("The talk has changed in the meantime. This is how it stands now.")
    row.refresh_from_db()
    return show_group(request, row, status=422, problem=problem, move=form)


@require_POST
def cancel(request: ActorRequest, group_id: UUID) -> HttpResponseBase:
    row = group_for(request.actor, group_id, Permission.TALK_HOLD)
    form = forms.ReasonForm(request.POST, prefix="cancel")
    problem = ""
    if form.is_valid():
        try:
            services.cancel_group(
                request.actor, group_id, reason=form.cleaned_data["reason"], at=timezone.now()
            )
            messages.success(request, _("Cancelled. All who were asked are told."))
            return go_to(request, "talks:group", group_id)
        except (IllegalMove, TextMissing):
            problem = _("The talk has changed in the meantime. This is how it stands now.")
    row.refresh_from_db()
    return show_group(request, row, status=422, problem=problem, cancel=form)
