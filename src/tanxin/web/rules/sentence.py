"""A rule as a sentence: who talks with whom, when and how often, from its vocabulary."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tanxin.apps.org.codes import rank_word
from tanxin.core.policy import Rule
from tanxin.core.policy.manner import Part
from tanxin.core.policy.schema import (
    AfterEvent,
    BeforeEvent,
    Distance,
    EachPeriod,
    Holder,
    Holding,
    Joined,
    Relation,
    Resolver,
    Selector,
    Share,
    Terms,
    Time,
    YearlyDate,
)
from tanxin.core.policy.windows import share
from tanxin.web.org import words as org_words
from tanxin.web.rules import words
from tanxin.web.rules.wording import Named, Wording, politics_word, wording
from tanxin.web.talks.words import PARTS

PLAIN = wording()


def listed(parts: Iterable[str]) -> str:
    return pgettext("between the words of a list", ", ").join(parts)


def sentence(rule: Rule, on: date, named: Wording = PLAIN) -> str:
    """What the rule asks for, with the numbers in force on the day; empty for words only."""
    terms = rule.terms
    if terms is None:
        return ""
    text = _("%(people)s (%(relation)s): %(when)s; %(count)s; %(duty)s.") % {
        "people": people(terms, named),
        "relation": relation(terms.joined, named),
        "when": when(terms.time, on, named),
        "count": words.word(words.COUNTS, terms.count),
        "duty": owed_by(terms),
    }
    return "".join([text, *more(terms, on)])


def more(terms: Terms, on: date) -> Iterator[str]:
    """What else a rule may say of whom it takes and who talks."""
    if terms.sample:
        number = terms.sample.amount.on(on)
        if terms.sample.percent:
            yield _("A sample of %(number)s per cent.") % {"number": number}
        else:
            yield _("A sample of %(number)s people.") % {"number": number}
    if terms.share is Share.SPREAD:
        yield _("They share those meant among themselves.")
    if terms.pro_rata:
        yield _("Whoever is there for a part of the time has a part of the talks.")
    if terms.delegable:
        yield _("An approved delegate may hold it.")


def people(terms: Terms, named: Wording = PLAIN) -> str:
    who = selector(terms.who, named)
    everybody = {terms.who.holder.holding, terms.whom.holder.holding} == {Holding.ANYONE}
    plain = terms.who == Resolver(terms.who.holder) and terms.whom == Selector(terms.whom.holder)
    if terms.joined.relation is Relation.CONTACT and everybody and plain:
        return _("whoever takes care, with each he takes care of")
    apart = (Relation.BELOW, Relation.ABOVE, Relation.AUTHORITY)
    if plain and terms.whom.holder == terms.who.holder and terms.joined.relation not in apart:
        return _("%(who)s among themselves") % {"who": who}
    return _("%(who)s with %(whom)s") % {"who": who, "whom": selector(terms.whom, named)}


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
    if held.parts:
        return pgettext("between alternatives", " or ").join(map(holder, held.parts))
    named = {
        Holding.HEAD: _("heads of departments and units"),
        Holding.DISCIPLINE: str(PARTS[Part.DISCIPLINE]),
    }
    return named.get(held.holding, _("anybody"))


_TRAITS: Mapping[str, Callable[[str], str]] = {
    "rank": rank_word,
    "politics": politics_word,
    "gender": lambda code: words.word(org_words.GENDERS, code),
}


def words_of(table: Named, codes: Iterable[str]) -> list[str]:
    return [words.word(table, code) for code in codes]


def selector(whom: Selector, named: Wording = PLAIN) -> str:
    text = holder(whom.holder)
    if whom.states:
        states = listed(words_of(named.states, whom.states))
        text = _("%(people)s while %(states)s") % {"people": text, "states": states}
    if whom.not_states:
        states = listed(words_of(named.states, whom.not_states))
        text = _("%(people)s except while %(states)s") % {"people": text, "states": states}
    further = list(narrowed(whom, named))
    if further:
        return _("%(people)s (only: %(conditions)s)") % {
            "people": text,
            "conditions": listed(further),
        }
    return text


def narrowed(whom: Selector, named: Wording) -> Iterator[str]:
    """What must be true of them besides, one condition after another."""
    for trait in whom.traits:
        yield listed(_TRAITS[trait.kind](value) for value in trait.values)
    for years in whom.years:
        since = words.word(words.DATES, years.since)
        if years.at_least:
            yield _("%(years)s years since: %(date)s") % {"years": years.at_least, "date": since}
        if years.below is not None:
            yield _("not %(years)s years since: %(date)s") % {"years": years.below, "date": since}
    if whom.talked:
        yield _("talked with shortly before: %(talks)s") % {
            "talks": listed(words_of(named.talks, whom.talked.kinds))
        }
    if whom.not_talked:
        yield _("not talked with shortly before: %(talks)s") % {
            "talks": listed(words_of(named.talks, whom.not_talked.kinds))
        }
    if whom.also:
        yield _("also %(holder)s") % {"holder": holder(whom.also)}


def relation(joined: Joined, named: Wording = PLAIN) -> str:
    if joined.relation is Relation.CONTACT:
        kinds = listed(words_of(named.contacts, joined.contacts or tuple(words.CONTACTS)))
        return _("where one is %(kinds)s by the other") % {"kinds": kinds}
    return words.word(words.RELATIONS, joined.relation)


def when(time: Time, on: date, named: Wording = PLAIN) -> str:
    if isinstance(time, EachPeriod):
        return in_each(time, on, named)
    if isinstance(time, AfterEvent):
        return after(time, on, named)
    if isinstance(time, YearlyDate):
        return around(time, on)
    return before(time, on, named)


def in_each(time: EachPeriod, on: date, named: Wording) -> str:
    wanted = time.at_least.on(on)
    if time.percent:
        return _("each %(period)s with %(number)s per cent of them") % {
            "number": wanted,
            "period": words.word(words.PERIODS, time.period),
        }
    text = ngettext(
        "at least %(number)s talk each %(period)s",
        "at least %(number)s talks each %(period)s",
        wanted,
    ) % {"number": wanted, "period": words.word(words.PERIODS, time.period)}
    if time.only.parity:
        text += _(" (only %(which)s)") % {"which": words.word(words.PARITIES, time.only.parity)}
    elif time.only.numbers:
        text += _(" (only %(which)s)") % {"which": listed(map(str, time.only.numbers))}
    if time.before and time.by:
        text += _(", before: %(events)s") % {"events": listed(words_of(named.events, time.before))}
    if time.spread is None:
        return text
    part = {
        "number": wanted // share(time),
        "part": words.word(words.PERIODS, time.spread),
    }
    return text + _(", %(number)s in each %(part)s") % part


def after(time: AfterEvent, on: date, named: Wording) -> str:
    causes = [
        *words_of(named.events, time.events),
        *(_("end of “%(state)s”") % {"state": each} for each in words_of(named.states, time.ended)),
        *(_("a talk “%(talk)s”") % {"talk": each} for each in words_of(named.talks, time.talks)),
        *([_("a duty that was let go by")] if time.lapsed else []),
        *(_("state “%(state)s”") % {"state": each} for each in words_of(named.states, time.states)),
    ]
    return _("within %(distance)s after: %(causes)s") % {
        "distance": distance(time.within, on),
        "causes": listed(causes),
    }


def before(time: BeforeEvent, on: date, named: Wording) -> str:
    return _("before: %(events)s, from %(opening)s ahead until %(by)s ahead") % {
        "events": listed(
            [*words_of(named.events, time.events), *words_of(words.NODES, time.nodes)]
        ),
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
