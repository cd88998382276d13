"""A rule as a sentence: who talks with whom, when and how often, from its vocabulary."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from tanxin.core.policy import Rule
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Distance,
    EachPeriod,
    Holder,
    Holding,
    Joined,
    Relation,
    Selector,
    Terms,
    Time,
    Title,
    YearlyDate,
)
from tanxin.core.policy.windows import share
from tanxin.web.org import words as org_words
from tanxin.web.rules import words


def title_of(title: Title) -> str:
    return title.en if get_language() == "en" else title.zh


def listed(parts: Iterable[str]) -> str:
    return pgettext("between the words of a list", ", ").join(parts)


def sentence(rule: Rule, on: date) -> str:
    """What the rule asks for, with the numbers in force on the day; empty for words only."""
    terms = rule.terms
    if terms is None:
        return ""
    return _("%(people)s (%(relation)s): %(when)s; %(count)s; %(duty)s.") % {
        "people": people(terms),
        "relation": relation(terms.joined),
        "when": when(terms.time, on),
        "count": words.word(words.COUNTS, terms.count),
        "duty": owed_by(terms),
    }


def people(terms: Terms) -> str:
    who = holder(terms.who.holder)
    if terms.joined.relation is Relation.CONTACT and terms.who.holder.holding is Holding.ANYONE:
        return _("whoever takes care, with each he takes care of")
    if terms.whom == Selector(terms.who.holder):
        return _("%(who)s among themselves") % {"who": who}
    return _("%(who)s with %(whom)s") % {"who": who, "whom": selector(terms.whom)}


def owed_by(terms: Terms) -> str:
    if terms.mutual:
        return _("it is a duty of both")
    return _("it is a duty of the first")


def holder(held: Holder) -> str:
    if held.holding is Holding.SEAT:
        teams = listed(words_of(org_words.TEAM_KINDS, held.teams))
        people = words_of(words.SEATS, held.roles) or [_("everybody")]
        return _("%(people)s in a %(teams)s") % {
            "people": listed(people),
            "teams": teams or _("team"),
        }
    if held.holding is Holding.BRANCH:
        return listed(words_of(words.BRANCH, held.roles)) or _("everybody of a branch")
    if held.holding is Holding.POST:
        return listed(words_of(words.POSTS, held.roles)) or _("everybody with a post")
    if held.holding is Holding.HEAD:
        return _("heads of departments and units")
    return _("anybody")


def words_of(table: words.Words, codes: Iterable[str]) -> list[str]:
    return [words.word(table, code) for code in codes]


def selector(whom: Selector) -> str:
    text = holder(whom.holder)
    if whom.states:
        states = listed(words_of(org_words.STATES, whom.states))
        text = _("%(people)s while %(states)s") % {"people": text, "states": states}
    if whom.not_states:
        states = listed(words_of(org_words.STATES, whom.not_states))
        text = _("%(people)s except while %(states)s") % {"people": text, "states": states}
    return text


def relation(joined: Joined) -> str:
    if joined.relation is Relation.CONTACT:
        kinds = listed(words_of(words.CONTACTS, joined.contacts or tuple(words.CONTACTS)))
        return _("where one is %(kinds)s by the other") % {"kinds": kinds}
    return words.word(words.RELATIONS, joined.relation)


def when(time: Time, on: date) -> str:
    if isinstance(time, EachPeriod):
        return in_each(time, on)
    if isinstance(time, AfterEvent):
        return after(time, on)
    if isinstance(time, YearlyDate):
        return around(time, on)
    return before(time, on)


def in_each(time: EachPeriod, on: date) -> str:
    wanted = time.at_least.on(on)
    text = ngettext(
        "at least %(number)s talk each %(period)s",
        "at least %(number)s talks each %(period)s",
        wanted,
    ) % {"number": wanted, "period": words.word(words.PERIODS, time.period)}
    if time.spread is None:
        return text
    part = {
        "number": wanted // share(time),
        "part": words.word(words.PERIODS, time.spread),
    }
    return text + _(", %(number)s in each %(part)s") % part


def after(time: AfterEvent, on: date) -> str:
    causes = [
        *words_of(words.EVENTS, time.events),
        *(
            _("state “%(state)s”") % {"state": each}
            for each in words_of(org_words.STATES, time.states)
        ),
    ]
    return _("within %(distance)s after: %(causes)s") % {
        "distance": distance(time.within, on),
        "causes": listed(causes),
    }


def before(time: BeforeEvent, on: date) -> str:
    return _("before: %(events)s, from %(opening)s ahead until %(by)s ahead") % {
        "events": listed(words_of(words.EVENTS, time.events)),
        "opening": distance(time.opening, on),
        "by": distance(time.by, on),
    }


def around(time: YearlyDate, on: date) -> str:
    return _("around: %(dates)s, from %(opening)s before until %(within)s after") % {
        "dates": listed(words_of(words.DATES, time.dates)),
        "opening": distance(time.opening, on),
        "within": distance(time.within, on),
    }


def distance(asked: Distance, on: date) -> str:
    return span(asked.amount.on(on), asked.unit)


def span(number: int, unit: str) -> str:
    text = {
        "day": ngettext("%(n)s day", "%(n)s days", number),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", number),
        "week": ngettext("%(n)s week", "%(n)s weeks", number),
        "month": ngettext("%(n)s month", "%(n)s months", number),
        "year": ngettext("%(n)s year", "%(n)s years", number),
    }[unit]
    return text % {"n": number}
