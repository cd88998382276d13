"""Because of what a duty came, went or changed, read from its trace and the facts as they are now.

``UsedFact`` names the fact; whoever words it adds the people. What is sensitive stays unnamed.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tanxin.core.policy.explain import Traced, UsedFact, used_facts
from tanxin.core.policy.schema import Side
from tanxin.core.policy.snapshot import Snapshot


class Because(StrEnum):
    """What happened: a fact began, ended, was taken back or corrected; else a date came."""

    BEGAN = "began"
    ENDED = "ended"
    TAKEN_BACK = "taken_back"
    EVENT = "event"
    PERIOD = "period"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Cause:
    """``on`` is the day of it, where one is known; ``fact`` the fact it happened to."""

    because: Because
    on: date | None = None
    fact: UsedFact | None = None


def why_new(duty: Traced) -> Cause:
    """A duty from an event comes with it; one of a period with the fact that began last in it."""
    event = _event_of(duty)
    if event is not None:
        return event
    began = [fact for fact in used_facts(duty.basis) if fact.start and fact.start >= duty.opens]
    if not began:
        return Cause(Because.PERIOD, duty.opens)
    latest = max(began, key=_start)
    return Cause(Because.BEGAN, latest.start, latest)


def why_gone(
    duty: Traced, initiator: Hashable, subject: Hashable | None, snapshot: Snapshot
) -> Cause:
    """Return the fact of its trace that is no longer true, by the facts of ``snapshot``.

    Where all still are, the event was called off, or the rule asks for it no more.
    """
    persons = {Side.INITIATOR: initiator, Side.SUBJECT: subject}
    for fact in used_facts(duty.basis):
        person = persons.get(fact.side)
        # Who keeps contact is told by the other's side; what is sensitive is not told at all.
        untold = fact.what == "-" or (fact.code == "contact" and not fact.what)
        if person is None or fact.code not in _FACTS or untold:
            continue
        now = list(_FACTS[fact.code](snapshot, person))
        if (fact.what, fact.start, fact.end) in now:
            continue
        ends = [end for what, start, end in now if (what, start) == (fact.what, fact.start)]
        if ends:
            return Cause(Because.ENDED, ends[0], fact)
        return Cause(Because.TAKEN_BACK, None, fact)
    if _event_of(duty):
        return Cause(Because.TAKEN_BACK)
    return Cause(Because.RULE)


def why_changed(before: Traced, after: Traced) -> Cause:
    """Return what is new in the trace, or what in it has got an end."""
    old, new = set(used_facts(before.basis)), list(used_facts(after.basis))
    fresh = [fact for fact in new if fact not in old]
    known = {(fact.side, fact.code, fact.what, fact.start) for fact in old}
    for fact in fresh:
        if (fact.side, fact.code, fact.what, fact.start) in known:
            return Cause(Because.ENDED, fact.end, fact)
    if fresh:
        latest = max(fresh, key=_start)
        return Cause(Because.BEGAN, latest.start, latest)
    return _event_of(after) or Cause(Because.PERIOD, after.opens)


def _start(fact: UsedFact) -> date:
    return fact.start or date.min


def _event_of(duty: Traced) -> Cause | None:
    parameters = duty.basis.partition("|")[0].split(",")
    numbers = dict(each.partition("=")[::2] for each in parameters)
    if "event" not in numbers:
        return None
    on = numbers.get("on")
    return Cause(Because.EVENT, date.fromisoformat(on) if on else None)


_Told = tuple[str, date | None, date | None]


def _spells(rows: Iterable[object], what: Callable[[object], str]) -> Iterator[_Told]:
    for row in rows:
        yield what(row), getattr(row, "start", None), getattr(row, "end", None)


def _role(row: object) -> str:
    return str(getattr(row, "role", ""))


def _kind(row: object) -> str:
    return str(getattr(row, "kind", ""))


def _posts(snapshot: Snapshot, person: Hashable) -> Iterator[_Told]:
    for row in snapshot.tenures_by_person.get(person, ()):
        yield snapshot.posts[row.post].level, row.start, row.end


_FACTS: Mapping[str, Callable[[Snapshot, Hashable], Iterator[_Told]]] = {
    "seat": lambda facts, person: _spells(facts.seats_by_person.get(person, ()), _role),
    "branch": lambda facts, person: _spells(facts.members_by_person.get(person, ()), _role),
    "post": _posts,
    "charge": lambda facts, person: _spells(facts.charges_by_person.get(person, ()), lambda _: ""),
    "contact": lambda facts, person: _spells(facts.contacts_by_other.get(person, ()), _kind),
    "state": lambda facts, person: _spells(facts.states_by_person.get(person, ()), _kind),
}
