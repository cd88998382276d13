"""The way of one issue on a page, with the wording that this person may read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.archive.access import RecordNotFound, visible_records
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.course import IssueSeen, StepSeen
from tanxin.apps.sealing.client import KeeperUnavailable
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IssueMove, IssueState
from tanxin.web.issues import words

TITLES: dict[str, Promise] = {
    "raise": _("What was raised"),
    IssueMove.ASSIGN: _("What shall be done"),
    IssueMove.REPORT: _("What was done, and how it shows"),
    IssueMove.SEND_BACK: _("What is missing"),
    IssueMove.VERIFY: _("Note"),
    IssueMove.ANSWER: _("The answer"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    title: Promise
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    label: Promise
    icon: str
    tone: str
    person_id: UUID | None
    at: datetime
    passages: tuple[Passage, ...]
    is_confided: bool


@dataclass(frozen=True, slots=True)
class Course:
    """``is_open`` is False when the keeper did not answer: facts are shown, wording is not."""

    entries: tuple[Entry, ...]
    is_open: bool


def course_of(actor: Actor, issue: IssueSeen) -> Course:
    """Open what ``actor`` may read; every opening leaves a leaf in the keeper's log."""
    try:
        texts = texts_of(actor, issue)
    except KeeperUnavailable:
        return Course(tuple(entry(step, {}) for step in issue.path), is_open=False)
    return Course(tuple(entry(step, texts) for step in issue.path), is_open=True)


def texts_of(actor: Actor, issue: IssueSeen) -> dict[UUID, str]:
    """Of what came without its texts, from somebody who had gone, only what was written since."""
    try:
        return open_texts(actor, issue.records, Permission.ISSUE_VIEW)
    except RecordNotFound:
        readable = visible_records(actor).filter(pk__in=issue.records)
        return open_texts(actor, readable.values_list("pk", flat=True), Permission.ISSUE_VIEW)


def entry(step: StepSeen, texts: dict[UUID, str]) -> Entry:
    label, icon, tone = words.STEPS[step.move]
    found = [
        (_("The matter, without saying whose it is"), step.statement),
        (TITLES[step.move], step.text),
    ]
    return Entry(
        label=label,
        icon=icon,
        tone=tone,
        person_id=step.person_id,
        at=step.at,
        passages=tuple(Passage(title, texts[record]) for title, record in found if record in texts),
        is_confided=step.text is None and step.move == IssueMove.ANSWER,
    )


@dataclass(frozen=True, slots=True)
class Action:
    label: Promise
    url: str
    is_next: bool


def actions_for(issue: IssueSeen) -> list[Action]:
    """What this person may do now; setting a measure once more is possible, but not what waits."""
    return [
        Action(
            label=again if move is IssueMove.ASSIGN and issue.due else label,
            url=reverse(f"issues:{move}", args=[issue.id]),
            is_next=move is not IssueMove.ASSIGN or issue.state is IssueState.RAISED,
        )
        for move, label in words.ACTIONS.items()
        if move in issue.moves and move in PAGES
    ]


again = _("Set the measure anew")
PAGES = (IssueMove.ASSIGN, IssueMove.REPORT, IssueMove.VERIFY, IssueMove.ANSWER)
