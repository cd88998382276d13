"""The dry run: read, match, compare. Nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from uuid import UUID

from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.intake.difference import Difference, Doubt, Group, Step
from tanxin.apps.org.intake.events import Events
from tanxin.apps.org.intake.facts import Facts
from tanxin.apps.org.intake.held import Held, load
from tanxin.apps.org.intake.people import People
from tanxin.apps.org.intake.places import Places
from tanxin.apps.org.intake.relations import Relations
from tanxin.apps.org.intake.units import places_of
from tanxin.apps.org.models import Charge, Contact, Fact, Seat
from tanxin.apps.org.roster import Known, PersonRow, Roster, read_roster, settle
from tanxin.apps.org.roster.rows import Row
from tanxin.apps.realms.selectors import organisation_type
from tanxin.core.access import Actor

VARIANTS = {"agency": "organ", "university": "university", "company": "company"}
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Examination:
    """What a file says, and what would change. ``complete`` files name everybody there is."""

    name: str
    on: date
    complete: bool
    roster: Roster = field(repr=False)
    difference: Difference = field(repr=False)
    version: int = 0

    @property
    def is_clean(self) -> bool:
        r = self.roster
        return not (r.errors or r.questions or r.unreadable or self.difference.doubts)


def examine(
    actor: Actor,
    name: str,
    data: bytes | Path,
    *,
    on: date,
    complete: bool = False,
    answers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Examination:
    """Say what importing ``data`` as of ``on`` would change.

    Raises ``FactsForbidden``; never raises for what the file holds.
    """
    may_record_facts(actor)
    held = load(actor.realm_id, on)
    variant = VARIANTS[organisation_type(actor.realm_id)]
    roster = read_roster(
        name, data, today=on, known=known(held), variant=variant, progress=progress
    )
    if answers:
        roster = settle(roster, answers)
    difference = compare(
        held, open_questions_left_out(roster), complete=complete, source=name[:200]
    )
    return Examination(name, on, complete, roster, difference, held.version)


def known(held: Held) -> Known:
    names = {spell.name for spell in held.spells.values()} | set(held.codes)
    return Known(
        units=frozenset(names),
        kinds=frozenset((spell.name, spell.kind) for spell in held.spells.values()),
        teams=frozenset(name for _, name in held.teams),
        names=frozenset(held.by_name),
        numbers=frozenset(held.by_number),
    )


def open_questions_left_out(roster: Roster) -> Roster:
    """A row with an unanswered question is not imported; the others may be."""
    asked = {roster.row_of(finding) for finding in roster.questions}
    if not asked:
        return roster
    return replace(roster, refused=roster.refused | asked)


def compare(held: Held, roster: Roster, *, complete: bool, source: str) -> Difference:
    if roster.unreadable:
        return Difference(())
    places = places_of(held, roster, source)
    people = People(held, places)
    facts = Facts(held, places, source)
    for row in roster.people:
        if roster.takes(row):
            take_person(places, people, facts, row)
    relations = Relations(held, places, people, facts, source)
    relations.take(roster)
    events = Events(held, people, source)
    events.take(roster)
    if complete:
        end_what_is_missing(held, roster, people, facts, relations)
    steps = (*places.steps, *people.steps, *facts.steps, *relations.steps, *events.steps)
    return Difference(steps, (*places.doubts, *people.doubts))


def take_person(places: Places, people: People, facts: Facts, row: PersonRow) -> None:
    lacking = places.lacks(row.unit, row.department, row.branch)
    if lacking:
        people.doubts.append(Doubt(row.where, "unit-left-out", lacking))
        people.spare(row)
        return
    first_of_person, first_of_facts = len(people.steps), len(facts.steps)
    person_id = people.take(row)
    if person_id is None:
        return
    facts.take(person_id, row)
    news = people.steps[first_of_person:]
    if news and news[0].person and news[0].person.is_new:
        people.steps[first_of_person] = folded(news[0], facts.steps[first_of_facts:])
        del facts.steps[first_of_facts:]


def folded(joined: Step, facts: list[Step]) -> Step:
    """Whoever is new is one line, with all that is said about him."""
    told = " · ".join(step.after for step in facts if step.after)
    return replace(
        joined,
        after=told or joined.after,
        rows=tuple(row for step in facts for row in step.rows),
        leaves=tuple(leave for step in facts for leave in step.leaves),
    )


def end_what_is_missing(
    held: Held, roster: Roster, people: People, facts: Facts, relations: Relations
) -> None:
    """A complete file without somebody says that he is gone; without a seat, that it ended.

    A row that is left out ends nothing: it names somebody who is here, or a seat that is held.
    """
    spared = [people.spare(row) for row in roster.people if not roster.takes(row)]
    if roster.people and all(spared):
        for person in list(held.people.values()):
            if person.id not in people.named:
                facts.leave(person.id, person.details.name)
    doubted = {doubt.where.key for doubt in people.doubts}

    def whole(rows: Sequence[Row]) -> bool:
        return bool(rows) and all(
            roster.takes(row) and row.where.key not in doubted for row in rows
        )

    if whole(roster.teams):
        end_all(held, Group.TEAM, [row for rows in held.seats.values() for row in rows], relations)
    if whole(roster.charges):
        rows = [row for rows in held.charges.values() for row in rows]
        end_all(held, Group.CHARGE, rows, relations)
    if whole(roster.contacts):
        found = [row for rows in held.contacts.values() for row in rows]
        end_all(held, Group.CONTACT, found, relations)


def end_all(
    held: Held,
    group: Group,
    rows: "list[Seat] | list[Charge] | list[Contact]",
    relations: Relations,
) -> None:
    for row in rows:
        if row.pk in relations.named or row.pk in held.fresh:
            continue
        about = name_of(held, row.person_id)
        left: list[Fact] = [row]
        ends, voids = relations.facts.over(left, held.on)
        if ends or voids:
            relations.steps.append(Step(group, about, ends=ends, voids=voids))


def name_of(held: Held, person_id: UUID) -> str:
    return held.people[person_id].details.name
