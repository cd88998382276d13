"""The sentence for each doubt: where it is, what is wrong, how to mend it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tanxin.apps.org.intake.difference import Doubt
from tanxin.apps.org.roster.words import place

DOUBTS: Mapping[str, Promise] = {
    "several-of-name": gettext_lazy(
        "%(place)s: several people are called %(value)s. Add the staff number to the row."
    ),
    "nobody-of-name": gettext_lazy(
        "%(place)s: nobody is called %(value)s. Add the person, or mend the name."
    ),
    "number-of-another": gettext_lazy(
        "%(place)s: the staff or ID number given for %(value)s is somebody else's. Mend it."
    ),
    "contact-with-oneself": gettext_lazy(
        "%(place)s: %(value)s is named on both sides. Mend one of the two."
    ),
    "unit-ring": gettext_lazy(
        "%(place)s: together with the units already held, the units would stand under one another"
        " in a circle: %(value)s. Mend the upper unit."
    ),
    "parent-left-out": gettext_lazy(
        "%(place)s: the row of the upper unit %(value)s has to be mended first; until then this"
        " one is left out too."
    ),
    "unit-left-out": gettext_lazy(
        "%(place)s: the row of the unit %(value)s has to be mended first; until then this one is"
        " left out too."
    ),
    "no-such-unit": gettext_lazy(
        "%(place)s: there is no unit “%(value)s”. Add it to the sheet of units, or mend the name."
    ),
    "no-such-team": gettext_lazy(
        "%(place)s: there is no team “%(value)s”, or more than one. Name its unit as well."
    ),
}


def doubt_sentence(doubt: Doubt) -> str:
    """Holds personal data: for the page, never for a log."""
    return str(DOUBTS[doubt.code]) % {"place": place(doubt.where), "value": doubt.value}
