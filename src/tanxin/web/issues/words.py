"""What kinds, states and steps of an issue are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.lifecycle import IssueMove, IssueState

KINDS: dict[str, Promise] = {
    "work": _("Work and business"),
    "life": _("Life and health"),
    "growth": _("Growth and training"),
    "style": _("Style and conduct"),
    "team": _("Team and cooperation"),
    "condition": _("Working conditions"),
    "other": _("Other"),
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
