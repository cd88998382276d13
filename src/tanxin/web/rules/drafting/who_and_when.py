"""The forms of whom, who, how they belong together, and when."""

from collections.abc import Callable, Mapping
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.drafting.tree import Tree
from tanxin.core.policy import check_people, check_time
from tanxin.core.policy.schema import Relation
from tanxin.web.rules import words
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting import vocabulary as v
from tanxin.web.rules.drafting.pieces import amount, complete, span
from tanxin.web.rules.drafting.shapes import (
    Alternative,
    Flag,
    Group,
    Line,
    Many,
    Named,
    OneOf,
    Pick,
    Raw,
    Shape,
    Word,
    Words,
    Yes,
    is_scalar,
)

DEPTHS = (Relation.BELOW, Relation.ABOVE)
RARE_TIMES = {
    "each": frozenset({"only", "during", "spread", "before", "by"}),
    "after": frozenset({"from", "at_least"}),
    "before": frozenset({"at_least"}),
    "around": frozenset({"every", "at_least"}),
}
OTHER_TIMES = {"after", "before", "around"}


def holders(*, nested: bool) -> Pick:
    kinds: dict[str, tuple[Promise, Mapping[str, Shape]]] = {
        "seat": (
            labels.HOLDERS["seat"],
            {
                "seat": Words(_("Which places"), choices=v.SEATS),
                "of": Words(labels.NARROWING["of"], choices=v.TEAMS),
            },
        ),
        "branch": (labels.HOLDERS["branch"], {"branch": Words(_("Which"), choices=v.BRANCH)}),
        "head": (labels.HOLDERS["head"], {"head": Yes(labels.HOLDERS["head"])}),
        "post": (labels.HOLDERS["post"], {"post": Words(_("Which levels"), choices=v.POSTS)}),
        "anyone": (labels.HOLDERS["anyone"], {"anyone": Yes(labels.HOLDERS["anyone"])}),
    }
    if not nested:
        part = Group(pick=holders(nested=True))
        kinds["any"] = (labels.HOLDERS["any"], {"any": Many(_("Any of these"), item=part)})
        complete(check_people.HOLDINGS, {kind: Raw() for kind in kinds})
    return Pick(_("What makes them those meant"), kinds)


def people(label: Promise, vocabulary: v.Vocabulary) -> Group:
    years = Group(
        keys={
            "at_least": Line(_("At least so many years"), kind="number"),
            "below": Line(_("Fewer than so many years"), kind="number"),
        }
    )
    talked = {
        "talk": Words(labels.TIME["talk"], choices=vocabulary.talks()),
        "within": span(labels.TIME["within"]),
    }
    say = labels.NARROWING
    narrowing: dict[str, Shape] = {
        "state": Words(say["state"], choices=vocabulary.states()),
        "not_state": Words(say["not_state"], choices=vocabulary.states()),
        "rank": Words(say["rank"], choices=v.ranks()),
        "politics": Words(say["politics"], choices=v.POLITICS),
        "gender": Words(say["gender"], choices=v.GENDERS),
        "years": Named(say["years"], item=years, names=v.DATES),
        "talked": Group(say["talked"], keys=talked),
        "not_talked": Group(say["not_talked"], keys=talked),
        "also": Group(say["also"], pick=holders(nested=False)),
    }
    return Group(
        label,
        keys=complete(check_people.NARROWING, narrowing),
        pick=holders(nested=False),
        rare=frozenset(narrowing),
    )


def relation(label: Promise, vocabulary: v.Vocabulary) -> OneOf:
    plain = [each for each in Relation if each is not Relation.CONTACT]
    words_of = {each.value: words.RELATIONS[each] for each in plain}
    plain_word = Word(_("Which relation"), choices=words_of)
    contact = Group(keys={"contact": Words(_("Which relation"), choices=vocabulary.contacts())})
    below = [
        Alternative(each.value, depth, _steps(each.value), _holds(each.value))
        for each, depth in zip(
            DEPTHS,
            (_("of units below, so many steps"), _("of units above, so many steps")),
            strict=True,
        )
    ]
    return OneOf(
        label,
        alternatives=(
            Alternative("plain", _("by the chart"), plain_word, is_scalar),
            Alternative("contact", _("taken on beside the chart"), contact, _holds("contact")),
            *below,
        ),
    )


def _steps(key: str) -> Group:
    line = Line(_("How many levels"), help=_("direct, any, or a number of steps"), kind="number")
    return Group(keys={key: line})


def _holds(key: str) -> Callable[[Tree], bool]:
    return lambda tree: isinstance(tree, dict) and key in tree


def time(label: Promise, vocabulary: v.Vocabulary) -> OneOf:
    events = vocabulary.events()
    say = labels.TIME
    after: dict[str, Shape] = {
        "event": Words(say["event"], choices=events),
        "state": Words(say["state"], choices=vocabulary.states()),
        "ended": Words(say["ended"], choices=vocabulary.states()),
        "talk": Words(say["talk"], choices=vocabulary.talks()),
        "lapsed": Words(say["lapsed"], choices={"any": _("any rule"), **vocabulary.rules}),
        "below": Flag(say["below"]),
    }
    before: dict[str, Shape] = {
        "event": Words(say["event"], choices=events),
        "node": Words(say["node"], choices=v.NODES),
        "below": Flag(say["below"]),
    }
    of_each = {"event": before["event"]}
    least = amount(say["at_least"], percent=False)
    during = {"term": _("the terms"), **vocabulary.own["calendars"]}
    keys: Mapping[str, Mapping[str, Shape]] = {
        "each": {
            "at_least": amount(say["at_least"], percent=True),
            "each": Word(say["each"], choices=vocabulary.periods()),
            "only": _only(say["only"]),
            "during": Word(say["during"], choices=during),
            "spread": Word(say["spread"], choices=v.PERIODS),
            "before": Group(say["before"], keys=of_each),
            "by": span(say["by"]),
        },
        "after": {
            "within": span(say["within"]),
            "after": Group(say["after"], keys=complete(check_time.AFTER_KEYS, after)),
            "from": span(say["from"]),
            "at_least": least,
        },
        "before": {
            "before": Group(say["before"], keys=complete(check_time.BEFORE_KEYS, before)),
            "by": span(say["by"]),
            "from": span(say["from"]),
            "at_least": least,
        },
        "around": {
            "around": Words(say["around"], choices=v.DATES),
            "from": span(say["from"]),
            "within": span(say["within"]),
            "every": Line(say["every"], kind="number"),
            "at_least": least,
        },
    }
    complete(check_time.KEYS, {key: Raw() for key in chain.from_iterable(keys.values())})
    fits = {kind: _holds(kind) for kind in keys} | {"each": _is_periodic}
    alternatives = (
        Alternative(kind, labels.TIMES[kind], Group(keys=held, rare=RARE_TIMES[kind]), fits[kind])
        for kind, held in keys.items()
    )
    return OneOf(label, alternatives=tuple(alternatives))


def _is_periodic(tree: Tree) -> bool:
    """It may come before something as well; what says nothing yet is taken for it."""
    return isinstance(tree, dict) and ("each" in tree or not tree.keys() & OTHER_TIMES)


def _only(label: Promise) -> Words:
    numbers = {str(number): str(number) for number in range(1, 13)}
    return Words(
        label, help=labels.HELP["only"], numbers=True, choices={**words.PARITIES, **numbers}
    )
