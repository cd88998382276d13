"""Puts what is refused into words: what, why, and the way out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.untellable import (
    AlreadyTold,
    NobodyToAnswer,
    NobodyToReview,
    PeriodTold,
    SourceStandsOut,
    StillMarked,
    TooMuchSaid,
    UnitTooSmall,
)
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.deidentify import Mark
from tanxin.core.lifecycle import IllegalMove

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNPROCESSABLE, UNAVAILABLE = 422, 503

WORDS: "dict[type[Exception], tuple[str, _StrPromise, int]]" = {
    IllegalMove: ("", _("This is no longer possible: somebody was faster."), UNPROCESSABLE),
    TextMissing: ("text", _("Nothing is written yet."), UNPROCESSABLE),
    StillMarked: (
        "text",
        _(
            "Some words may lead to whoever said it. They are marked below: write them otherwise,"
            " or say that they lead to nobody."
        ),
        UNPROCESSABLE,
    ),
    SourceStandsOut: (
        "text",
        _(
            "As it is told, fewer than five people may have said it. Name a wider unit or none,"
            " leave groups and posts out, or answer everybody in public instead."
        ),
        UNPROCESSABLE,
    ),
    NobodyToReview: (
        "reviewer",
        _("This person cannot review it. Choose somebody else."),
        UNPROCESSABLE,
    ),
    NobodyToAnswer: (
        "unit",
        _("Nobody there may read it: no head is known, or it is kept from that person."),
        UNPROCESSABLE,
    ),
    AlreadyTold: (
        "unit",
        _("This unit has been told of it already, or it is just being reviewed."),
        UNPROCESSABLE,
    ),
    UnitTooSmall: (
        "unit",
        _(
            "Too few were talked with there, or in what is left of the unit above, to be told of"
            " alone. It goes with the unit above."
        ),
        UNPROCESSABLE,
    ),
    PeriodTold: (
        "period",
        _("A summary of this time, or of a part of it, was handed up already."),
        UNPROCESSABLE,
    ),
    TooMuchSaid: (
        "text",
        _("At most five hundred signs: what it is about, and where more can be asked."),
        UNPROCESSABLE,
    ),
    KeeperUnavailable: (
        "",
        _("The keeper does not answer, so nothing was saved. Your text stays here: try again."),
        UNAVAILABLE,
    ),
    KeeperRefused: (
        "",
        _("The keeper refused this, so nothing was saved. Your text stays here: log in again."),
        UNAVAILABLE,
    ),
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """``status`` is 0 where it went well; ``marks`` are all of the text that was refused."""

    status: int
    marks: tuple[Mark, ...] = ()


def attempt(form: forms.Form, step: Callable[[], object]) -> Attempt:
    """Take ``step``; a refusal becomes an error of ``form``."""
    try:
        step()
    except tuple(WORDS) as refusal:
        field, words, status = WORDS[type(refusal)]
        form.add_error(field if field in form.fields else None, words)
        return Attempt(status, refusal.marks if isinstance(refusal, StillMarked) else ())
    return Attempt(0)
