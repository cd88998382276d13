"""Cases beside the packs: an organisation in a few lines → facts, and what is expected of it."""

import re
from datetime import date
from importlib.resources import files

import pytest
import yaml

from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    PostFact,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
)
from tanxin.packs import SHIPPED

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
            post = f"{unit} {level}"
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
    for unit, text in content.items():
        kind, _, parent = text.partition(" under ")
        yield "units", UnitFact(unit, kind, parent or None)


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
}


def told(duty):
    """A duty in the words of a case."""
    return {
        "rule": duty.rule.rule, "pack": duty.rule.pack, "who": duty.initiator,
        "whom": duty.subject, "opens": duty.opens, "by": duty.due, "mutual": duty.mutual,
        "shared": duty.shared,
    }  # fmt: skip


def matches(expected, duty):
    return all(told(duty)[key] == value for key, value in expected.items())


def all_cases():
    for pack in SHIPPED:
        for file in sorted(
            (files("tanxin.packs") / pack / "cases").iterdir(), key=lambda file: file.name
        ):
            common = yaml.safe_load(file.read_text(encoding="utf-8"))
            for case in common.pop("cases"):
                given = {**common.get("given", {}), **case.get("given", {})}
                whole = {**common, **case, "given": given}
                yield pytest.param(whole, id=f"{pack}/{file.name}:{case['case']}")
