"""Duties as plain values, for commands and interfaces."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.core.policy import explain, rule_from_data


class DutyLine(TypedDict):
    id: str
    rule: str
    period: str
    initiator: str
    subject: str | None
    mutual: bool
    opens: str
    due: str
    kind: str
    state: str
    met_on: str | None


class ClauseLine(TypedDict):
    document: str
    place: str
    clause: str
    verified: bool


class FactLine(TypedDict):
    side: str
    code: str
    what: str
    start: str | None
    end: str | None


class Told(TypedDict):
    duty: DutyLine
    pack: str
    version: str
    title: str
    clauses: list[ClauseLine]
    numbers: dict[str, str]
    facts: list[FactLine]


def line_of(duty: Duty) -> DutyLine:
    return DutyLine(
        id=str(duty.pk),
        rule=f"{duty.rule.pack}/{duty.rule.rule}",
        period=duty.period,
        initiator=str(duty.initiator_id),
        subject=_id(duty.subject_id),
        mutual=duty.mutual,
        opens=duty.opens.isoformat(),
        due=duty.due.isoformat(),
        kind=duty.kind,
        state=duty.state,
        met_on=_day(duty.met_on),
    )


def explained(duty: Duty) -> Told:
    """Why it is owed; ask the door for the permission to know the reason first."""
    told = explain(duty, rule_from_data(duty.rule.text))
    return Told(
        duty=line_of(duty),
        pack=duty.rule.pack,
        version=duty.rule.version,
        title=told.title.zh,
        clauses=[
            ClauseLine(
                document=each.document,
                place=each.place,
                clause=each.clause,
                verified=each.verified,
            )
            for each in told.citations
        ],
        numbers=dict(told.numbers),
        facts=[
            FactLine(
                side=each.side.value,
                code=each.code,
                what=each.what,
                start=_day(each.start),
                end=_day(each.end),
            )
            for each in told.facts
        ],
    )


def _id(value: UUID | None) -> str | None:
    return str(value) if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
