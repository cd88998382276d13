"""How far: a distance of a rule in the numbers of a day."""

from datetime import date

from tanxin.core.calendar import Offset
from tanxin.core.policy.schema import Distance


def offset_on(distance: Distance, day: date) -> Offset:
    return Offset(distance.amount.on(day), distance.unit)
