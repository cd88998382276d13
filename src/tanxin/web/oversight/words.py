"""What a signal is called, what it shows, and why it may be in order."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from tanxin.apps.oversight.selectors import SignalRow
from tanxin.core.likeness.residue import Residue
from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.settling import Outcome, SignalState
from tanxin.web.prose import prose_day

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HOUR, DAY = 60, 60 * 24
SIGNS: "dict[str, _StrPromise]" = {
    Sign.COPY: gettext_lazy("Records nearly alike"),
    Sign.LAST_YEAR: gettext_lazy("An earlier year's text again"),
    Sign.ACROSS: gettext_lazy("Alike with records of others"),
    Sign.PERMUTED: gettext_lazy("The same sentences in another order"),
    Sign.STOCK: gettext_lazy("Mostly stock phrases"),
    Sign.TEMPLATE: gettext_lazy("Left over from a template"),
    Sign.OVERLAP: gettext_lazy("Two talks at one time"),
    Sign.ABSENT: gettext_lazy("Held while somebody was away"),
    Sign.BURST: gettext_lazy("Many records in one sitting"),
    Sign.RUSH: gettext_lazy("Most talks in the last week"),
    Sign.LATE: gettext_lazy("Mostly entered late"),
    Sign.SAME_ISSUE: gettext_lazy("The same kind of issue for all"),
    Sign.NO_ISSUE: gettext_lazy("Never an issue"),
    Sign.SAME_DAY: gettext_lazy("Raised and settled within a day"),
    Sign.AT_ONCE: gettext_lazy("Verified within a minute"),
    Sign.UNCONFIRMED: gettext_lazy("Mostly left unconfirmed"),
}
IN_ORDER: "dict[str, _StrPromise]" = {
    Sign.COPY: gettext_lazy("A second talk may take up word for word what is still open."),
    Sign.LAST_YEAR: gettext_lazy("What was not solved in a year is raised again."),
    Sign.ACROSS: gettext_lazy("Several who led talks after one event may have heard the same."),
    Sign.PERMUTED: gettext_lazy("Somebody may have put his own notes in order."),
    Sign.STOCK: gettext_lazy("Sometimes there is little to say, and nobody has to write much."),
    Sign.TEMPLATE: gettext_lazy("A slip of the pen; a new version mends it."),
    Sign.OVERLAP: gettext_lazy("Times are written down from memory."),
    Sign.ABSENT: gettext_lazy("The roster may be wrong, or somebody came in all the same."),
    Sign.BURST: gettext_lazy("After days without a network records come all at once."),
    Sign.RUSH: gettext_lazy("Somebody took over shortly before and talked with everybody."),
    Sign.LATE: gettext_lazy("Who travels writes late; an honest late entry harms nobody."),
    Sign.SAME_ISSUE: gettext_lazy("A leaking roof is everybody's issue."),
    Sign.NO_ISSUE: gettext_lazy("In a calm unit things are settled in the talk itself."),
    Sign.SAME_DAY: gettext_lazy("A lamp or a key needs no week."),
    Sign.AT_ONCE: gettext_lazy("He may have looked first, and both sat down to type afterwards."),
    Sign.UNCONFIRMED: gettext_lazy("Retired members may not look at a screen for weeks."),
}
EVIDENCE: "dict[str, _StrPromise]" = {
    Sign.COPY: gettext_lazy(
        "These %(records)s records share at least %(alike)s%% of their wording; they were entered"
        " within %(span)s."
    ),
    Sign.LAST_YEAR: gettext_lazy(
        "These %(records)s records share at least %(alike)s%% of their wording, though more than"
        " half a year lies between them."
    ),
    Sign.ACROSS: gettext_lazy(
        "%(all)s records of %(leaders)s leaders share at least %(alike)s%% of their wording;"
        " %(records)s of them stand below."
    ),
    Sign.PERMUTED: gettext_lazy(
        "These %(records)s records share at least %(alike)s%% of their wording; only the order of"
        " the sentences is another."
    ),
    Sign.STOCK: gettext_lazy(
        "Of each of these %(records)s records at least %(stock)s%% is phrases and outlines that fit"
        " every talk."
    ),
    Sign.OVERLAP: gettext_lazy("The two talks overlap by %(minutes)s minutes."),
    Sign.BURST: gettext_lazy(
        "%(records)s records were entered within %(minutes)s minutes; the talks themselves lie up"
        " to %(days)s days apart."
    ),
    Sign.RUSH: gettext_lazy(
        "%(records)s of the %(whole)s talks of a half-year were held in the week before %(day)s."
    ),
    Sign.LATE: gettext_lazy("%(records)s of the %(whole)s talks of a half-year were entered late."),
    Sign.SAME_ISSUE: gettext_lazy(
        "%(issues)s of %(whole)s issues are of one kind; %(people)s people raised them."
    ),
    Sign.NO_ISSUE: gettext_lazy(
        "%(records)s talks within thirteen months, and no issue was taken down."
    ),
    Sign.SAME_DAY: gettext_lazy(
        "%(issues)s of %(whole)s issues were raised, solved, verified and answered on one day."
    ),
    Sign.AT_ONCE: gettext_lazy(
        "%(issues)s of %(whole)s issues were verified within a minute of the report."
    ),
    Sign.UNCONFIRMED: gettext_lazy(
        "%(records)s of the %(whole)s records of a half-year were left without a word by those they"
        " are about."
    ),
}
LEFT: "dict[str, _StrPromise]" = {
    Residue.GAPS: gettext_lazy("A gap of the form was not filled in."),
    Residue.OTHER_NAME: gettext_lazy(
        "Where it says with whom one talked stands the name of somebody else."
    ),
    Residue.OTHER_DAY: gettext_lazy("The day it names for the talk is not the day of the talk."),
}
AWAY: "dict[str, _StrPromise]" = {
    "initiator": gettext_lazy("By the roster, who led the talk was away on that day."),
    "subject": gettext_lazy("By the roster, the one talked to was away on that day."),
}
STATES: "dict[str, _StrPromise]" = {
    SignalState.OPEN: pgettext_lazy("signal", "to look at"),
    SignalState.SETTLED: pgettext_lazy("signal", "looked at"),
}
OUTCOMES: "dict[str, _StrPromise]" = {
    Outcome.NOTHING: pgettext_lazy("signal", "Nothing in it"),
    Outcome.TALKED: pgettext_lazy("signal", "Talked about it"),
    Outcome.PUT_RIGHT: pgettext_lazy("signal", "Put right"),
    Outcome.HANDED_ON: pgettext_lazy("signal", "Handed on to who is responsible"),
}


def evidence(signal: SignalRow) -> str:
    """In one or two sentences, with nothing but figures."""
    parts = {Sign.TEMPLATE: LEFT, Sign.ABSENT: AWAY}.get(Sign(signal.sign))
    if parts is not None:
        return "".join(str(parts[name]) for name in parts if signal.told.get(name))
    told = {**signal.told, "span": span(signal.told.get("minutes", 0))}
    if signal.sign == Sign.RUSH:
        told["day"] = prose_day(date.fromisoformat(signal.anchor))
    return str(EVIDENCE[signal.sign]) % told


def span(minutes: int) -> str:
    """Roughly, as one would say it."""
    if minutes < 2 * HOUR:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 2 * DAY:
        hours = round(minutes / HOUR)
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(minutes / DAY)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def state_of(signal: SignalRow) -> str:
    """Looked at: what came of it. Open: whether it was explained."""
    if signal.outcome:
        return str(OUTCOMES[signal.outcome])
    return gettext("explained") if signal.explanation_id else str(STATES[signal.state])
