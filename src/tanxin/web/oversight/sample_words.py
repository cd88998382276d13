"""The questions of a call-back, their answers, and how one stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext_lazy

from tanxin.apps.oversight.calls import CallRow
from tanxin.core.oversight.sampling import Result, Solved, TookPlace

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TOOK_PLACE: "dict[str, _StrPromise]" = {
    TookPlace.YES: pgettext_lazy("call-back", "Yes"),
    TookPlace.NO: pgettext_lazy("call-back", "No"),
    TookPlace.UNSURE: pgettext_lazy("call-back", "I do not remember"),
}
SOLVED: "dict[str, _StrPromise]" = {
    Solved.YES: pgettext_lazy("call-back", "Yes, it is solved"),
    Solved.PARTLY: pgettext_lazy("call-back", "In part"),
    Solved.NO: pgettext_lazy("call-back", "It is not solved"),
    Solved.NOTHING: pgettext_lazy("call-back", "I raised nothing"),
}
RESULTS: "dict[str, _StrPromise]" = {
    Result.AS_RECORDED: pgettext_lazy("call-back", "As recorded"),
    Result.DIFFERS: pgettext_lazy("call-back", "Other than recorded; it is followed up"),
    Result.NOT_REACHED: pgettext_lazy("call-back", "Not reached"),
}


def state_of(call: CallRow) -> str:
    if call.result:
        return str(RESULTS[call.result])
    return gettext("answered") if call.answered_at else gettext("asked")


def told(said: Mapping[str, str]) -> list[tuple[str, str]]:
    rows = [
        (gettext("Did this talk take place?"), str(TOOK_PLACE[said["took_place"]])),
        (gettext("Was what you raised dealt with?"), str(SOLVED[said["solved"]])),
    ]
    return [*rows, (gettext("Anything else"), said["words"])] if said["words"] else rows
