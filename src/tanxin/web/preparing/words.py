"""For what a fact about somebody is kept, and so shown to who talks with him."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARE = _("to see what troubles him or her, and help")
MANNER = _("to choose a fitting way to talk")
COUNSEL = _("to teach and help where it is needed")
PURPOSES: dict[str, Promise] = {
    "hardship": CARE,
    "frail": CARE,
    "ill": CARE,
    "alone": CARE,
    "floating": MANNER,
    "abroad": MANNER,
    "leave": MANNER,
    "secondment": MANNER,
    "study": MANNER,
    "long_absent": MANNER,
    "retired": MANNER,
    "sanction": COUNSEL,
    "ranked_low": COUNSEL,
    "low_rated": COUNSEL,
    "failed_course": COUNSEL,
    "petitioned": COUNSEL,
    "newcomer": _("to help him or her settle in"),
    "minority": _("to respect customs"),
    "key_person": _("to be talked with above all"),
}
OTHER_PURPOSE = _("to prepare this talk")
