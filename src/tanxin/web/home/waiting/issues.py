"""Issues and measures: whose step is next, what was answered, what was promised."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.follow_ups import reminders_of
from tanxin.apps.issues.selectors import (
    IssueRow,
    answers_to,
    effects_to_say,
    issues_waiting_for,
    open_promises,
    to_look_at_again,
)
from tanxin.apps.talks.selectors import (
    TalkRow,
)
from tanxin.core.access import Actor
from tanxin.core.lifecycle import (
    AT_THE_LEADER,
    IssueState,
    TalkState,
)
from tanxin.web.home.waiting.shapes import MOST, NEWS, Item
from tanxin.web.issues import words as issue_words
from tanxin.web.issues.kinds import KindNames
from tanxin.web.openings import has_opened

# By state; everything else is to be done.
PLACES = {
    IssueState.EXTENDING.value: "answer",
    IssueState.VERIFIED.value: "answer",
    IssueState.REPORTED.value: "verify",
}
TO_COME = frozenset({TalkState.PROPOSED, TalkState.AGREED})


def issue_items(actor: Actor, *, now: datetime, today: date) -> Iterator[tuple[str, Item]]:
    """What the actor has to do about issues, what he was answered, and what may have helped."""
    kinds, waiting = KindNames(actor.realm_id), list(issues_waiting_for(actor)[:MOST])
    reminded = reminders_of(actor, on=today) if waiting else {}
    for issue in waiting:
        item = issue_item(actor, issue, kinds)
        place = PLACES.get(issue.state, "issues")
        yield place, replace(item, is_reminded=issue.pk in reminded)
    for item in answered_items(actor, kinds, since=now - NEWS):
        yield "issues", item
    yield from effect_items(actor, kinds, today)


def issue_item(actor: Actor, issue: IssueRow, kinds: KindNames) -> Item:
    """Names the other one of the talk to the initiator only; an owner is not told whose it is."""
    leads = issue.led_by_id == actor.person_id
    is_side_step = issue.state in AT_THE_LEADER
    return Item(
        url=reverse("issues:issue", args=[issue.pk]),
        what=issue_words.TO_DO[issue.state],
        kind=issue_words.told_apart(
            kinds[issue.kind],
            issue.pk,
            (issue.talk.held_at or issue.talk.planned_for)
            if issue.talk.initiator_id == actor.person_id
            else None,
        ),
        person_id=issue.talk.subject_id if leads and is_side_step else None,
        by=None if is_side_step else issue.wanted_on,
    )


def promised_to_next(actor: Actor, talks: Sequence[TalkRow], today: date) -> dict[UUID, str]:
    """Per person the next talk the actor leads, where what he promised before is still open."""
    following: dict[UUID, UUID] = {}
    for talk in talks:
        ahead = talk.state in TO_COME and timezone.localdate(talk.planned_for) >= today
        if ahead and talk.initiator_id == actor.person_id:
            following.setdefault(talk.subject_id, talk.pk)
    open_ = open_promises(actor, following) if following else {}
    return {
        talk: f"{reverse('preparing:sheet', args=[talk])}#promised"
        for person, talk in following.items()
        if person in open_
    }


def answered_items(actor: Actor, kinds: KindNames, *, since: datetime) -> Iterator[Item]:
    """What the actor raised and was answered, until he has opened the answer."""
    for issue, record in answers_to(actor, since=since):
        if not has_opened(actor, record):
            yield Item(
                url=reverse("issues:issue", args=[issue.pk]),
                what=_("has answered what you raised"),
                kind=issue_words.told_apart(
                    kinds[issue.kind], issue.pk, issue.talk.held_at or issue.talk.planned_for
                ),
                person_id=issue.led_by_id,
                at=issue.answered_at,
            )


def effect_items(actor: Actor, kinds: KindNames, today: date) -> Iterator[tuple[str, Item]]:
    """Whether what was done helped, and what was to be looked at again by now."""
    for check in effects_to_say(actor, today=today)[:MOST]:
        issue, by_subject = check.issue, check.part == "subject"
        held = issue.talk.held_at or issue.talk.planned_for
        item = Item(
            url=reverse("issues:effect", args=[issue.pk]),
            what=_("Say whether it helped"),
            kind=issue_words.told_apart(kinds[issue.kind], issue.pk, held if by_subject else None),
            person_id=issue.led_by_id if by_subject else None,
        )
        yield "answer" if by_subject else "verify", item
    for issue in to_look_at_again(actor, today=today)[:MOST]:
        held = issue.talk.held_at or issue.talk.planned_for
        is_his = issue.talk.initiator_id == actor.person_id
        item = Item(
            url=reverse("issues:issue", args=[issue.pk]),
            what=_("Look again whether it can be solved now"),
            kind=issue_words.told_apart(kinds[issue.kind], issue.pk, held if is_his else None),
            person_id=issue.talk.subject_id,
        )
        yield "issues", item
