"""The commission as plain values: units, people, and how they stand to each other.

No database and no clock: ``today`` is given, and the same day gives the same organisation.
"""

from tanxin.demo.invent.human import (
    ChargeLine,
    ContactLine,
    EventLine,
    Human,
    SeatLine,
    StateLine,
    UnitLine,
)
from tanxin.demo.invent.organisation import Organisation, invent

__all__ = [
    "ChargeLine",
    "ContactLine",
    "EventLine",
    "Human",
    "Organisation",
    "SeatLine",
    "StateLine",
    "UnitLine",
    "invent",
]
