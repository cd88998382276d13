"""What a secretary sees: whom the leader talks with, and when. Neither the kind nor the matter."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tanxin.apps.org.apart import Barred
from tanxin.apps.org.selectors.entrusted import leaders_of
from tanxin.apps.talks import services
from tanxin.apps.talks.access import TalkNotFound, arranged_talk_for, arranged_talks
from tanxin.apps.talks.arranged import duties_to_arrange
from tanxin.apps.talks.refusals import (
    FormNotMeant,
    MomentOutOfReach,
    NobodyToApprove,
    NotForHimToHold,
    NotYourTurn,
    TextMissing,
    TimeTaken,
)
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.lifecycle import IllegalMove, TalkState
from tanxin.core.policy import KindUnknown
from tanxin.web.issues.forms import as_uuid
from tanxin.web.keyset import page_of
from tanxin.web.named_form import NamedForm
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks.forms import (
    ArrangedReasonForm,
    MoveForm,
    SeenForm,
    anyway,
    lasts,
    moment,
    once,
    place,
)
from tanxin.web.talks.times import TAKE, Times, minutes_of, with_taken
from tanxin.web.talks.words import STATES


class ArrangeForm(NamedForm):
    form = once()
    duty_id = forms.UUIDField(widget=forms.HiddenInput)
    planned_for = moment(gettext_lazy("When"))
    anyway = anyway()
    minutes = lasts()
    place = place()


# The more particular first.
REFUSED: dict[type[Exception], Promise] = {
    Barred: gettext_lazy("By the rules of recusal this talk cannot be led by this person."),
    TimeTaken: gettext_lazy("At this time one of the two has agreed to another talk meanwhile."),
    NotYourTurn: gettext_lazy("This time is the leader's own proposal; the other side answers it."),
    IllegalMove: gettext_lazy("The talk has changed in the meantime. This is how it stands now."),
    MomentOutOfReach: gettext_lazy("Something is missing; nothing was changed."),
    TextMissing: gettext_lazy("Something is missing; nothing was changed."),
}


def leader_of(request: ActorRequest, leader_id: UUID) -> UUID:
    if leader_id not in leaders_of(request.actor, on=timezone.localdate()):
        raise TalkNotFound(leader_id)
    return leader_id


@require_safe
def leader(request: ActorRequest, leader_id: UUID) -> HttpResponse:
    """The leader's planned talks, and with whom he still has to talk, by when."""
    actor, today = request.actor, timezone.localdate()
    leader_of(request, leader_id)
    page = page_of(
        arranged_talks(actor, on=today),
        order=("planned_for", "id"),
        cursor=request.GET.get("cursor", ""),
    )
    shown = {
        "leader_id": leader_id,
        "talks": [(row, STATES[row.state]) for row in page.rows],
        "page": page,
        "owed": duties_to_arrange(actor, leader_id, on=today),
        "today": today,
    }
    return render(request, "access/arrange.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: ActorRequest, leader_id: UUID) -> HttpResponse:
    actor = request.actor
    leader_of(request, leader_id)
    wanted = as_uuid((request.POST or request.GET).get("duty_id" if request.POST else "duty"))
    owed = duties_to_arrange(actor, leader_id, on=timezone.localdate())
    one = next((row for row in owed if row.duty_id == wanted), None)
    form = ArrangeForm(with_taken(request.POST) or None, initial={"duty_id": wanted})
    times = Times(actor, [leader_id, *([one.person_id] if one else [])])
    if request.method == "POST" and form.is_valid() and not times.warn(form, minutes_of(form)):
        data = {key: value for key, value in form.cleaned_data.items() if key != "anyway"}
        try:
            made = services.arrange_talk(actor, leader_id, at=timezone.now(), **data)
        except MomentOutOfReach:
            form.add_error("planned_for", _("This day is too far away. Please check the year."))
        except (KindUnknown, NotForHimToHold, FormNotMeant, NobodyToApprove):
            # In what it differs from other talks would say of which type it is.
            form.add_error(None, _("The leader arranges this talk himself."))
        else:
            messages.success(request, _("Proposed; the other side answers."))
            if made.state == TalkState.APPROVING:
                return go_to(request, "access:arrange", leader_id)
            return go_to(request, "access:arranged", made.pk)
    shown = {
        "form": form,
        "free": times.free(minutes_of(form)),
        "leader_id": leader_id,
        "owed": one,
        "today": timezone.localdate(),
    }
    return render(request, "access/propose.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: ActorRequest, talk_id: UUID) -> HttpResponse:
    """One planned talk: another time, an answer, or calling it off."""
    row = arranged_talk_for(request.actor, talk_id, on=timezone.localdate())
    problem = ""
    if request.method == "POST":
        problem = act(request, row)
        if not problem:
            messages.success(request, _("Done, in the leader's name."))
            if request.POST.get("act") == "cancel":
                return go_to(request, "access:arrange", leader_and_other(request, row)[0])
            return go_to(request, "access:arranged", talk_id)
        row.refresh_from_db()
    return show(request, row, problem)


def act(request: ActorRequest, row: TalkRow) -> str:
    """Do what was pressed; says in words why it cannot be done."""
    verb = "move" if TAKE in request.POST else request.POST.get("act", "")
    forms_of: dict[str, tuple[Any, Any]] = {
        "move": (
            MoveForm(with_taken(request.POST, "move"), prefix="move"),
            services.arrange_other_time,
        ),
        "agree": (SeenForm(request.POST), services.arrange_agreement),
        "cancel": (ArrangedReasonForm(request.POST, prefix="cancel"), services.arrange_cancelling),
    }
    if verb not in forms_of or not forms_of[verb][0].is_valid():
        return _("Something is missing; nothing was changed.")
    form, service = forms_of[verb]
    if verb == "move" and times_of(request, row).warn(form, row.minutes):
        return str(form.errors["planned_for"][0])
    data = {key: value for key, value in form.cleaned_data.items() if key != "anyway"}
    try:
        service(request.actor, row.pk, at=timezone.now(), **data)
    except tuple(REFUSED) as refused:
        return str(next(said for kind, said in REFUSED.items() if isinstance(refused, kind)))
    return ""


def times_of(request: ActorRequest, row: TalkRow) -> Times:
    sides = [row.initiator_id, row.subject_id]
    return Times(request.actor, sides, besides=[row.pk, row.group_id])


def leader_and_other(request: ActorRequest, row: TalkRow) -> tuple[UUID, UUID]:
    if row.initiator_id in leaders_of(request.actor, on=timezone.localdate()):
        return row.initiator_id, row.subject_id
    return row.subject_id, row.initiator_id


def show(request: ActorRequest, row: TalkRow, problem: str) -> HttpResponse:
    leader_id, other_id = leader_and_other(request, row)
    seen = {"seen": row.steps}
    shown = {
        "row": row,
        "state": STATES[row.state],
        "leader_id": leader_id,
        "other_id": other_id,
        "move": MoveForm(
            initial={**seen, "planned_for": timezone.localtime(row.planned_for)}, prefix="move"
        ),
        "cancel": ArrangedReasonForm(initial=seen, prefix="cancel"),
        "agree": SeenForm(initial=seen),
        "free": times_of(request, row).free(row.minutes),
        "may_agree": row.state == "proposed" and row.proposed_by_id != leader_id,
        "problem": problem,
    }
    return render(request, "access/arranged.html", shown, status=422 if problem else 200)
