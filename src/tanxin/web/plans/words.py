"""What plans, reasons, breaches and relaxations are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tanxin.core.planning import Because, Breach, PlanState, Relaxation, Relaxing
from tanxin.web.prose import prose_day

STATES: Mapping[str, Promise] = {
    PlanState.PROPOSED: pgettext_lazy("plan", "proposed, not approved yet"),
    PlanState.APPROVED: pgettext_lazy("plan", "approved, is followed"),
    PlanState.SUPERSEDED: pgettext_lazy("plan", "replaced by a later one"),
    PlanState.DROPPED: pgettext_lazy("plan", "dropped"),
}
TONES: Mapping[str, str] = {
    PlanState.PROPOSED: "info",
    PlanState.APPROVED: "good",
    PlanState.SUPERSEDED: "rest",
    PlanState.DROPPED: "rest",
}
TALK_STATES: Mapping[str, tuple[Promise, str]] = {
    "held": (pgettext_lazy("planned talk", "held"), "good"),
    "ahead": (pgettext_lazy("planned talk", "planned"), "info"),
    "passed": (pgettext_lazy("planned talk", "its day has passed"), "warn"),
    "late": (pgettext_lazy("planned talk", "overdue"), "late"),
    "none": (pgettext_lazy("planned talk", "no day found"), "late"),
    "gone": (pgettext_lazy("planned talk", "no longer owed"), "rest"),
}
BECAUSE: Mapping[str, Promise] = {
    Because.KEPT: _("It keeps the day it had before."),
    Because.SPREAD: _(
        "The talks of a leader are spread evenly over the time in which they are owed; this is the"
        " free day nearest to where the even spread puts it."
    ),
    Because.TRIP: _("The initiator is at that place on this day anyway: one trip for both."),
    Because.CLOSE: _(
        "It stands closer to another talk with the same person than it should; within its time"
        " there is no day further away."
    ),
    Because.ROOM_MADE: _("Another talk moved to make this day free; this one could not wait."),
    Because.MADE_ROOM: _("It gave up its own day for a talk that had no other."),
    Because.CHOSEN: _("Somebody put it on this day by hand."),
}
BREACHES: Mapping[str, Promise] = {
    Breach.NOT_A_WORKING_DAY: _("Nobody works on this day."),
    Breach.BEFORE_ITS_WINDOW: _("The time for the talk has not begun."),
    Breach.AFTER_ITS_DEADLINE: _("The last day for the talk has passed."),
    Breach.INITIATOR_ABSENT: _("The initiator is away."),
    Breach.SUBJECT_ABSENT: _("The other side is away."),
    Breach.INITIATOR_DAY_FULL: _("The initiator's day is full."),
    Breach.INITIATOR_WEEK_FULL: _("The initiator's week is full."),
    Breach.SUBJECT_HAS_ANOTHER: _("The other side has another planned talk on this day."),
    Breach.TOO_CLOSE: _("It is close to another planned talk with the same person."),
}


NO_STEP_HELPS = _("No single step would help: look at its time and at who is there.")
RELAXED: Mapping[str, Promise] = {
    Relaxing.WEEK: _("One talk more in the week of %(day)s would do."),
    Relaxing.DAY: _("One talk more on %(day)s would do."),
    Relaxing.SAME_DAY: _("It would do if the other side had two talks on one day, on %(day)s."),
    Relaxing.ABSENCE: _("It would do if who is away were there on one day, on %(day)s."),
}


def relaxed(helps: Relaxation | None) -> str:
    """The least that would give a talk its day, as a sentence; None where its time is over."""
    if helps is None:
        return str(BREACHES[Breach.AFTER_ITS_DEADLINE])
    if helps.day is None:
        return str(NO_STEP_HELPS)
    said = {"day": prose_day(helps.day), "days": helps.by}
    if helps.what != Relaxing.DEADLINE:
        return str(RELAXED[helps.what]) % said
    text = ngettext(
        "A last day that is %(days)s working day later would do: %(day)s.",
        "A last day that is %(days)s working days later would do: %(day)s.",
        helps.by,
    )
    return text % said
