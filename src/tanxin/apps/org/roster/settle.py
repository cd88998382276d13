"""Answers to a roster's questions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from tanxin.apps.org.roster.dates import When, read_when
from tanxin.apps.org.roster.findings import Finding, Severity
from tanxin.apps.org.roster.places import RowKey
from tanxin.apps.org.roster.rows import (
    AuthorityRow,
    ChargeRow,
    ContactRow,
    EventRow,
    PersonRow,
    Roster,
    StateRow,
    TeamRow,
    UnitRow,
)

# A question about a person named in another row is answered with the person's number.
ANSWERED_BY = {"name": "number", "other": "other_number"}
DAYS = frozenset({"started_work", "joined_party", "post_since", "rank_since", "start", "on"})
AnyRow = TypeVar(
    "AnyRow",
    PersonRow, UnitRow, TeamRow, ChargeRow, ContactRow, StateRow, EventRow, AuthorityRow,
)  # fmt: skip
Answers = Mapping[RowKey, Sequence[tuple[Finding, str]]]


def settle(roster: Roster, answers: Mapping[str, str]) -> Roster:
    """The roster with questions answered: ``Finding.key`` → one of its ``readings``.

    An answer that is none of the readings is left unheard; its question stays.
    """
    heard = [
        (finding, answers[finding.key])
        for finding in roster.questions
        if answers.get(finding.key) in finding.readings
    ]
    by_row: dict[RowKey, list[tuple[Finding, str]]] = {}
    for finding, answer in heard:
        by_row.setdefault(roster.row_of(finding), []).append((finding, answer))
    done = {finding.key for finding, _ in heard}
    return replace(
        roster,
        people=tuple(answered(row, by_row) for row in roster.people),
        units=tuple(answered(row, by_row) for row in roster.units),
        teams=tuple(answered(row, by_row) for row in roster.teams),
        charges=tuple(answered(row, by_row) for row in roster.charges),
        contacts=tuple(answered(row, by_row) for row in roster.contacts),
        states=tuple(answered(row, by_row) for row in roster.states),
        events=tuple(answered(row, by_row) for row in roster.events),
        authorities=tuple(answered(row, by_row) for row in roster.authorities),
        findings=tuple(
            f for f in roster.findings if f.severity is not Severity.QUESTION or f.key not in done
        ),
    )


def answered(row: AnyRow, answers: Answers) -> AnyRow:
    for finding, answer in answers.get(row.where.key, ()):
        field = ANSWERED_BY.get(finding.field, finding.field)
        held = getattr(row, finding.field)
        # A cell that lists several units became several rows; each question is about one.
        if isinstance(held, str) and held and finding.params.get("value", held) != held:
            continue
        row = replace(row, **{field: value_of(field, answer)})
    return row


def value_of(field: str, answer: str) -> Any:  # noqa: ANN401  of whatever type the field has
    when = read_when(answer) if field in DAYS or field == "end" else None
    if isinstance(when, When):
        return when.after if field == "end" else when.first
    if field == "states":
        return (answer,)
    return answer[:7] if field == "birth" else answer
