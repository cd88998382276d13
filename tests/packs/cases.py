"""Cases beside the packs: an organisation in a few lines → facts, and what is expected of it."""

import re
from datetime import date
from importlib.resources import files

import pytest
import yaml

from tanxin.core.policy import (
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
    Snapshot,
    StateFact,
    TalkFact,
    TeamFact,
    TenureFact,
    TraitFact,
    UnitFact,
)
from tanxin.packs import LIBRARY

_DATED = re.compile(r"(?P<what>.*?)(?: (?P<start>[\d-]*)\.\.(?P<end>[\d-]*))?")


def dated(text):
    """Split ``member 2026-09-01..`` into the word and its two days."""
    found = _DATED.fullmatch(text)
    days = [date.fromisoformat(found[name]) if found[name] else None for name in ("start", "end")]
    return (found["what"], *days)


def snapshot_of(given):
    facts = {}
    for kind, content in given.items():
        for name, rows in _READERS[kind](content):
            facts.setdefault(name, []).append(rows)
    return Snapshot(**facts)


def _teams(content):
    for name, seats in content.items():
        word, _, kind = name.partition(" (")
        unit, _, own = word.partition("/")
        unit = unit if own else "bureau"
        yield "teams", TeamFact(word, unit, kind.rstrip(")") or "leadership")
        for person, text in seats.items():
            role, start, end = dated(text)
            yield "seats", SeatFact(word, person, role, start, end)


def _branches(content):
    for branch, members in content.items():
        for person, text in members.items():
            role, start, end = dated(text)
            yield "members", BranchMemberFact(person, branch, role, start, end)


def _charges(content):
    for person, text in content.items():
        unit, start, end = dated(text)
        yield "charges", ChargeFact(person, unit, start, end)


def _heads(content):
    yield from _posts({unit: {person: "head"} for unit, person in content.items()})


def _posts(content):
    for unit, people in content.items():
        for person, text in people.items():
            level, start, end = dated(text)
            post = f"{unit} {person} {level}"
            yield "posts", PostFact(post, unit, level)
            yield "tenures", TenureFact(person, post, start, end)


def _states(content):
    for person, text in content.items():
        kind, start, end = dated(text)
        yield "states", StateFact(f"{person} {kind}", person, kind, start, end)


def _events(content):
    for number, event in enumerate(content):
        about = {key: value for key, value in event.items() if key not in ("kind", "day")}
        yield "events", EventFact(f"event {number}", event["kind"], event["day"], **about)


def _contacts(content):
    for contact in content:
        yield "contacts", ContactFact(**contact)


def _units(content):
    """A second spell of a unit is written with a star after its name."""
    for unit, text in content.items():
        what, start, end = dated(text)
        kind, _, parent = what.partition(" under ")
        yield "units", UnitFact(unit.rstrip("*"), kind, parent or None, start, end)


def _ranks(content):
    for person, text in content.items():
        rank, start, end = dated(text)
        yield "traits", TraitFact(person, "rank", rank, start, end)


def _dates(content):
    for person, days in content.items():
        for kind, day in days.items():
            yield "dates", DateFact(person, kind, day)


def _talks(content):
    for number, talk in enumerate(content):
        about = {key: value for key, value in talk.items() if key != "day"}
        yield "talks", TalkFact(f"talk {number}", on=talk["day"], **about)


def _lapses(content):
    for number, lapse in enumerate(content):
        yield "lapses", LapseFact(f"lapse {number}", lapse["person"], lapse["rule"], lapse["day"])


def _rows(name, make):
    def read(content):
        return ((name, make(**row)) for row in content)

    return read


_READERS = {
    "team": _teams,
    "branch": _branches,
    "charge": _charges,
    "head": _heads,
    "post": _posts,
    "state": _states,
    "event": _events,
    "contact": _contacts,
    "unit": _units,
    "rank": _ranks,
    "date": _dates,
    "talk": _talks,
    "lapse": _lapses,
    "authority": _rows("authorities", AuthorityFact),
    "delegate": _rows("delegates", DelegateFact),
}


def told(duty):
    """A duty in the words of a case."""
    return {
        "rule": duty.rule.rule, "pack": duty.rule.pack, "who": duty.initiator,
        "whom": duty.subject, "opens": duty.opens, "by": duty.due, "mutual": duty.mutual,
        "shared": duty.shared, "kind": duty.kind, "hidden": duty.sensitive,
    }  # fmt: skip


def matches(expected, duty):
    """Whether the duty is one of those expected; ``times`` says how many of them there are."""
    return all(told(duty)[key] == value for key, value in expected.items() if key != "times")


def all_cases():
    for pack in LIBRARY:
        for file in sorted(
            (files("tanxin.packs") / pack / "cases").iterdir(), key=lambda file: file.name
        ):
            common = yaml.safe_load(file.read_text(encoding="utf-8"))
            for case in common.pop("cases"):
                given = {**common.get("given", {}), **case.get("given", {})}
                whole = {**common, **case, "given": given}
                yield pytest.param(whole, id=f"{pack}/{file.name}:{case['case']}")
