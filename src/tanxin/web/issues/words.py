"""What kinds, states and steps of an issue are called."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tanxin.core.issue_kinds import Reach, Weight
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

STATES: dict[str, Promise] = {
    IssueState.RAISED: _("raised, no measure yet"),
    IssueState.ASSIGNED: _("being solved"),
    IssueState.REPORTED: _("reported, to be verified"),
    IssueState.VERIFIED: _("found solved, to be answered"),
    IssueState.ANSWERED: _("answered"),
}

TO_DO: dict[str, Promise] = {
    IssueState.RAISED: _("Set a measure"),
    IssueState.ASSIGNED: _("Solve and report"),
    IssueState.REPORTED: _("Verify"),
    IssueState.VERIFIED: _("Answer the one who raised it"),
}

STEPS: dict[str, tuple[Promise, str, str]] = {
    "raise": (_("Raised in a talk"), "message-question", "warn"),
    IssueMove.ASSIGN: (_("Measure set"), "clipboard-list", "info"),
    IssueMove.REPORT: (_("Reported as done"), "send", "info"),
    IssueMove.SEND_BACK: (_("Sent back: not solved yet"), "arrow-back-up", "warn"),
    IssueMove.VERIFY: (_("Found solved"), "checks", "good"),
    IssueMove.ANSWER: (_("Answered"), "message-circle", "good"),
}

ACTIONS: dict[str, Promise] = {
    IssueMove.ASSIGN: _("Set a measure"),
    IssueMove.REPORT: _("Report what was done"),
    IssueMove.VERIFY: _("Verify"),
    IssueMove.ANSWER: _("Answer the one who raised it"),
}


def told_apart(kind: str, issue_id: UUID, held: datetime | None) -> str:
    """The kind's name, the issue's number, and its talk's day for who led or had that talk."""
    parts = [kind, number_of(issue_id)]
    if held is not None:
        parts.append(gettext("talk of %(day)s") % {"day": f"{timezone.localtime(held):%Y-%m-%d}"})
    return " · ".join(parts)


def number_of(issue_id: UUID) -> str:
    return gettext("No. %(number)s") % {"number": str(issue_id)[:6].upper()}
