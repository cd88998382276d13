"""Duties that can be met now, and what the plan of the year has for the next days."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.reading.states import DutyRow
from tanxin.apps.plans.selectors import day_planned
from tanxin.apps.talks.selectors import (
    TalkRow,
    duties_planned,
)
from tanxin.core.access import Actor
from tanxin.core.lifecycle import (
    DutyState,
    TalkState,
)
from tanxin.web.duties import words as duty_words
from tanxin.web.home.waiting.shapes import FORTNIGHT, MOST, SOON, Item
from tanxin.web.talks import words as talk_words


def duty_items(actor: Actor, talks: Sequence[TalkRow], today: date) -> Iterator[tuple[str, Item]]:
    """Duties that can be met now and are due soon, without those that have a talk already.

    And what the plan that is followed has for the next two weeks, though it is not due so soon.
    """
    if actor.person_id is None:
        return
    planned = {
        (other, talk.kind)
        for talk in talks
        for other in (talk.initiator_id, talk.subject_id)
        if talk.state in {TalkState.PROPOSED, TalkState.AGREED} and other != actor.person_id
    }
    mine = Q(initiator=actor.person_id) | Q(subject=actor.person_id, mutual=True)
    soon = Q(opens__lte=today, due__lte=today + SOON)
    day = day_planned(actor, first=today, last=today + FORTNIGHT)
    duties = (
        visible_duties(actor)
        .annotate(planned_day=day)
        .filter(mine, soon | Q(planned_day__isnull=False), state=DutyState.OPEN)
    )
    asked = set()
    for duty in duties.exclude(pk__in=duties_planned(actor)).order_by("due", "pk")[:MOST]:
        other = duty.subject_id if duty.initiator_id == actor.person_id else duty.initiator_id
        if (other, duty.kind) not in planned:
            key, item = duty_item(duty, other, duty.planned_day, today)
            # One talk of the plan may meet several duties: it is asked for once.
            if key == "hold" or (other, duty.kind) not in asked:
                yield key, item
            asked.add((other, duty.kind))


def duty_item(duty: DutyRow, other: UUID | None, day: date | None, today: date) -> tuple[str, Item]:
    """With the day of the plan where there is one; it stands by that unless it is due soon."""
    url = f"{reverse('talks:new')}?duty={duty.pk}"
    if day:
        url = f"{url}&day={day.isoformat()}"
    if duty.opens <= today and duty.due <= today + SOON:
        return "hold", Item(url, _("propose a time"), duty_kind(duty), other, by=duty.due)
    return "year", Item(url, _("propose the talk for its day"), duty_kind(duty), other, by=day)


def duty_kind(duty: DutyRow) -> str:
    """The kind of talk and the period it is for: one may be late while the next is begun."""
    period = duty_words.period(duty.period)
    kind = str(talk_words.KINDS[duty.kind])
    return f"{kind} · {period}" if period else kind


def owes_any(actor: Actor) -> bool:
    return visible_duties(actor).filter(initiator=actor.person_id).exists()
