"""The page of the rule language, read off the schema: every word with what it says and an example.

The texts are in ``rule_language.yaml``. A word of the schema without a text, or a text without a
word, raises; tests check that every example is accepted.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.utils import translation

from tanxin.apps.org.codes import table
from tanxin.core.policy import (
    check,
    check_manner,
    check_own,
    check_people,
    check_rule,
    check_time,
    load_packs,
    words,
)
from tanxin.core.policy.manner import Part
from tanxin.core.policy.schema import Count, Relation, TextReason
from tanxin.web.org import words as org_words
from tanxin.web.rules import words as rule_words
from tanxin.web.talks.words import PARTS

TEXTS = Path(__file__).with_suffix(".yaml")
PATTERNS = tuple(f"V{number}" for number in range(1, 31))

# Section of the texts → heading, and the words of the schema that it must speak of.
SECTIONS: Mapping[str, tuple[str, Sequence[str]]] = {
    "pack": ("The pack", check.KEYS),
    "citation": ("A citation", check.CITATION_KEYS),
    "own": ("Words of one's own", check_own.WORD_KEYS),
    "rule": ("A rule", check_rule.KEYS),
    "people": ("Who and whom", (*check_people.HOLDINGS, "of")),
    "narrowing": ("Who and whom, narrowed", check_people.NARROWING),
    "relation": ("Relation", tuple(Relation)),
    "time": ("Time", check_time.KEYS),
    "after": ("Time: after what", check_time.AFTER_KEYS),
    "before": ("Time: before what", check_time.BEFORE_KEYS),
    "count": ("Count", tuple(Count)),
    "sample": ("Sample", check_rule.SAMPLE_KEYS),
    "manner": ("Kinds and types", ("title", "kind", *check_manner.KEYS)),
    "text_only": ("Text only", tuple(TextReason)),
    "patterns": ("Patterns", PATTERNS),
}
_OF_A_PACK = ("pack", "own", "manner")
_BASE = """\
pack: example
title: {zh: 示例, en: Example}
version: 1
level: unit
valid: {from: 2026-01-01}
citations:
  c: {document: 本局制度, year: 2026, article: 3, issued: unit, clause: 每年谈心一次。}
types: {praise: {title: {zh: 勉励谈话, en: Praise}, kind: routine}}
calendars: {rounds: [{code: 2026-R1, from: 2026-01-01, to: 2026-03-31}]}
rules:
  - id: r
    title: {zh: 规则, en: Rule}
    who: {seat: chief, of: leadership}
    whom: {seat: [deputy, member], of: leadership}
    relation: team
    time: {at_least: 1, each: year}
    count: pair
    cites: c
    kind: routine
"""


Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


class WordsDiffer(Exception):
    """The texts speak of other words than the schema has."""


def texts() -> Texts:
    found: Texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    for section, (_, known) in SECTIONS.items():
        differing = set(found[section]) ^ {str(word) for word in known}
        if differing:
            raise WordsDiffer(f"{section}: {', '.join(sorted(differing))}")
    return found


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield section, word and a whole pack for every example."""
    for section, entries in texts().items():
        if section == "patterns":
            continue
        for word, entry in entries.items():
            if "example" in entry:
                yield section, word, pack_with(section, entry["example"])


def pack_with(section: str, example: str) -> str:
    """Return a pack that says what the example says."""
    pack = yaml.safe_load(_BASE)
    said = yaml.safe_load(example)
    if section in _OF_A_PACK:
        pack.update(said)
        return dumped(pack)
    rule = pack["rules"][0]
    if "text_only" in said:
        for key in ("who", "whom", "relation", "time", "count"):
            del rule[key]
    rule.update(said)
    return dumped(pack)


def dumped(pack: Mapping[str, Any]) -> str:
    class Plain(yaml.SafeDumper):
        """Writes everything out: packs know no references."""

        def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 none is one
            return True

    return yaml.dump(pack, Dumper=Plain, allow_unicode=True, sort_keys=False)


def faults_of(text: str) -> list[str]:
    return [f"{fault.code} {dict(fault.params)}" for fault in load_packs({"a": text}).faults]


def rule_language() -> Iterator[str]:
    yield "# Rule language"
    yield ""
    yield "A pack is one YAML file. Its words are a closed list: a word that is not here is a fault"
    yield "with file, line, the word that was probably meant and an example. Nothing in a pack is"
    yield "evaluated. `tanxin rules check FILE` says what is wrong, and where two rules speak of"
    yield "the same people. Whom, who and when are three small vocabularies; options combine."
    found = texts()
    for section, (heading, _) in SECTIONS.items():
        yield ""
        yield f"## {heading}"
        yield ""
        if section == "patterns":
            yield "| pattern | how it is written | rule to look at |"
        else:
            yield "| word | says | example |"
        yield "| --- | --- | --- |"
        for word, entry in found[section].items():
            shown = f"`{entry['example']}`" if "example" in entry else ""
            yield f"| `{word}` | {entry['says']} | {shown} |"
    yield from _fitting()
    with translation.override("zh-hans"):
        yield from _worded("States", words.STATES, org_words.STATES)
        yield from _worded("Events", words.EVENTS, rule_words.EVENTS)
        yield from _worded("Who approves, signs and takes part", tuple(Part), PARTS)
        yield from _worded("Political affiliation", words.POLITICS, table("politics").words)
    yield from _listed("Personal dates", words.DATES)
    yield from _listed("Ranks", words.RANK_CODES)


def _fitting() -> Iterator[str]:
    """Who may stand on which side of a relation."""
    yield from ("", "## Who fits which relation", "")
    yield from ("| relation | `who` | `whom` |", "| --- | --- | --- |")
    for relation, sides in check_people.FITTING.items():
        shown = (", ".join(f"`{each}`" for each in sorted(side)) for side in sides)
        yield f"| `{relation}` | {' | '.join(shown)} |"
    yield ""
    yield "`any` may hold any of these. In `unit`, a `branch` role meets seats and roles of the"
    yield "same branch, never a `post` or a `head`, which stand in departments: write who it is"
    yield "there, with `also: {branch: …}`. In `branch` and `reception`, `anyone` is whom an event"
    yield "is about."


def _worded(heading: str, known: Sequence[str], named: Mapping[str, object]) -> Iterator[str]:
    yield from ("", f"## {heading}", "", "| word | means |", "| --- | --- |")
    for word in known:
        said = named[word]
        yield f"| `{word}` | {said[0] if isinstance(said, tuple) else said} |"


def _listed(heading: str, known: Sequence[str]) -> Iterator[str]:
    yield ""
    yield f"## {heading}"
    yield ""
    yield ", ".join(f"`{word}`" for word in known) + "."
