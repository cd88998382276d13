"""What only shows when all rows are in: doubles, unknown references, cycles, dates to come."""

from datetime import date
from typing import cast

from tanxin.apps.org.roster import merge, people, references, tree
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.rows import (
    AuthorityRow,
    ChargeRow,
    ContactRow,
    EventRow,
    Known,
    PersonRow,
    Roster,
    StateRow,
    TeamRow,
    UnitRow,
)
from tanxin.apps.org.roster.sheets import Reading


def check(reading: Reading, where: Where, today: date | None, known: Known) -> Roster:
    report, rows = reading.report, reading.rows
    persons, homes = merge.with_forms(cast("list[PersonRow]", rows["people"]), report)
    units = cast("list[UnitRow]", rows["units"])
    teams = cast("list[TeamRow]", rows["teams"])
    places = tree.Places(units, known)
    tree.check_units(units, places, report)
    bearers = people.Bearers(persons, known)
    people.check_people(persons, report, today)
    references.check_places(persons, places, where, report)
    roster = references.settled_kinds(
        Roster(
            homes=homes,
            people=tuple(persons),
            units=tuple(units),
            teams=tuple(teams),
            charges=tuple(cast("list[ChargeRow]", rows["charges"])),
            contacts=tuple(cast("list[ContactRow]", rows["contacts"])),
            states=tuple(cast("list[StateRow]", rows["states"])),
            events=tuple(cast("list[EventRow]", rows["events"])),
            authorities=tuple(cast("list[AuthorityRow]", rows["authorities"])),
        ),
        bearers,
        places,
        known,
    )
    references.check_references(roster, bearers, places, report)
    return references.closed(roster, where, report)
