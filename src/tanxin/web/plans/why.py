"""Why this day: one planned talk in sentences, with the way to another day and to the talk."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.plans.access import may_know_reason, planned_for
from tanxin.apps.plans.reading.detail import Reason, explain
from tanxin.apps.plans.reading.overview import PlannedRow
from tanxin.apps.talks.selectors import talks_planned_for
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import DutyState
from tanxin.core.planning import Obstacle
from tanxin.web.directory import directory_of
from tanxin.web.duties import words as duty_words
from tanxin.web.duties.asked import date_in
from tanxin.web.plans import words
from tanxin.web.plans.month import may_move_for
from tanxin.web.plans.showing import line_of
from tanxin.web.prose import prose_day
from tanxin.web.requests import ActorRequest


@require_safe
def show(request: ActorRequest, planned_id: UUID) -> HttpResponse:
    actor, today, names = request.actor, timezone.localdate(), directory_of(request)
    planned = planned_for(actor, planned_id, Permission.PLAN_VIEW, on=today)
    reason = explain(planned, today=today)
    line = line_of(actor, planned, reason.duties, names, today)
    known = may_know_reason(actor, planned)
    mine = planned.initiator_id == actor.person_id
    found = list(ways(actor, reason.duties, planned.day, today)) if mine else []
    may_move = line.can_move and may_move_for(actor, planned.plan, planned.initiator_id)
    shown = {
        "planned": planned,
        "plan": planned.plan,
        "unit_name": names.unit_name(planned.plan.unit_id),
        "line": line,
        "known": known,
        "place": names.unit_name(planned.place_id),
        "sentences": list(sentences(reason, planned.because)),
        "duties": [
            (duty, duty_words.title(duty), duty_words.period(duty.period)) for duty in reason.duties
        ]
        if known
        else [],
        "ways": found,
        "together": together_url(planned, reason.duties, today) if of_several(found) else "",
        "may_move": may_move,
        "wanted_day": date_in(request.GET, "day"),
        "earliest": max(today, planned.opens),
        "today": today,
    }
    return render(request, "plans/planned.html", shown)


def sentences(reason: Reason, because: str) -> Iterator[str]:
    """First why it stands there, then what was passed over, then what would help."""
    if because:
        yield str(words.BECAUSE[because])
    if reason.why.wanted:
        yield _("An even spread would put it on %(day)s.") % {"day": prose_day(reason.why.wanted)}
    for obstacle in reason.why.passed:
        yield passed_over(obstacle)
    if reason.planned.day is None:
        yield words.relaxed(reason.relaxation)


def passed_over(obstacle: Obstacle) -> str:
    why = " ".join(str(words.BREACHES[one]) for one in obstacle.reasons)
    first, last = prose_day(obstacle.first), prose_day(obstacle.last)
    if obstacle.first == obstacle.last:
        return _("Not on %(day)s: %(why)s") % {"day": first, "why": why}
    return _("Not from %(first)s to %(last)s: %(why)s") % {
        "first": first, "last": last, "why": why,
    }  # fmt: skip


def ways(
    actor: Actor, duties: list[DutyRow], day: date | None, today: date
) -> Iterator[tuple[UUID | None, str, bool]]:
    """With whom, the page to go to, and whether that talk is planned there already."""
    owed = [duty for duty in duties if duty.state == DutyState.OPEN]
    talks = talks_planned_for(actor, [duty.pk for duty in owed])
    seen = set()
    for duty in owed:
        if duty.subject_id in seen and duty.subject_id:
            continue
        seen.add(duty.subject_id)
        talk = talks.get(duty.pk)
        if talk:
            yield duty.subject_id, reverse("talks:talk", args=[talk.pk]), True
        else:
            yield duty.subject_id, proposing_url(duty.pk, day, today), False


def of_several(found: list[tuple[UUID | None, str, bool]]) -> bool:
    """Whether it is one talk with several, of whom nobody has been asked yet."""
    return len(found) > 1 and all(person and not is_there for person, _url, is_there in found)


def together_url(planned: PlannedRow, duties: list[DutyRow], today: date) -> str:
    """The form that asks all of them to one talk, with people, kind and day filled in."""
    owed = [duty for duty in duties if duty.state == DutyState.OPEN and duty.subject_id]
    people = dict.fromkeys(str(duty.subject_id) for duty in owed)
    asked: dict[str, str | list[str]] = {"with": list(people), "kind": planned.kind}
    if planned.day and planned.day >= today:
        asked["day"] = planned.day.isoformat()
    return f"{reverse('talks:group_new')}?{urlencode(asked, doseq=True)}"


def proposing_url(duty_id: UUID, day: date | None, today: date) -> str:
    """The form that proposes a talk, with the person and the day filled in."""
    url = f"{reverse('talks:new')}?duty={duty_id}"
    return f"{url}&day={day.isoformat()}" if day and day >= today else url
