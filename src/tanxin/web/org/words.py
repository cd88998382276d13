"""Words for the codes of facts."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Mapping[str, Promise]

UNIT_KINDS: Words = {
    "organ": pgettext_lazy("unit", "head office"),
    "department": pgettext_lazy("unit", "department"),
    "section": pgettext_lazy("unit", "section"),
    "institution": pgettext_lazy("unit", "subordinate institution"),
    "college": pgettext_lazy("unit", "college"),
    "ward": pgettext_lazy("unit", "ward"),
    "subsidiary": pgettext_lazy("unit", "subsidiary"),
    "workshop": pgettext_lazy("unit", "workshop"),
    "committee": pgettext_lazy("unit", "party committee"),
    "general_branch": pgettext_lazy("unit", "general party branch"),
    "branch": pgettext_lazy("unit", "party branch"),
    "group": pgettext_lazy("unit", "party group"),
    "other": pgettext_lazy("unit", "other"),
}
TEAM_KINDS: Words = {
    "leadership": pgettext_lazy("team", "leadership team"),
    "party_group": pgettext_lazy("team", "leading party group"),
    "branch_committee": pgettext_lazy("team", "branch committee"),
}
SEAT_ROLES: Words = {
    "chief": pgettext_lazy("seat", "chief"),
    "deputy": pgettext_lazy("seat", "deputy"),
    "member": pgettext_lazy("seat", "member"),
}
BRANCH_ROLES: Words = {
    "secretary": pgettext_lazy("branch", "secretary"),
    "deputy": pgettext_lazy("branch", "deputy secretary"),
    "committee": pgettext_lazy("branch", "committee member"),
    "member": pgettext_lazy("branch", "party member"),
}
CONTACT_KINDS: Words = {
    "liaison": pgettext_lazy("contact", "keeps in touch with"),
    "pair": pgettext_lazy("contact", "is paired with"),
    "area": pgettext_lazy("contact", "looks after"),
    "mentor": pgettext_lazy("contact", "mentors"),
}
CONTACTED_KINDS: Words = {
    "liaison": pgettext_lazy("contacted", "is kept in touch with by"),
    "pair": pgettext_lazy("contacted", "is paired with"),
    "area": pgettext_lazy("contacted", "is looked after by"),
    "mentor": pgettext_lazy("contacted", "is mentored by"),
}
STATES: Words = {
    "active": pgettext_lazy("state", "on duty"),
    "floating": pgettext_lazy("state", "away from home branch"),
    "hardship": pgettext_lazy("state", "in hardship"),
    "frail": pgettext_lazy("state", "old and frail"),
    "retired": pgettext_lazy("state", "retired"),
    "ill": pgettext_lazy("state", "ill"),
    "abroad": pgettext_lazy("state", "abroad"),
    "leave": pgettext_lazy("state", "on leave"),
    "secondment": pgettext_lazy("state", "on secondment"),
    "study": pgettext_lazy("state", "away for study"),
    "sanction": pgettext_lazy("state", "within the effect of a sanction"),
    "long_absent": pgettext_lazy("state", "absent for long"),
    "newcomer": pgettext_lazy("state", "newly joined"),
    "alone": pgettext_lazy("state", "living alone"),
    "ranked_low": pgettext_lazy("state", "low in the ranking"),
    "low_rated": pgettext_lazy("state", "low in the review"),
    "failed_course": pgettext_lazy("state", "failed courses"),
    "petitioned": pgettext_lazy("state", "often complained about"),
    "minority": pgettext_lazy("state", "of a minority"),
    "key_person": pgettext_lazy("state", "to be talked with above all"),
    "left": pgettext_lazy("state", "left"),
    "dead": pgettext_lazy("state", "deceased"),
}
FACT_KINDS: Words = {
    "post": _("Post"),
    "rank": _("Rank"),
    "seat": _("Team"),
    "charge": _("In charge of"),
    "branch": _("Party branch"),
    "contact": _("Contact"),
    "contacted": _("Contact"),
    "state": _("State"),
    "years": _("Years since"),
    "politics": _("Political affiliation"),
    "gender": _("Gender"),
}
MORE: Words = {
    "ethnicity": _("Ethnic group"),
    "origin": _("Place of origin"),
    "education": _("Education"),
    "party_post": _("Post in the Party"),
    "note": _("Note"),
}
GENDERS: Words = {"m": _("male"), "f": _("female")}


def fact_kind(kind: str, what: str) -> str:
    """What sort of fact it is; a contact by what ties the two."""
    ties = {"contact": CONTACT_KINDS, "contacted": CONTACTED_KINDS}.get(kind, {})
    return str(ties.get(what) or word(FACT_KINDS, kind))


def word(words: Words, code: str) -> str:
    """The word for a code; the code itself where a roster brought one we do not know."""
    return str(words.get(code, code))
