"""The page of the words of cases, read off the code: every word with what it says and an example.

The texts are in ``rule_cases.yaml``. A word of the code without a text, or a text without a word,
raises; tests run every example.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import yaml

from tanxin.core.policy.case_facts import GIVEN
from tanxin.core.policy.case_faults import CASE_KEYS, EXPECT_KEYS
from tanxin.core.policy.case_given import ROWS

TEXTS = Path(__file__).with_suffix(".yaml")
# Section of the texts → heading, and the words of the code that it must speak of.
SECTIONS: Mapping[str, tuple[str, Sequence[str]]] = {
    "case": ("A file of cases", (*CASE_KEYS, "cases")),
    "given": ("What is given", GIVEN),
    **{kind: (f"Given: each row of `{kind}`", tuple(keys)) for kind, keys in ROWS.items()},
    "expect": ("What is expected, and what must not be", EXPECT_KEYS),
}
BASE = """\
packs: [national, three-musts, university, branch]
today: 2026-05-20
year: 2026
given:
  unit: {bureau: organ, office: department under bureau}
  team: {leaders: {cleo: chief}}
  branch: {first: {ada: secretary, ben: member}}
cases:
  - expect: [{rule: branch-committee-member, who: ada, whom: ben}]
"""
Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


class WordsOfCasesDiffer(Exception):
    """The texts speak of other words than the code has."""


def texts() -> Texts:
    found: Texts = yaml.safe_load(TEXTS.read_text("utf-8"))
    for section, (_, known) in SECTIONS.items():
        differing = set(found.get(section, ())) ^ set(known)
        if differing:
            raise WordsOfCasesDiffer(f"{section}: {', '.join(sorted(differing))}")
    return found


def examples() -> Iterator[tuple[str, str, str]]:
    """Yield section, word and a whole file of cases for every example."""
    for section, entries in texts().items():
        for word, entry in entries.items():
            yield section, word, file_with(section, entry["example"])


def file_with(section: str, example: str) -> str:
    base, said = yaml.safe_load(BASE), yaml.safe_load(example)
    if section == "case" and not set(said) & {"case", "expect", "absent"}:
        base.update(said)
    elif section in ("case", "expect"):
        base["cases"][0].update(said)
    else:
        base["given"].update(said)
    return str(yaml.safe_dump(base, allow_unicode=True, sort_keys=False))


def rule_cases() -> Iterator[str]:
    yield "# Words of cases"
    yield ""
    yield "Cases stand beside a pack, in `cases/*.yaml`: an organisation in a few lines, the duties"
    yield "that must come in it and those that must not. `tanxin rules cases FOLDER` runs them all,"
    yield "`tanxin rules cases FILE` those of one file. A word that is not here is a fault with"
    yield "file, line, what was probably meant and which words there are."
    yield ""
    yield "After a role, a state, a unit or a code stand the days it holds, if it did not hold"
    yield "always: `member 2026-03-01..2026-09-01`. Either day may be left out; the second is the"
    yield "first day no longer. Names of people, units, branches and teams are yours to choose;"
    yield "figures, `yes` and `no` are put in quotes where they are names or codes."
    yield ""
    yield "Roles, states, events, contacts and ranks are those of the"
    yield "[rule language](rule-language.md), with the words that the packs of the case bring."
    yield "How to begin: [from a regulation to a pack](../how-to/write-a-rule-pack.md)."
    found = texts()
    for section, (heading, known) in SECTIONS.items():
        yield ""
        yield f"## {heading}"
        yield ""
        yield "| word | says | example |"
        yield "| --- | --- | --- |"
        for word in known:
            entry = found[section][word]
            yield f"| `{word}` | {entry['says']} | `{entry['example']}` |"
