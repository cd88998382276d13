"""What waits for somebody about what leaves a talk: as address, words and sort."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.told_to_do import told_to_do
from tanxin.core.access import Actor

TO_UNITS, TO_ALL = _("Told to units"), _("Answers to all")
COMMON, HANDED = _("Common issues"), _("Handed to other bodies")
WORDS: dict[str, tuple[str, Promise, Promise]] = {
    "review": ("feedback:feedback", _("review a statement before it leaves"), TO_UNITS),
    "answer": ("feedback:feedback", _("answer what was told to your unit"), TO_UNITS),
    "reply": ("feedback:reply", _("review an answer before it is published"), TO_ALL),
    "decide": ("common:common", _("decide about a common issue"), COMMON),
    "plan": ("common:common", _("plan a collective talk"), COMMON),
    "approve": ("leads:lead", _("approve that something is handed over"), HANDED),
    "follow": ("leads:lead", _("say how it stands"), HANDED),
}


def waiting(actor: Actor) -> list[tuple[str, Promise, Promise]]:
    """Nobody is named: of most it is not to be known from whom they come."""
    return [
        (reverse(WORDS[what][0], args=[row]), *WORDS[what][1:]) for what, row in told_to_do(actor)
    ]
