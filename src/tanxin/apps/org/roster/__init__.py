"""Rosters as organisations keep them: bytes in, rows and findings out, and back.

Nothing here knows a database, a request or the clock, and nothing here writes a log.
"""

from tanxin.apps.org.roster.findings import Finding, Severity
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.read import read_roster
from tanxin.apps.org.roster.rows import (
    AuthorityRow,
    CareerLine,
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
from tanxin.apps.org.roster.settle import settle
from tanxin.apps.org.roster.write import write_roster, write_template

__all__ = [
    "AuthorityRow",
    "CareerLine",
    "ChargeRow",
    "ContactRow",
    "EventRow",
    "Finding",
    "Known",
    "PersonRow",
    "Roster",
    "Severity",
    "StateRow",
    "TeamRow",
    "UnitRow",
    "Where",
    "read_roster",
    "settle",
    "write_roster",
    "write_template",
]
