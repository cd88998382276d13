"""Words for the groups of a difference, and the sentence for each doubt."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tanxin.apps.org.intake.difference import Doubt, Group
from tanxin.apps.org.roster.words import place

GROUPS: Mapping[Group, Promise] = {
    Group.UNIT_NEW: gettext_lazy("New units"),
    Group.UNIT_CHANGED: gettext_lazy("Changed units"),
    Group.JOINED: gettext_lazy("New people and first posts"),
    Group.LEFT: gettext_lazy("People who left"),
    Group.CORRECTED: gettext_lazy("Corrected entries"),
    Group.MOVED: gettext_lazy("Changes of post"),
    Group.RANK: gettext_lazy("Ranks"),
    Group.TEAM: gettext_lazy("Teams"),
    Group.CHARGE: gettext_lazy("Charges"),
    Group.BRANCH: gettext_lazy("Branches"),
    Group.CONTACT: gettext_lazy("Contacts"),
    Group.STATE: gettext_lazy("States"),
    Group.EVENT: gettext_lazy("Events"),
    Group.AUTHORITY: gettext_lazy("Who manages whom"),
}
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
