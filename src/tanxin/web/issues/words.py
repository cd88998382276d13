"""What kinds, states and steps of an issue are called."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tanxin.core.following import Mark, Reply
from tanxin.core.issue_kinds import Reach, Weight
from tanxin.core.issue_stages import Stage
from tanxin.core.lifecycle import IssueMove, IssueState

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The shipped names; a realm's own list may name them otherwise: see ``kinds.KindNames``.
KINDS: dict[str, Promise] = {
    "work": _("Work and business"),
    "life": _("Life and health"),
    "growth": _("Growth and training"),
    "style": _("Style and conduct"),
    "team": _("Team and cooperation"),
    "condition": _("Working conditions"),
    "other": _("Other"),
}

WEIGHTS: "dict[str, _StrPromise]" = {
    Weight.GENERAL: pgettext_lazy("weight of an issue", "general"),
    Weight.IMPORTANT: pgettext_lazy("weight of an issue", "important"),
    Weight.URGENT: pgettext_lazy("weight of an issue", "urgent"),
}

REACHES: "dict[str, _StrPromise]" = {
    Reach.PERSONAL: pgettext_lazy("reach of an issue", "one person's matter"),
    Reach.COMMON: pgettext_lazy("reach of an issue", "a matter that many have"),
}

STAGES: "dict[str, _StrPromise]" = {
    Stage.TO_PLAN: _("No measure yet"),
    Stage.DOING: _("Being solved"),
    Stage.TO_VERIFY: _("To be verified"),
    Stage.TO_ANSWER: _("To be answered"),
    Stage.CLOSED: _("Answered"),
}

STATES: dict[str, Promise] = {
    IssueState.RAISED: _("raised, no measure yet"),
    IssueState.INQUIRING: _("facts being looked into"),
    IssueState.ASSIGNED: _("being solved"),
    IssueState.EXTENDING: _("more time asked for"),
    IssueState.REPORTED: _("reported, to be verified"),
    IssueState.VERIFIED: _("found solved, to be answered"),
    IssueState.ANSWERED: _("answered"),
    IssueState.EXPLAINED: _("cannot be solved now, explained"),
    IssueState.REOPENED: _("open again, no measure yet"),
    IssueState.MERGED: _("dealt with in another issue"),
}

TO_DO: dict[str, Promise] = {
    IssueState.RAISED: _("Set a measure"),
    IssueState.INQUIRING: _("Look into the facts"),
    IssueState.ASSIGNED: _("Solve and report"),
    IssueState.EXTENDING: _("Decide on more time"),
    IssueState.REPORTED: _("Verify"),
    IssueState.VERIFIED: _("Answer the one who raised it"),
    IssueState.REOPENED: _("Decide what shall be done now"),
}

STEPS: dict[str, tuple[Promise, str, str]] = {
    "raise": (_("Raised in a talk"), "message-question", "warn"),
    IssueMove.INQUIRE: (_("Somebody asked to look into the facts"), "search", "info"),
    IssueMove.FIND: (_("Facts reported"), "clipboard-list", "info"),
    IssueMove.ASSIGN: (_("Measure set"), "clipboard-list", "info"),
    IssueMove.NOTE: (_("How far it is"), "writing", "info"),
    IssueMove.CAUSE: (_("Cause written down"), "bulb", "info"),
    IssueMove.ASK_TIME: (_("More time asked for"), "hourglass", "warn"),
    IssueMove.GIVE_TIME: (_("More time given"), "calendar-event", "info"),
    IssueMove.DENY_TIME: (_("No more time given"), "calendar-event", "warn"),
    IssueMove.REPORT: (_("Reported as done"), "send", "info"),
    IssueMove.SEND_BACK: (_("Sent back: not solved yet"), "arrow-back-up", "warn"),
    IssueMove.VERIFY: (_("Found solved"), "checks", "good"),
    IssueMove.ANSWER: (_("Answered"), "message-circle", "good"),
    IssueMove.EXPLAIN: (_("Explained: cannot be solved now"), "message-circle", "warn"),
    IssueMove.TAKE_UP: (_("Taken up again"), "refresh", "warn"),
    IssueMove.EFFECT: (_("Said whether it helped"), "eye-check", "info"),
    IssueMove.REOPEN: (_("It did not help: open again"), "refresh", "warn"),
    IssueMove.SPLIT: (_("Parts became issues of their own"), "arrows-split-2", "info"),
    IssueMove.MERGE: (_("From now on dealt with in another issue"), "arrow-merge", "info"),
    IssueMove.TAKE_IN: (_("Another issue is dealt with in this one"), "arrow-merge", "info"),
    IssueMove.FOLLOW: (_("Solved in the other issue"), "checks", "good"),
    IssueMove.RELEASE: (_("Goes its own way again"), "arrows-split-2", "info"),
}

# In the order in which they are offered; the first that waits is the button that stands out.
ACTIONS: dict[str, Promise] = {
    IssueMove.REPORT: _("Report what was done"),
    IssueMove.NOTE: _("Note how far it is"),
    IssueMove.ASK_TIME: _("Ask for more time"),
    IssueMove.FIND: _("Report the facts"),
    IssueMove.VERIFY: _("Verify"),
    IssueMove.GIVE_TIME: _("Decide on more time"),
    IssueMove.ANSWER: _("Answer the one who raised it"),
    IssueMove.EFFECT: _("Say whether it helped"),
    IssueMove.ASSIGN: _("Set a measure"),
    IssueMove.INQUIRE: _("Have the facts looked into"),
    IssueMove.EXPLAIN: _("Explain that it cannot be solved now"),
    IssueMove.CAUSE: _("Write down the cause"),
    IssueMove.SPLIT: _("Split into several"),
    IssueMove.MERGE: _("Deal with it in another issue"),
}
# Said above the form of a step.
INTROS: dict[str, Promise] = {
    IssueMove.FIND: _("Look for yourself, and say what is so and how you know."),
    IssueMove.NOTE: _("A line is enough; nothing is counted."),
    IssueMove.CAUSE: _("What lies behind it, so that it does not come up again."),
    IssueMove.ASK_TIME: _("Until it is decided the day stands as before."),
    IssueMove.EXPLAIN: _(
        "Say honestly what stands in the way. It counts as answered, not as solved, and can be"
        " taken up again."
    ),
    IssueMove.EFFECT: _("Say how it is today. Not to answer is never taken for solved."),
}
# Steps that are one press and no page.
AT_ONCE: dict[str, Promise] = {
    IssueMove.TAKE_UP: _("Take it up again"),
    IssueMove.RELEASE: _("Let it go its own way again"),
}
EFFECTS: dict[str, Promise] = {
    "solved": _("solved"),
    "partly": _("solved in part"),
    "not": _("not solved"),
}
REPLIES: dict[str, Promise] = {
    Reply.TO_COME: _("will be asked"),
    Reply.ASKED: _("asked, no answer yet"),
    Reply.SILENT: _("no answer"),
}
WHO_IS_ASKED: dict[str, Promise] = {
    "subject": _("Who raised it"),
    "verifier": _("Verifier"),
}
AGAIN: dict[str, Promise] = {
    "person": _("Again: the same person has raised something of this kind within a year."),
    "unit": _("Again: something of this kind has come up in the same unit within a year."),
}
MARKS: dict[str, Promise] = {Mark.NEAR: _("due soon"), Mark.LATE: _("overdue")}


def told_apart(kind: str, issue_id: UUID, held: datetime | None) -> str:
    """The kind's name, the issue's number, and its talk's day for who led or had that talk."""
    parts = [kind, number_of(issue_id)]
    if held is not None:
        parts.append(gettext("talk of %(day)s") % {"day": f"{timezone.localtime(held):%Y-%m-%d}"})
    return " · ".join(parts)


def number_of(issue_id: UUID) -> str:
    return gettext("No. %(number)s") % {"number": str(issue_id)[:6].upper()}
