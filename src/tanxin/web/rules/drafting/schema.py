"""The forms of all that a pack can say, read off the checker's own lists of words.

A word that the checker knows and no form shows, or the other way round, raises when it is met.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.policy import check, check_manner, check_own, check_rule
from tanxin.web.rules.drafting import labels
from tanxin.web.rules.drafting import vocabulary as v
from tanxin.web.rules.drafting.pieces import LANGUAGES, amount, complete, span, title
from tanxin.web.rules.drafting.shapes import (
    Choices,
    Flag,
    Group,
    Kept,
    Line,
    Many,
    Named,
    Shape,
    Word,
    Words,
)
from tanxin.web.rules.drafting.who_and_when import holders, people, relation, time

RARE = frozenset(
    {
        "text_only", "type", "form", "size", "ways", "sample", "share", "pro_rata", "delegable",
        "follow_up", "report", "assessed", "answer", "except", "replaces",
    }
)  # fmt: skip


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
        "signing": Word(say["signing"], choices=v.SIGNINGS),
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
