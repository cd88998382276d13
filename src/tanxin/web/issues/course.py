"""The way of one issue on a page, with the wording that this person may read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.archive.access import RecordNotFound, visible_records
from tanxin.apps.archive.services import open_texts
from tanxin.apps.issues.course import IssueSeen, StepSeen
from tanxin.apps.sealing.client import KeeperUnavailable
from tanxin.core.access import Actor, Permission
from tanxin.core.following import Effect
from tanxin.core.lifecycle import IssueMove, IssueState
from tanxin.web.issues import words
from tanxin.web.sheets.words import MEDIA
from tanxin.web.tones import Tone

KB = 1024
TITLES: dict[str, Promise] = {
    "raise": _("What was raised"),
    IssueMove.INQUIRE: _("What is to be looked into"),
    IssueMove.FIND: _("What was found"),
    IssueMove.ASSIGN: _("What shall be done"),
    IssueMove.ASK_TIME: _("Reason"),
    IssueMove.DENY_TIME: _("Reason"),
    IssueMove.REPORT: _("What was done, and how it shows"),
    IssueMove.SEND_BACK: _("What is missing"),
    IssueMove.VERIFY: _("Note"),
    IssueMove.ANSWER: _("The answer"),
    IssueMove.EFFECT: _("What is left to do"),
    IssueMove.REOPEN: _("What is left to do"),
}
# Of a text that a reader does not get: for whom it is.
CLOSED: dict[str, Promise] = {
    IssueMove.ANSWER: _("The answer is for the one who raised it."),
    IssueMove.EXPLAIN: _("The explanation is for the one who raised it."),
    IssueMove.INQUIRE: _("The words are for who was asked and who asked."),
    IssueMove.FIND: _("What was found is for who asked."),
    IssueMove.CAUSE: _("The cause is for who set the measure and who solves it."),
    IssueMove.EFFECT: _("The words are for who led the talk."),
    IssueMove.REOPEN: _("The words are for who led the talk."),
}
DAYS: dict[str, Promise] = {
    IssueMove.INQUIRE: _("wanted by"),
    IssueMove.ASK_TIME: _("asked until"),
    IssueMove.GIVE_TIME: _("new day"),
    IssueMove.EXPLAIN: _("to be looked at again on"),
}


@dataclass(frozen=True, slots=True)
class Passage:
    title: Promise | str
    text: str


@dataclass(frozen=True, slots=True)
class FileLine:
    id: UUID
    media: Promise
    size_kb: int


@dataclass(frozen=True, slots=True)
class Entry:
    """``person_id`` is None for the one who raised it, where that is not told."""

    label: Promise
    icon: str
    tone: str
    person_id: UUID | None
    at: datetime
    passages: tuple[Passage, ...]
    closed: Promise | str
    word: Promise | str
    word_tone: Tone
    day: Promise | str
    until: date | None
    files: tuple[FileLine, ...]


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
        (TITLES.get(step.move, ""), step.text),
    ]
    return Entry(
        label=label,
        icon=icon,
        tone=tone,
        person_id=step.person_id,
        at=step.at,
        passages=tuple(Passage(title, texts[record]) for title, record in found if record in texts),
        closed=CLOSED.get(step.move, "") if step.is_closed else "",
        word=words.EFFECTS.get(step.word, "") if step.move == IssueMove.EFFECT else "",
        word_tone=Tone.GOOD if step.word == Effect.SOLVED else Tone.WARN,
        day=DAYS.get(step.move, ""),
        until=step.until,
        files=tuple(FileLine(one.id, MEDIA[one.media], -(-one.size // KB)) for one in step.files),
    )


@dataclass(frozen=True, slots=True)
class Action:
    label: Promise
    url: str
    is_next: bool
    at_once: bool = False


def page_of_move(move: str) -> str:
    """The name of the page; more time is given and denied on one."""
    return "decide_time" if move == IssueMove.GIVE_TIME else str(move)


def actions_for(issue: IssueSeen) -> list[Action]:
    """What this person may do now, what waits for him first; of the rest nothing stands out."""
    pages = [
        Action(
            label=again if move is IssueMove.ASSIGN and issue.due else label,
            url=reverse(f"issues:{page_of_move(move)}", args=[issue.id]),
            is_next=move in NEXT.get(issue.state, ()),
        )
        for move, label in words.ACTIONS.items()
        if move in issue.moves
    ]
    presses = [
        Action(label, reverse(f"issues:{move}", args=[issue.id]), is_next=False, at_once=True)
        for move, label in words.AT_ONCE.items()
        if move in issue.moves
    ]
    return sorted([*pages, *presses], key=lambda action: not action.is_next)


again = _("Set the measure anew")
# What an issue waits for in each state.
NEXT: dict[IssueState, tuple[IssueMove, ...]] = {
    IssueState.RAISED: (IssueMove.ASSIGN,),
    IssueState.REOPENED: (IssueMove.ASSIGN,),
    IssueState.INQUIRING: (IssueMove.FIND,),
    IssueState.ASSIGNED: (IssueMove.REPORT,),
    IssueState.EXTENDING: (IssueMove.GIVE_TIME, IssueMove.REPORT),
    IssueState.REPORTED: (IssueMove.VERIFY,),
    IssueState.VERIFIED: (IssueMove.ANSWER,),
    IssueState.ANSWERED: (IssueMove.EFFECT,),
}
