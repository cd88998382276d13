"""Puts the refusals of a step into words, beside the field that they are about."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.refusals import (
    DueHasPassed,
    HelperIsRecused,
    OwnerVerifiesHimself,
    TextMissing,
    UnitUnknown,
    VerifierIsBarred,
    VerifierIsSubordinate,
)
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.core.issue_kinds import KindRetired, KindUnknown
from tanxin.core.lifecycle import IllegalMove

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNPROCESSABLE = 422
UNAVAILABLE = 503

WORDS: "dict[type[Exception], tuple[str, _StrPromise, int]]" = {
    IllegalMove: (
        "",
        _("This is no longer possible: somebody has taken another step in the meantime."),
        UNPROCESSABLE,
    ),
    OwnerVerifiesHimself: (
        "verifier",
        _("Whoever solves it cannot verify it. Choose somebody else."),
        UNPROCESSABLE,
    ),
    VerifierIsSubordinate: (
        "verifier",
        _("The verifier works under the owner and is not free to say no. Choose somebody else."),
        UNPROCESSABLE,
    ),
    VerifierIsBarred: (
        "verifier",
        _("By the rules of recusal this person cannot verify it. Choose somebody else."),
        UNPROCESSABLE,
    ),
    HelperIsRecused: (
        "",
        _("This matter is kept from one of the two you chose. Choose somebody else."),
        UNPROCESSABLE,
    ),
    DueHasPassed: ("due", _("This day is over; choose a later one."), UNPROCESSABLE),
    UnitUnknown: (
        "unit",
        _("There is no such unit today. Choose another one."),
        UNPROCESSABLE,
    ),
    KindUnknown: ("kind", _("There is no such kind. Choose one from the list."), UNPROCESSABLE),
    KindRetired: (
        "kind",
        _("This kind has been taken out of use. Choose another one."),
        UNPROCESSABLE,
    ),
    TextMissing: ("", _("Nothing is written yet."), UNPROCESSABLE),
    KeeperUnavailable: (
        "",
        _("The keeper does not answer, so nothing was saved. Your text stays here: try again."),
        UNAVAILABLE,
    ),
    KeeperRefused: (
        "",
        _("The keeper refused to seal this, so nothing was saved. Your text stays here."),
        UNAVAILABLE,
    ),
}


def attempt(form: forms.Form, step: Callable[[], object]) -> int:
    """Take ``step``; a refusal becomes an error of ``form``. Returns the status to answer with."""
    try:
        step()
    except tuple(WORDS) as refusal:
        field, words, status = WORDS[type(refusal)]
        form.add_error(field if field in form.fields else None, words)
        return status
    return 0
