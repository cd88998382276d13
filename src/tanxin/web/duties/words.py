"""What the states of duties are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATES: Mapping[str, Promise] = {
    "open": pgettext_lazy("duty", "to be held"),
    "soon": pgettext_lazy("duty", "due soon"),
    "late": pgettext_lazy("duty", "overdue"),
    "met": pgettext_lazy("duty", "held"),
    "confirmed": pgettext_lazy("duty", "held and confirmed"),
    "contested": pgettext_lazy("duty", "disputed"),
    "waived": pgettext_lazy("duty", "exempted"),
    "withdrawn": pgettext_lazy("duty", "withdrawn"),
}
# What a list can be filtered by; see apps.duties.reading.states.
FILTERS: Mapping[str, Promise] = {
    "owed": pgettext_lazy("duties", "all that is owed"),
    "late": pgettext_lazy("duties", "overdue"),
    "open": pgettext_lazy("duties", "still to be held"),
    "held": pgettext_lazy("duties", "held"),
    "confirmed": pgettext_lazy("duties", "held and confirmed"),
    "contested": pgettext_lazy("duties", "disputed"),
    "waived": pgettext_lazy("duties", "exempted"),
}
GROUPS: Mapping[str, Promise] = {
    "late": _("Overdue"),
    "soon": _("Within two weeks"),
    "later": _("Later"),
    "": _("Done"),
}
NO_SUBJECT = _("anyone the rule means")
PRIVATE = _("because of somebody's personal situation")
