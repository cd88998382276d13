"""Puts the refusals of a step into words, beside the field that they are about."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from tanxin.apps.archive.attachments import NoRoomForFiles, TooManyFiles
from tanxin.apps.issues.refusals import (
    AskedOfTheTwo,
    CannotBeMerged,
    DueHasPassed,
    HelperIsRecused,
    NotAsked,
    NothingToSplit,
    NotLater,
    OnePartEach,
    OwnerVerifiesHimself,
    TellsWhoRaisedIt,
    TextMissing,
    UnitUnknown,
    VerifierIsBarred,
    VerifierIsDelegate,
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
    VerifierIsDelegate: (
        "verifier",
        _("The verifier holds talks for you and is not free to say no. Choose somebody else."),
        UNPROCESSABLE,
    ),
    OnePartEach: (
        "co_owner",
        _("Owner and co-owners must be different people. Choose somebody else."),
        UNPROCESSABLE,
    ),
    HelperIsRecused: (
        "",
        _("This matter is kept from somebody you chose. Choose somebody else."),
        UNPROCESSABLE,
    ),
    AskedOfTheTwo: (
        "person",
        _("Neither you nor the one who raised it can look into it. Choose somebody else."),
        UNPROCESSABLE,
    ),
    TellsWhoRaisedIt: (
        "",
        _(
            "What others will read names the one who raised it. Take the name out of the text,"
            " then send it again."
        ),
        UNPROCESSABLE,
    ),
    NotLater: (
        "until",
        _("The new day must be later than the one that stands. Choose a later one."),
        UNPROCESSABLE,
    ),
    NothingToSplit: ("text_1", _("Nothing is written yet."), UNPROCESSABLE),
    NotAsked: (
        "",
        _("You are not asked about the effect any more; somebody else is, or it is open again."),
        UNPROCESSABLE,
    ),
    CannotBeMerged: (
        "into",
        _("That issue cannot take it in any more. Choose another one."),
        UNPROCESSABLE,
    ),
    NoRoomForFiles: (
        "proofs",
        _("There is no room for files on the server just now. Your text stays here."),
        UNAVAILABLE,
    ),
    TooManyFiles: ("proofs", _("No more files can be attached to this issue."), UNPROCESSABLE),
    DueHasPassed: (
        "due wanted_on look_again_on",
        _("This day is over; choose a later one."),
        UNPROCESSABLE,
    ),
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
        fields, words, status = WORDS[type(refusal)]
        field = next((one for one in fields.split() if one in form.fields), None)
        form.add_error(field, words)
        return status
    return 0
