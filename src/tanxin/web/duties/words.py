"""What the states and the periods of duties are called."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tanxin.apps.duties.reading.states import DutyRow
from tanxin.web.rules import words as rule_words

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

# The form of a period's code, see core.calendar.periods → how it is said.
PERIODS: Mapping[str, Promise] = {
    r"(?P<year>\d{4})": pgettext_lazy("period", "year %(year)s"),
    r"(?P<year>\d{4})-H1": pgettext_lazy("period", "first half of %(year)s"),
    r"(?P<year>\d{4})-H2": pgettext_lazy("period", "second half of %(year)s"),
    r"(?P<year>\d{4})-Q1": pgettext_lazy("period", "first quarter of %(year)s"),
    r"(?P<year>\d{4})-Q2": pgettext_lazy("period", "second quarter of %(year)s"),
    r"(?P<year>\d{4})-Q3": pgettext_lazy("period", "third quarter of %(year)s"),
    r"(?P<year>\d{4})-Q4": pgettext_lazy("period", "fourth quarter of %(year)s"),
    r"(?P<year>\d{4})-0?(?P<month>\d{1,2})": pgettext_lazy("period", "%(year)s, month %(month)s"),
    r"(?P<year>\d{4})-W0?(?P<week>\d{1,2})": pgettext_lazy("period", "%(year)s, week %(week)s"),
}
# Duties of an event, a state that began or ended, a talk or a lapse have no period; their code
# begins with its sort. Festivals and personal dates are named.
OF_AN_OCCASION = ("e-", "s-", "x-", "t-", "l-")
OF_A_DAY = re.compile(r"(?P<sort>[ny])(?P<year>\d{4})-(?P<name>[a-z-]+)")


def title(duty: DutyRow) -> str:
    """What its rule is called in the language of the page; packs bring both."""
    titles = duty.rule.text.get("title")
    language = "en" if get_language() == "en" else "zh"
    return str(titles[language]) if isinstance(titles, dict) else str(duty.rule.title)


def period(code: str) -> str:
    """Which period a duty is for; an organisation's own one by its code, an occasion not at all."""
    if code.startswith(OF_AN_OCCASION):
        return ""
    if day := OF_A_DAY.fullmatch(code):
        named = rule_words.NODES if day["sort"] == "n" else rule_words.DATES
        name = rule_words.word(named, day["name"])
        return gettext("%(name)s %(year)s") % {"name": name, "year": day["year"]}
    for form, said in PERIODS.items():
        if found := re.fullmatch(form, code):
            return str(said) % found.groupdict()
    return gettext("period %(code)s") % {"code": code}
