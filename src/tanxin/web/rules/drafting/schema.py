"""The forms of all that a pack can say, read off the checker's own lists of words.

A word that the checker knows and no form shows, or the other way round, raises when it is met.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tanxin.core.drafting.tree import Tree
from tanxin.core.policy import check, check_manner, check_own, check_people, check_rule, check_time
from tanxin.core.policy.schema import Relation
from tanxin.web.rules import words
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting import vocabulary as v
from tanxin.web.rules.drafting.shapes import (
    Alternative,
    Choices,
    Flag,
    Group,
    Kept,
    Line,
    Many,
    Named,
    OneOf,
    Pick,
    Raw,
    Shape,
    Span,
    Word,
    Words,
    Yes,
    is_scalar,
)

LANGUAGES = {
    "zh": Line(pgettext_lazy("language of a title", "Chinese")),
    "en": Line(pgettext_lazy("language of a title", "English")),
}
DEPTHS = (Relation.BELOW, Relation.ABOVE)
RARE_TIMES = {
    "each": frozenset({"only", "during", "spread", "before", "by"}),
    "after": frozenset({"from", "at_least"}),
    "before": frozenset({"at_least"}),
    "around": frozenset({"every", "at_least"}),
}
OTHER_TIMES = {"after", "before", "around"}


class FormsDiffer(Exception):
    """The forms speak of other words than the checker."""


def complete(known: Sequence[str], shapes: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """The shapes in the order of the checker's words."""
    differing = {str(word) for word in known} ^ set(shapes)
    if differing:
        raise FormsDiffer(", ".join(sorted(differing)))
    return {str(word): shapes[word] for word in known}


def title(label: Promise) -> Group:
    return Group(label, keys=LANGUAGES)


def span(label: Promise) -> Span:
    return Span(label, units=v.UNIT_WORDS)


def dated(label: Promise | str = "") -> Many:
    """Numbers with the day they hold from."""
    entry = {"from": Line(_("From the day"), kind="day"), "value": Line(_("Number"), kind="number")}
    return Many(label, item=Group(keys=entry))


def amount(label: Promise, *, percent: bool) -> OneOf:
    alternatives = [
        Alternative(
            "number",
            _("a number, or the name of one"),
            Line(_("Number"), kind="number", help=labels.HELP["at_least"]),
            is_scalar,
        ),
        Alternative(
            "dated", _("numbers, each from a day on"), dated(), lambda t: isinstance(t, list)
        ),
    ]
    if percent:
        share = Group(keys={"percent": Line(_("Per cent"), kind="number")})
        alternatives.append(
            Alternative(
                "percent", _("a share of those there"), share, lambda t: isinstance(t, dict)
            )
        )
    return OneOf(label, alternatives=tuple(alternatives))


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


def manner(vocabulary: v.Vocabulary, *, with_kind: bool) -> Group:
    say = labels.MANNER
    field = {
        "id": Line(_("Code"), kind="text"),
        "title": title(say["title"]),
        "needed": Flag(_("Must be filled in")),
        "choices": Many(_("Choices"), item=Group(keys=LANGUAGES)),
    }
    shapes: dict[str, Shape] = {
        "title": title(say["title"]),
        "kind": Word(say["kind"], choices=vocabulary.kinds()),
        "form": Word(say["form"], choices=v.FORMS),
        "channel": Words(say["channel"], choices=v.CHANNELS),
        "ways": ways(say["ways"], vocabulary),
        "held_by": Many(say["held_by"], item=Group(pick=holders(nested=False))),
        "parts": Words(say["parts"], choices=v.PARTS),
        "preparation": Many(say["preparation"], item=Group(keys=LANGUAGES)),
        "fields": Many(say["fields"], item=Group(keys=field)),
        "approval": Words(say["approval"], choices=v.PARTS),
        "endorsement": Words(say["endorsement"], choices=v.PARTS),
        "signature": Words(say["signature"], choices=v.PARTS),
        "grade": Word(say["grade"], choices=v.GRADES),
        "retention": span(say["retention"]),
        "counts": Flag(say["counts"]),
        "effect": span(say["effect"]),
        "follow_up": Words(say["follow_up"], choices=v.FOLLOW_UPS),
        "clock": span(say["clock"]),
    }
    keys = dict(complete(("title", "kind", *check_manner.KEYS), shapes))
    if not with_kind:
        del keys["kind"]
    return Group(keys=keys)


def ways(label: Promise, vocabulary: v.Vocabulary) -> Named:
    return Named(label, item=Words(choices=v.CHANNELS), names=vocabulary.states())


def rule_shapes(vocabulary: v.Vocabulary) -> Mapping[str, Shape]:
    """Every key of a rule; its rows have a form each."""
    say = labels.RULE
    size = {
        "at_least": Line(_("At least"), kind="number"),
        "at_most": Line(_("At most"), kind="number"),
    }
    sample = {
        "percent": Line(_("Per cent"), kind="number"),
        "people": Line(_("Or people"), kind="number"),
        "rest": span(_("Whoever was talked with so shortly before is left out")),
    }
    report = {
        "each": Word(labels.TIME["each"], choices=v.PERIODS),
        "to": Line(_("To whom")),
        "reply": Flag(_("All are answered")),
    }
    exception = {
        "id": Line(_("Code, begins with that of the rule and a dot")),
        "title": title(say["title"]),
        "state": Words(_("While in"), choices=vocabulary.states()),
        "of": Word(_("Whose state"), choices=v.SIDES),
    }
    shapes: dict[str, Shape] = {
        "id": Line(say["id"], help=labels.HELP["id"]),
        "title": title(say["title"]),
        "cites": Words(say["cites"], choices=vocabulary.clauses),
        "text_only": Word(say["text_only"], choices=v.REASONS),
        "who": people(say["who"], vocabulary),
        "whom": people(say["whom"], vocabulary),
        "relation": relation(say["relation"], vocabulary),
        "time": time(say["time"], vocabulary),
        "count": Word(say["count"], choices=v.COUNTS),
        "mutual": Flag(say["mutual"]),
        "kind": Word(say["kind"], choices=vocabulary.kinds()),
        "type": Word(say["type"], choices=vocabulary.own["types"]),
        "form": Word(say["form"], choices=v.FORMS),
        "size": Group(say["size"], keys=size),
        "channel": Words(say["channel"], choices=v.CHANNELS),
        "ways": ways(say["ways"], vocabulary),
        "sample": Group(say["sample"], keys=complete(check_rule.SAMPLE_KEYS, sample)),
        "share": Word(say["share"], choices=v.SHARES),
        "pro_rata": Flag(say["pro_rata"]),
        "delegable": Flag(say["delegable"]),
        "follow_up": Words(say["follow_up"], choices=v.FOLLOW_UPS),
        "report": Many(say["report"], item=Group(keys=report)),
        "assessed": Flag(say["assessed"]),
        "answer": span(say["answer"]),
        "except": Many(say["except"], item=Group(keys=exception)),
        "replaces": Word(say["replaces"], choices=vocabulary.upper),
    }
    shapes["rows"] = Kept(say["rows"])
    complete(check_rule.KEYS, shapes)
    return shapes


RARE = frozenset(
    {
        "text_only", "type", "form", "size", "ways", "sample", "share", "pro_rata", "delegable",
        "follow_up", "report", "assessed", "answer", "except", "replaces",
    }
)  # fmt: skip


def rule(vocabulary: v.Vocabulary) -> Group:
    return Group(keys=rule_shapes(vocabulary), rare=RARE)


def row(vocabulary: v.Vocabulary) -> Group:
    named = {"row": Line(labels.RULE["row"], help=labels.HELP["id"])}
    own = {
        key: shape for key, shape in rule_shapes(vocabulary).items() if key not in ("id", "rows")
    }
    return Group(keys={**named, **own}, rare=frozenset(own))


def citation() -> Group:
    say = labels.CITATION
    shapes: dict[str, Shape] = {
        "document": Line(say["document"]),
        "year": Line(say["year"], kind="number"),
        "article": Line(say["article"]),
        "section": Line(say["section"]),
        "issued": Word(say["issued"], choices=v.LEVELS),
        "clause": Line(say["clause"], kind="long", help=labels.HELP["clause"]),
        "source": Line(say["source"]),
        "verified": Flag(say["verified"]),
        "verified_by": Line(say["verified_by"]),
        "verified_on": Line(say["verified_on"], kind="day"),
    }
    return Group(keys=complete(check.CITATION_KEYS, shapes))


def head(beside: Choices) -> Group:
    say = labels.PACK
    valid = {
        "from": Line(_("From the day"), kind="day"),
        "to": Line(_("Until before the day"), kind="day"),
    }
    return Group(
        keys={
            "pack": Line(say["pack"], help=labels.HELP["id"]),
            "title": title(say["title"]),
            "version": Line(say["version"], help=labels.HELP["version"]),
            "level": Word(say["level"], choices=v.LEVELS),
            "organisations": Words(say["organisations"], choices=v.ORGANISATIONS),
            "extends": Words(say["extends"], help=labels.HELP["extends"], choices=beside),
            "valid": Group(say["valid"], keys=valid),
        }
    )


def own_words() -> Group:
    shapes: dict[str, Shape] = {
        sort: Named(label, item=Group(keys=LANGUAGES)) for sort, label in labels.WORDS.items()
    }
    return Group(keys=complete(check_own.WORD_KEYS, shapes))


def parameters() -> Named:
    return Named(item=amount(_("Number"), percent=False))


def calendars() -> Named:
    stretch = {
        "code": Line(_("Code, begins with the year")),
        "from": Line(_("First day"), kind="day"),
        "to": Line(_("Last day"), kind="day"),
    }
    return Named(item=Many(item=Group(keys=stretch)))
