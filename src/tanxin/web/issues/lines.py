"""One issue in a list, as far as whoever reads the list may see it."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues import selectors
from tanxin.apps.issues.selectors import IssueRow
from tanxin.core.access import Actor
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.web.issues import words
from tanxin.web.issues.kinds import KindNames


@dataclass(frozen=True, slots=True)
class Line:
    """``person_id`` is the other one of the talk, for the two of it only.

    ``kind`` is empty, and ``led_by`` and ``raised_on`` are told, where the course alone is shown.
    The last four stand in an organiser's list, which tells neither: who led it would, with the
    talks he sees, tell whose it is.
    """

    id: UUID
    kind: Promise | str
    number: str
    held_on: date | None
    owner_id: UUID | None
    state: str
    label: Promise
    to_do: Promise | None
    person_id: UUID | None
    due: date | None
    is_late: bool
    weight: str = ""
    weight_label: Promise | str = ""
    is_common: bool = False
    led_by: UUID | None = None
    raised_on: date | None = None
    unit_id: UUID | None = None
    turn: Promise | str = ""
    follower_id: UUID | None = None
    reminded_on: date | None = None


def watched(issue: IssueRow, due: date | None, today: date, owner_id: UUID | None) -> Line:
    """Who, when and in which state; neither what it is about nor of whom."""
    is_late = selectors.is_overdue(issue.state, due, today)
    return Line(
        id=issue.pk,
        kind="",
        number=words.number_of(issue.pk),
        held_on=None,
        owner_id=owner_id,
        state="late" if is_late else issue.state,
        label=_("overdue") if is_late else words.STATES[issue.state],
        to_do=None,
        person_id=None,
        due=due,
        is_late=is_late,
        **weight_of(issue),
        led_by=issue.led_by_id,
        raised_on=timezone.localdate(issue.raised_at),
    )


def line(
    actor: Actor,
    issue: IssueRow,
    due: date | None,
    today: date,
    owner_id: UUID | None = None,
    *,
    names: KindNames,
) -> Line:
    sides = {issue.led_by_id, issue.talk.subject_id}
    other = next(iter(sides - {actor.person_id})) if actor.person_id in sides else None
    is_late = selectors.is_overdue(issue.state, due, today)
    return Line(
        id=issue.pk,
        kind=names[issue.kind],
        number=words.number_of(issue.pk),
        held_on=day_of_talk(actor, issue),
        owner_id=owner_id,
        state="late" if is_late else issue.state,
        label=_("overdue") if is_late else words.STATES[issue.state],
        to_do=words.TO_DO[issue.state] if issue.waiting_for_id == actor.person_id else None,
        person_id=other,
        due=due,
        is_late=is_late,
        is_common=issue.reach == Reach.COMMON,
        **weight_of(issue),
    )


class Weighed(TypedDict):
    weight: str
    weight_label: Promise | str


def weight_of(issue: IssueRow) -> Weighed:
    """Only what is more than usual is said."""
    if issue.weight == Weight.GENERAL:
        return {"weight": "", "weight_label": ""}
    return {"weight": issue.weight, "weight_label": words.WEIGHTS[issue.weight]}


def day_of_talk(actor: Actor, issue: IssueRow) -> date | None:
    """For the two of the talk only: to anybody else the day would tell whose matter it is."""
    talk = issue.talk
    if actor.person_id not in {talk.initiator_id, talk.subject_id}:
        return None
    return timezone.localdate(talk.held_at or talk.planned_for)
