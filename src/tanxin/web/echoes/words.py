from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tanxin.core.echoes import EchoAnswer, EchoQuestion

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

QUESTIONS: "dict[EchoQuestion, _StrPromise]" = {
    EchoQuestion.HEARD: gettext_lazy("Were you listened to in that talk?"),
    EchoQuestion.SOLVED: gettext_lazy("Has what you raised been solved since?"),
}
ANSWERS: "dict[EchoAnswer, _StrPromise]" = {
    EchoAnswer.YES: pgettext_lazy("echo", "Yes"),
    EchoAnswer.PARTLY: pgettext_lazy("echo", "In part"),
    EchoAnswer.NO: pgettext_lazy("echo", "No"),
}
SKIPPED: "dict[EchoQuestion, _StrPromise]" = {
    EchoQuestion.HEARD: gettext_lazy("I would rather not say"),
    EchoQuestion.SOLVED: gettext_lazy("There was nothing to solve, or I would rather not say"),
}


def half_year(code: str) -> str:
    year, _dash, half = code.partition("-H")
    said = _("first half of %(year)s") if half == "1" else _("second half of %(year)s")
    return said % {"year": year}
