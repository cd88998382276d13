"""What sheets, figures and headings are called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.web.talks import words as talk_words

if TYPE_CHECKING:
    # Exists for type checkers only.
    from django.utils.functional import _StrPromise

SHEETS: Mapping[str, Promise] = {
    "talks": _("Talks"),
    "duties": _("Duties"),
    "requests": _("Requests for a talk"),
    "issues": _("Issues and measures"),
}
FILES: Mapping[str, str] = {"xlsx": "Excel", "pdf": "PDF", "docx": "Word"}
AREAS: Mapping[str, Promise] = {
    "duties": pgettext_lazy("figures", "Who was to be talked with"),
    "talks": pgettext_lazy("figures", "Talks held"),
    "issues": pgettext_lazy("figures", "Issues and what came of them"),
}
FIGURES: Mapping[str, Promise] = {
    "duties.owed": pgettext_lazy("figure", "owed"),
    "duties.held": pgettext_lazy("figure", "held"),
    "duties.confirmed": pgettext_lazy("figure", "held and confirmed"),
    "duties.contested": pgettext_lazy("figure", "disputed"),
    "duties.open": pgettext_lazy("figure", "not due yet"),
    "duties.late": pgettext_lazy("figure", "overdue"),
    "duties.waived": pgettext_lazy("figure", "exempted"),
    "talks.held": pgettext_lazy("figure", "talks held"),
    "talks.confirmed": pgettext_lazy("figure", "record confirmed"),
    "talks.disputed": pgettext_lazy("figure", "record disputed"),
    "talks.unconfirmed": pgettext_lazy("figure", "record not confirmed"),
    "talks.going": pgettext_lazy("figure", "record still under way"),
    "talks.together": pgettext_lazy("figure", "in a group, by person"),
    "talks.afterwards": pgettext_lazy("figure", "entered afterwards"),
    "talks.paper": pgettext_lazy("figure", "entered from paper"),
    "talks.called_off": pgettext_lazy("figure", "called off"),
    "issues.raised": pgettext_lazy("figure", "issues raised"),
    "issues.answered": pgettext_lazy("figure", "answered"),
    "issues.verified": pgettext_lazy("figure", "found solved"),
    "issues.effective": pgettext_lazy("figure", "helped, by those concerned"),
}
SHARE = _("Helped, of what was raised")
PASSAGES: "Mapping[str, _StrPromise]" = {
    "overview": _("How it was organised"),
    "problems": _("What is not good yet"),
    "next": _("What comes next"),
}
SPANS: Mapping[str, Promise] = {
    "H1": _("first half"),
    "H2": _("second half"),
    "Y": _("whole year"),
}


def figure(code: str) -> str:
    """A kind is called as talks of it are."""
    head, _dot, kind = code.partition(".of.")
    return str(talk_words.KINDS[kind]) if head == "talks" and kind else str(FIGURES[code])
