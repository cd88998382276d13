"""Why a duty exists: its rule as it was then, and the facts it rests on with their sources."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Event
from tanxin.apps.org.selectors import FactLine, facts_of
from tanxin.core.policy import (
    Cause,
    Explanation,
    Rule,
    UsedFact,
    explain,
    rule_from_data,
    why_new,
)
from tanxin.core.policy.absence import ABSENCES, LONG_ABSENT
from tanxin.core.policy.schema import Side

# How a fact of the trace is called among somebody's own facts, for either side of it.
AMONG_OWN = {"contact": ("contact", "contacted")}


@dataclass(frozen=True, slots=True)
class Ground:
    """A fact the duty rests on; ``line`` is None where it has been corrected since."""

    person_id: UUID | None
    fact: UsedFact
    line: FactLine | None


@dataclass(frozen=True, slots=True)
class Occasion:
    kind: str
    on: date
    source: str
    person_id: UUID | None


@dataclass(frozen=True, slots=True)
class Why:
    rule: Rule
    explained: Explanation
    grounds: list[Ground]
    occasion: Occasion | None
    cause: Cause


def why(duty: Duty) -> Why:
    """For a duty whose reason the reader may know."""
    rule = rule_from_data(duty.rule.text)
    explained = explain(duty, rule)
    return Why(rule, explained, list(grounds(duty, explained)), occasion_of(duty), why_new(duty))


def grounds(duty: Duty, explained: Explanation) -> Iterator[Ground]:
    people = {Side.INITIATOR: duty.initiator_id, Side.SUBJECT: duty.subject_id}
    lines = {
        person_id: facts_of(duty.realm_id, person_id) for person_id in people.values() if person_id
    }
    for fact in explained.facts:
        person_id = people.get(fact.side)
        own = lines.get(person_id, []) if person_id else []
        yield Ground(person_id, fact, next((line for line in own if is_same(line, fact)), None))


def is_same(line: FactLine, fact: UsedFact) -> bool:
    """Whether the trace means this fact; its end may have been set since."""
    if fact.what == LONG_ABSENT and line.kind == "state" and line.what in ABSENCES:
        began = line.start or date.min
        return began <= (fact.start or date.min) and line.end == fact.end
    if line.kind not in AMONG_OWN.get(fact.code, (fact.code,)) or line.start != fact.start:
        return False
    return fact.what in ("", "-", line.role, line.what)


def occasion_of(duty: Duty) -> Occasion | None:
    if duty.event_id is None:
        return None
    event = Event.objects.filter(realm=duty.realm_id, pk=duty.event_id).first()
    if event is None:
        return None
    return Occasion(event.kind, event.on, event.source, event.person_id)
