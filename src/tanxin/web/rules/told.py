"""All that a rule, or a kind or type of talk, says: also what a sentence leaves out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from tanxin.core.policy import Rule
from tanxin.core.policy.manner import Manner
from tanxin.core.policy.schema import Channel, Distance, Form, Ways
from tanxin.web.rules import words
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.sentence import (
    PLAIN,
    distance,
    holder,
    listed,
    people,
    relation,
    sentence,
    when,
    words_of,
)
from tanxin.web.rules.wording import Named, Wording, title_of


def told(rule: Rule, on: date, named: Wording = PLAIN) -> str:
    """The sentence of a rule, and how its talks are held and who is left out."""
    said = sentence(rule, on, named)
    if rule.terms is None and rule.text_only:
        said = words.word(words.TEXT_REASONS, rule.text_only)
    return "".join([said, *held(rule, named)])


def held(rule: Rule, named: Wording = PLAIN) -> Iterator[str]:
    talk = words.word(named.talks, rule.kind)
    if rule.type:
        talk = f"{talk} · {words.word(named.talks, rule.type)}"
    yield _("Kind of talk: %(kind)s.") % {"kind": talk}
    if rule.form is not Form.INDIVIDUAL:
        yield _("Form: %(form)s.") % {"form": words.word(words.FORMS, rule.form)}
    if rule.channels != (Channel.FACE,):
        yield _("Ways to hold it: %(ways)s.") % {"ways": channels(rule.channels)}
    yield from map(_sentence_of, ways(rule.ways, named))
    for one in rule.exemptions:
        yield _("Not counted, “%(title)s”: %(side)s while %(states)s.") % {
            "title": title_of(one.title),
            "side": words.word(labels.SIDES, one.side),
            "states": listed(words_of(named.states, one.states)),
        }


def _sentence_of(said: str) -> str:
    return _("%(said)s.") % {"said": said}


def channels(some: Iterable[str]) -> str:
    return listed(words_of(words.CHANNELS, some))


def ways(some: Iterable[Ways], named: Wording) -> Iterator[str]:
    for one in some:
        yield _("while “%(state)s” also: %(ways)s") % {
            "state": words.word(named.states, one.state),
            "ways": channels(one.channels),
        }


def manner(said: Manner, on: date, named: Wording = PLAIN) -> str:
    """A kind or type in words: who holds it, who approves and signs, who may know, how long."""
    facts = [(term, value) for term, value in _facts(said, on, named) if value]
    term = _("%(term)s: %(value)s.")
    told_of = (term % {"term": labels.MANNER[key], "value": value} for key, value in facts)
    return "".join([_("“%(title)s”.") % {"title": title_of(said.title)}, *told_of])


def _facts(said: Manner, on: date, named: Wording) -> Iterator[tuple[str, str]]:
    yield "kind", words.word(named.talks, said.kind) if said.kind else ""
    yield "form", words.word(words.FORMS, said.form) if said.form else ""
    yield "channel", channels(said.channels)
    yield "ways", listed(ways(said.ways, named))
    yield "held_by", listed(map(holder, said.held_by))
    for key in ("parts", "approval", "endorsement", "signature"):
        yield key, _listed_words(labels.PARTS, getattr(said, key))
    yield "preparation", listed(map(title_of, said.preparation))
    yield "fields", listed(title_of(one.title) for one in said.fields)
    yield "signing", words.word(labels.SIGNINGS, said.signing) if said.signing else ""
    yield "grade", words.word(labels.GRADES, said.grade)
    for key in ("retention", "effect", "clock"):
        yield key, _distance(getattr(said, key), on)
    yield "follow_up", _listed_words(words.FOLLOW_UPS, said.follow_up)
    yield "counts", "" if said.counts else _("no")


def _listed_words(table: Named, codes: Iterable[str]) -> str:
    return listed(words_of(table, codes))


def _distance(asked: Distance | None, on: date) -> str:
    return distance(asked, on) if asked else ""


def apart(rules: Sequence[Rule], on: date, named: Wording = PLAIN) -> dict[str, str]:
    """Rule id → what tells it from the others of the same title; empty where the title does."""
    same: dict[str, list[Rule]] = {}
    for rule in rules:
        same.setdefault(title_of(rule.title), []).append(rule)
    found = {rule.id: "" for rule in rules}
    for group in same.values():
        aspects = [_aspects(rule, on, named) for rule in group]
        for rule, mine in zip(group, aspects, strict=True):
            differing = [
                said for at, said in enumerate(mine) if len({other[at] for other in aspects}) > 1
            ]
            found[rule.id] = listed(each for each in differing if each)
    return found


def _aspects(rule: Rule, on: date, named: Wording) -> tuple[str, ...]:
    terms = rule.terms
    whole = (
        (people(terms, named), relation(terms.joined, named), when(terms.time, on, named))
        if (terms)
        else ("", "", "")
    )
    return (*whole, words.word(named.talks, rule.type or rule.kind))
