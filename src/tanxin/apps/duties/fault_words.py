"""The sentence for each fault of a pack, and how to mend it."""

from collections.abc import Mapping

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tanxin.apps.duties.case_words import CASE_WHAT
from tanxin.core.policy import Fault

WHAT: Mapping[str, Lazy] = {
    # the text
    "file.empty": _("the file is empty"),
    "file.too-long": _("the file has more than %(most)s characters"),
    "yaml.syntax": _("this is not YAML: %(problem)s"),
    "yaml.anchor": _("anchors and references (& and *) are not allowed; write it out"),
    "yaml.tag": _("the tag %(tag)s is not allowed"),
    "yaml.too-deep": _("nested deeper than %(most)s levels"),
    "key.twice": _("“%(key)s” stands here twice"),
    "key.unknown": _("“%(key)s” is not a word that can stand here"),
    "key.missing": _("“%(key)s” is missing"),
    "value.unknown": _("“%(value)s” is not known here; one of: %(known)s"),
    "value.unreadable": _("“%(value)s” cannot be read"),
    "type.wrong": _("%(wanted)s must stand here, not %(got)s"),
    "number.too-small": _("%(got)s is too small; at least %(least)s"),
    "dated.order": _("the values of a parameter must follow one another by day"),
    # the pack and its clauses
    "pack.id": _("“%(value)s” is no id: small letters, digits and hyphens"),
    "pack.valid-backwards": _("it ends before it begins"),
    "pack.versions-overlap": _(
        "versions %(version)s and %(other)s of %(pack)s are valid at the same time"
    ),
    "pack.extends-unknown": _("%(pack)s extends “%(value)s”, which is not there"),
    "pack.extends-lower": _("%(pack)s extends “%(value)s”, which is of a lower level"),
    "citation.place": _("the clause names no article and no section"),
    "citation.verified": _("verified means: by whom and on which day"),
    # the rule
    "rule.id": _("“%(value)s” is no id: small letters, digits and hyphens"),
    "rule.id-twice": _("the id “%(value)s” was used in line %(line)s already"),
    "rule.cites-unknown": _("no citation is called “%(value)s”"),
    "rule.exception-id": _("“%(value)s” must begin with the id of its rule and a dot"),
    "rule.text-only": _("“%(key)s” makes no sense in a rule that is only text"),
    "rule.replaces-unknown": _("“%(value)s”, which it replaces, is not there"),
    "rule.lax": _(
        "asks for less than %(upper)s (%(less)s), which rests on %(document)s %(place)s: %(clause)s"
    ),
    "rule.answer": _("only a rule in words says how soon whoever asks has an answer"),
    "rule.kind-of-type": _("talks of the type “%(type)s” are of the kind %(below)s, not %(kind)s"),
    "rule.lapsed-unknown": _("no rule of this pack is called “%(value)s”"),
    "overlap": _("%(other)s speaks of the same people as %(rule)s; one talk may meet both"),
    "conflict": _(
        "%(other)s speaks of the same people as %(rule)s, but no talk meets both (%(respect)s)"
    ),
    "note.only-in-branch": _(
        "%(rule)s means only those of the branch itself; whoever has a post in the department"
        " and no part in the branch is left out"
    ),
    "note.unused": _("no rule uses “%(value)s”"),
    # an organisation's own words
    "own.known": _("“%(value)s” is a word of everybody already"),
    "own.word": _("“%(value)s” is no word: small letters, digits and _, at most %(most)s"),
    "calendar.code": _("“%(value)s” is no code: it begins with the year, such as 2026-T1"),
    "calendar.overlap": _("%(value)s begins before the period before it has ended"),
    # whom, who, when
    "people.one-of": _("one of these says who is meant: %(known)s"),
    "people.yes": _("“%(key)s” can only be yes"),
    "people.of-without-seat": _("“of” goes with a seat only"),
    "people.also": _("“also” looks at one of these: %(known)s"),
    "people.any-in-any": _("“any” holds no other “any”"),
    "years.which": _("at least how many years, or fewer than how many?"),
    "years.none": _("nobody has at least %(least)s and fewer than %(got)s years"),
    "talked.working-days": _("looking back is in days, weeks, months or years"),
    "relation.one-of": _("one of these says how they belong together: %(known)s"),
    "sample.one-of": _("how many people, or how many per cent?"),
    "relation.who": _(
        "whoever talks cannot be “%(got)s” in the relation “%(relation)s”; use: %(known)s"
    ),
    "relation.whom": _(
        "whoever is talked with cannot be “%(got)s” in the relation “%(relation)s”; use: %(known)s"
    ),
    "relation.never-unit": _(
        "nobody is meant: a part in a branch is held in the branch, a post in the department;"
        " say who in the department, and “also” what he is in the branch"
    ),
    "relation.never-anyone": _(
        "nobody is meant: “anyone” in the relation “%(relation)s” is whoever an event is about;"
        " say who is talked with, such as members, or “after” which event"
    ),
    "people.plain": _("“%(key)s” cannot stand here; only what somebody holds can: %(known)s"),
    "time.mixed": _("“%(key)s” does not go with the rest; allowed: %(allowed)s"),
    "time.one-unit": _("one unit of time, one of: %(known)s"),
    "time.after-what": _("after which event or state?"),
    "time.opens-late": _("it opens after it is due"),
    "time.answers-itself": _(
        "talks of this rule are “%(value)s” themselves, so each would ask for another"
    ),
    "time.percent": _("a share is at most 100 per cent"),
    "time.percent-count": _("a share is counted by initiator or by partners, not by %(count)s"),
    "time.only-of": _("“only” chooses among these: %(known)s; not among %(each)s"),
    "time.only-number": _("there is no number %(got)s; the last one is %(most)s"),
    "time.spread-with": _("“spread” goes with whole periods of the calendar only"),
    "time.spread-longer": _("%(spread)s is not a part of %(each)s"),
    "time.spread-uneven": _("the number cannot be spread evenly over %(parts)s parts"),
}
# What sorts of values are called, and in which respect two rules differ.
NAMES: Mapping[str, Lazy] = {
    "mapping": pgettext_lazy("value", "words with values, in braces"),
    "list": pgettext_lazy("value", "a list"),
    "text": pgettext_lazy("value", "a word or text"),
    "number": pgettext_lazy("value", "a number"),
    "day": pgettext_lazy("value", "a day such as 2026-01-31"),
    "yes-or-no": pgettext_lazy("value", "yes or no"),
    "nothing": pgettext_lazy("value", "nothing"),
    "kind": pgettext_lazy("respect", "kind of talk"),
    "type": pgettext_lazy("respect", "type of talk"),
    "form": pgettext_lazy("respect", "form"),
    "channel": pgettext_lazy("respect", "ways to hold it"),
}


def sentence(fault: Fault) -> str:
    """What is wrong; a fault without words of its own shows its code."""
    words = WHAT.get(fault.code) or CASE_WHAT.get(fault.code)
    if words is None:
        return fault.code
    known = _Params({key: _named(key, value) for key, value in fault.params.items()})
    return str(words) % known


def _named(key: str, value: str) -> str:
    return str(NAMES[value]) if key in ("wanted", "got", "respect") and value in NAMES else value


def mend(fault: Fault) -> str:
    """What was probably meant, or what works in this place; empty where nobody can tell."""
    if fault.hint:
        return gettext("Did you mean “%(hint)s”?") % {"hint": fault.hint}
    if fault.example:
        return gettext("This works:") + "\n" + fault.example.rstrip()
    return ""


class _Params(dict[str, str]):
    def __missing__(self, _key: str) -> str:
        return "…"
