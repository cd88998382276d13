"""What ``given`` tells in a case, as facts."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from tanxin.core.policy import words
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
from tanxin.core.policy.snapshot import Snapshot

_DATED = re.compile(r"(?P<what>.*?)(?: (?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")
# The unit of a team that names none.
TOP = "bureau"
_Told = Iterator[tuple[str, Any]]
_Reading = Callable[[Sequence[Mapping[str, Any]]], _Told]


def snapshot_of(given: Mapping[str, Any]) -> Snapshot:
    facts: dict[str, list[Any]] = {}
    for kind, content in given.items():
        for name, row in _READERS[kind](content) if content else ():
            facts.setdefault(name, []).append(row)
    return Snapshot(**facts)


def dated(text: str) -> tuple[str, date | None, date | None]:
    """Split ``member 2026-09-01..`` into the word and its two days.

    Raises ``ValueError`` for what is no day.
    """
    found = _DATED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    start, end = (
        date.fromisoformat(found[name]) if found[name] else None for name in ("start", "end")
    )
    return found["what"], start, end


def team_of(name: str) -> tuple[str, str, str]:
    """Split ``office/party (party_group)`` into the team, its unit and its kind."""
    word, _, kind = name.partition(" (")
    unit, _, own = word.partition("/")
    return word, unit if own else TOP, kind.rstrip(")") or "leadership"


def _teams(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for name, seats in content.items():
        word, unit, kind = team_of(name)
        yield "teams", TeamFact(word, unit, kind)
        for person, text in seats.items():
            yield "seats", SeatFact(word, person, *dated(text))


def _branches(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for branch, members in content.items():
        for person, text in members.items():
            yield "members", BranchMemberFact(person, branch, *dated(text))


def _charges(content: Mapping[str, str]) -> _Told:
    for person, text in content.items():
        yield "charges", ChargeFact(person, *dated(text))


def _heads(content: Mapping[str, str]) -> _Told:
    for unit, text in content.items():
        person, space, days = text.partition(" ")
        yield from _posts({unit: {person: f"head{space}{days}"}})


def _posts(content: Mapping[str, Mapping[str, str]]) -> _Told:
    for unit, people in content.items():
        for person, text in people.items():
            level, start, end = dated(text)
            post = f"{unit} {person} {level}"
            yield "posts", PostFact(post, unit, level)
            yield "tenures", TenureFact(person, post, start, end)


def _states(content: Mapping[str, str | Sequence[str]]) -> _Told:
    for person, texts in content.items():
        for text in [texts] if isinstance(texts, str) else texts:
            kind, start, end = dated(text)
            yield "states", StateFact(f"{person} {text}", person, kind, start, end)


def _units(content: Mapping[str, str]) -> _Told:
    """A second spell of a unit is written with a star after its name."""
    for unit, text in content.items():
        what, start, end = dated(text)
        kind, parent = under(what)
        yield "units", UnitFact(unit.rstrip("*"), kind, parent or None, start, end)


def under(what: str) -> tuple[str, str]:
    """Split ``section under office`` into the kind of a unit and the unit above it."""
    kind, _, parent = what.partition(" under ")
    return kind, parent


def _traits(kind: str) -> Callable[[Mapping[str, str]], _Told]:
    def read(content: Mapping[str, str]) -> _Told:
        for person, text in content.items():
            value, start, end = dated(text)
            yield "traits", TraitFact(person, kind, value, start, end)

    return read


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
    **{kind: _traits(kind) for kind in words.TRAITS},
    "date": _dates,
    "event": _numbered("events", EventFact),
    "talk": _numbered("talks", TalkFact),
    "lapse": _numbered("lapses", LapseFact),
    "contact": _plain("contacts", ContactFact),
    "authority": _plain("authorities", AuthorityFact),
    "delegate": _plain("delegates", DelegateFact),
}
GIVEN = tuple(_READERS)
