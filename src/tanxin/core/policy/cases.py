"""Cases beside a pack: an organisation in a few lines, what is owed in it and what must not be.

``given`` tells the facts, person: role with its days (first..first day after). ``expect`` is
complete for every rule it names; ``absent`` names rules, or duties, that must not be.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy.derive import derive
from tanxin.core.policy.duty import Duty
from tanxin.core.policy.facts import (
    AuthorityFact,
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    DateFact,
    DelegateFact,
    EventFact,
    LapseFact,
    PostFact,
    SeatFact,
    StateFact,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
)
from tanxin.core.policy.schema import Pack
from tanxin.core.policy.snapshot import Snapshot

_DATED = re.compile(r"(?P<what>.*?)(?: (?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")
Case = Mapping[str, Any]
_Told = Iterator[tuple[str, Any]]
_Reading = Callable[[Sequence[Mapping[str, Any]]], _Told]


class CaseUnreadable(ValueError):
    """A case says something that no case can say."""


@dataclass(frozen=True, slots=True)
class Miss:
    """``expected`` came out ``found`` times instead of ``wanted``; or a duty that must not be."""

    said: Mapping[str, Any]
    wanted: int
    found: int


def cases_in(text: str) -> Iterator[Case]:
    """Return the cases of a file, each with what they have in common.

    Raises ``CaseUnreadable``.
    """
    try:
        common = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise CaseUnreadable(str(broken)) from broken
    cases = common.get("cases") if isinstance(common, Mapping) else None
    if not isinstance(cases, list) or not all(isinstance(case, Mapping) for case in cases):
        raise CaseUnreadable("cases")
    rest = {key: value for key, value in common.items() if key != "cases"}
    for case in cases:
        yield {**rest, **case, "given": {**rest.get("given", {}), **case.get("given", {})}}


def misses(case: Case, packs: Sequence[Pack]) -> list[Miss]:
    """Return where what is owed differs from what the case says.

    Raises ``CaseUnreadable``.
    """
    try:
        found = duties_of(case, packs)
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise CaseUnreadable(f"{type(problem).__name__}: {problem}") from problem
    expected = case.get("expect", [])
    wrong = []
    for each in expected:
        wanted, came = each.get("times", 1), sum(matches(each, duty) for duty in found)
        if came != wanted:
            wrong.append(Miss(each, wanted, came))
    named = {each["rule"] for each in expected}
    wrong.extend(
        Miss(told(duty), 0, 1)
        for duty in found
        if duty.rule.rule in named and not any(matches(each, duty) for each in expected)
    )
    for absent in case.get("absent", []):
        unwanted = absent if isinstance(absent, Mapping) else {"rule": absent}
        came = sum(matches(unwanted, duty) for duty in found)
        if came:
            wrong.append(Miss(unwanted, 0, came))
    return wrong


def duties_of(case: Case, packs: Sequence[Pack]) -> list[Duty]:
    horizon = date(case["year"], 1, 1), date(case["year"] + 1, 1, 1)
    snapshot = snapshot_of(case["given"])
    return list(derive(snapshot, packs, horizon, WorkCalendar(), today=case["today"]))


def told(duty: Duty) -> Mapping[str, Any]:
    """Return a duty in the words of a case."""
    return {
        "rule": duty.rule.rule, "pack": duty.rule.pack, "who": duty.initiator,
        "whom": duty.subject, "opens": duty.opens, "by": duty.due, "mutual": duty.mutual,
        "shared": duty.shared, "kind": duty.kind, "hidden": duty.sensitive,
    }  # fmt: skip


def matches(expected: Mapping[str, Any], duty: Duty) -> bool:
    """Say whether the duty is one of those expected; ``times`` is how many there are."""
    words = told(duty)
    return all(words[key] == value for key, value in expected.items() if key != "times")


def snapshot_of(given: Mapping[str, Any]) -> Snapshot:
    facts: dict[str, list[Any]] = {}
    for kind, content in given.items():
        for name, row in _READERS[kind](content):
            facts.setdefault(name, []).append(row)
    return Snapshot(**facts)


def _dated(text: str) -> tuple[str, date | None, date | None]:
    """Split ``member 2026-09-01..`` into the word and its two days."""
    found = _DATED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    start, end = (
        date.fromisoformat(found[name]) if found[name] else None for name in ("start", "end")
    )
    return found["what"], start, end


def _teams(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for name, seats in content.items():
        word, _, kind = name.partition(" (")
        unit, _, own = word.partition("/")
        yield "teams", TeamFact(word, unit if own else "bureau", kind.rstrip(")") or "leadership")
        for person, text in seats.items():
            yield "seats", SeatFact(word, person, *_dated(text))


def _branches(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for branch, members in content.items():
        for person, text in members.items():
            yield "members", BranchMemberFact(person, branch, *_dated(text))


def _charges(content: Mapping[str, str]) -> _Told:
    for person, text in content.items():
        yield "charges", ChargeFact(person, *_dated(text))


def _heads(content: Mapping[str, str]) -> _Told:
    yield from _posts({unit: {person: "head"} for unit, person in content.items()})


def _posts(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for unit, people in content.items():
        for person, text in people.items():
            level, start, end = _dated(text)
            post = f"{unit} {person} {level}"
            yield "posts", PostFact(post, unit, level)
            yield "tenures", TenureFact(person, post, start, end)


def _states(content: Mapping[str, str]) -> _Told:
    for person, text in content.items():
        kind, start, end = _dated(text)
        yield "states", StateFact(f"{person} {kind}", person, kind, start, end)


def _units(content: Mapping[str, str]) -> _Told:
    """A second spell of a unit is written with a star after its name."""
    for unit, text in content.items():
        what, start, end = _dated(text)
        kind, _, parent = what.partition(" under ")
        yield "units", UnitFact(unit.rstrip("*"), kind, parent or None, start, end)


def _ranks(content: Mapping[str, str]) -> _Told:
    for person, text in content.items():
        rank, start, end = _dated(text)
        yield "traits", TraitFact(person, "rank", rank, start, end)


def _dates(content: Mapping[str, Mapping[str, date]]) -> _Told:
    for person, days in content.items():
        for kind, day in days.items():
            yield "dates", DateFact(person, kind, day)


def _numbered(
    name: str, make: Callable[..., Any]
) -> Callable[[Sequence[Mapping[str, Any]]], _Told]:
    """Read rows that have an id, which is their number, and a ``day``."""

    def read(content: Sequence[Mapping[str, Any]]) -> _Told:
        for number, row in enumerate(content):
            about = {key: value for key, value in row.items() if key != "day"}
            yield name, make(id=f"{name} {number}", on=row["day"], **about)

    return read


def _plain(name: str, make: Callable[..., Any]) -> _Reading:
    def read(content: Sequence[Mapping[str, Any]]) -> _Told:
        return ((name, make(**row)) for row in content)

    return read


_READERS: Mapping[str, Callable[[Any], _Told]] = {
    "team": _teams,
    "branch": _branches,
    "charge": _charges,
    "head": _heads,
    "post": _posts,
    "state": _states,
    "unit": _units,
    "rank": _ranks,
    "date": _dates,
    "event": _numbered("events", EventFact),
    "talk": _numbered("talks", TalkFact),
    "lapse": _numbered("lapses", LapseFact),
    "contact": _plain("contacts", ContactFact),
    "authority": _plain("authorities", AuthorityFact),
    "delegate": _plain("delegates", DelegateFact),
}
