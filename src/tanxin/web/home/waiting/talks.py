"""Talks to hold, to attend, to write down and to confirm, and requests for talks."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.apps.talks.access import arranged_talks
from tanxin.apps.talks.arranged import duties_to_arrange
from tanxin.apps.talks.selectors import (
    RequestRow,
    TalkRow,
)
from tanxin.core.access import Actor
from tanxin.core.echoes import period_for
from tanxin.core.lifecycle import (
    BEFORE_HELD,
    TalkState,
)
from tanxin.web.home.waiting.shapes import MOST, SOON, Item
from tanxin.web.sheets.on_page import Waiting
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.showing import state_for, waits_for


def talk_items(
    actor: Actor, talk: TalkRow, invitation: UUID | None, now: datetime, today: date
) -> Iterator[tuple[str, Item]]:
    """The talk where it is planned or waits for something, and how it was, some weeks later."""
    key, item = talk_item(actor, talk, now)
    if key != "planned" or talk.state in BEFORE_HELD:
        yield key, item
    if invitation:
        yield (
            "answer",
            Item(
                url=reverse("echoes:answer", args=[invitation]),
                what=_("how was the talk? (private, if you like)"),
                kind=_("Weeks after the talk"),
                person_id=talk.initiator_id,
                by=period_for(today).last_day,
            ),
        )


def talk_item(actor: Actor, talk: TalkRow, now: datetime) -> tuple[str, Item]:
    """The group a talk stands in, by whose turn it is and what the next act is."""
    asked = waits_for(actor, talk, now)
    state = TalkState(talk.state)
    key = "proposed" if state is TalkState.PROPOSED else "planned"
    if asked:
        key = {
            TalkState.APPROVING: "access",
            TalkState.PROPOSED: "answer",
            TalkState.AGREED: "hold",
            TalkState.HELD: "record",
            TalkState.DISPUTED: "record",
            TalkState.RECORDED: "confirm" if talk.confirm_by else "access",
            TalkState.UNCONFIRMED: "confirm",
        }[state]
    mine = talk.initiator_id == actor.person_id
    is_third = not mine and talk.subject_id != actor.person_id
    if is_third and not asked:
        key, asked = "planned", _("You will be there with the two")
    return key, Item(
        url=reverse("talks:talk", args=[talk.pk]),
        what=asked or state_for(actor, talk),
        kind=talk_words.KINDS[talk.kind],
        person_id=talk.subject_id if mine else talk.initiator_id,
        at=talk.held_at or talk.planned_for,
    )


def sheet_items(sheets: Iterable[Waiting]) -> Iterator[Item]:
    """Where the next step of a talk is its sheet of paper."""
    for row in sheets:
        kind = talk_words.KINDS[row.talk.kind]
        yield Item(row.url, row.what, kind, row.person_id, at=row.talk.held_at)


def arranging_items(actor: Actor, leaders: list[UUID], today: date) -> Iterator[Item]:
    """Times that somebody proposed to a leader for whom the actor arranges."""
    waiting = arranged_talks(actor, on=today).filter(state=TalkState.PROPOSED)
    for talk in waiting.exclude(proposed_by__in=leaders).order_by("planned_for", "pk")[:MOST]:
        yield Item(
            url=reverse("access:arranged", args=[talk.pk]),
            what=_("proposes a time to the leader"),
            kind=_("For the leader"),
            person_id=talk.proposed_by_id,
            at=talk.planned_for,
        )


def times_to_find(actor: Actor, leaders: list[UUID], today: date) -> Iterator[Item]:
    """With whom those for whom the actor arranges still have to talk soon."""
    for leader in leaders:
        for owed in duties_to_arrange(actor, leader, on=today):
            if owed.due <= today + SOON:
                url = reverse("access:propose", args=[leader])
                yield Item(
                    url=f"{url}?duty={owed.duty_id}",
                    what=_("propose a time"),
                    kind=_("A time for the leader"),
                    person_id=owed.person_id,
                    by=owed.due,
                )


def request_item(request: RequestRow) -> tuple[str, Item]:
    return "answer", Item(
        url=reverse("talks:request", args=[request.pk]),
        what=_("asks you for a talk"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asker_id,
        by=request.answer_by,
    )


def suggestion_item(request: RequestRow) -> tuple[str, Item]:
    return "answer", Item(
        url=reverse("talks:request", args=[request.pk]),
        what=_("suggests somebody else for your request"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asked_id,
        by=request.answer_by,
    )


def late_item(request: RequestRow) -> tuple[str, Item]:
    """Somebody the actor leads owes an answer; who asked and what about is not for him."""
    return "access", Item(
        url=reverse("talks:late"),
        what=_("lets a request for a talk wait too long"),
        kind=pgettext_lazy("to-do", "Request"),
        person_id=request.asked_id,
        by=request.answer_by,
    )


REQUESTED = {"answer": request_item, "forward": suggestion_item, "late": late_item}
