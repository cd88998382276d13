"""All signs of a year, in one pass; the same facts always give the same signs."""

from collections.abc import Callable, Iterator

from tanxin.core.oversight.clashes import overlapping, while_away
from tanxin.core.oversight.copies import copied, left_behind, of_stock
from tanxin.core.oversight.entering import before_days_that_count, in_one_sitting, mostly_late
from tanxin.core.oversight.facts import Found, Year
from tanxin.core.oversight.following import (
    closed_the_same_day,
    never_any,
    never_confirmed,
    same_for_all,
    verified_at_once,
)

LOOKS: tuple[Callable[[Year], Iterator[Found]], ...] = (
    copied,
    of_stock,
    left_behind,
    overlapping,
    while_away,
    in_one_sitting,
    before_days_that_count,
    mostly_late,
    same_for_all,
    never_any,
    closed_the_same_day,
    verified_at_once,
    never_confirmed,
)


def look_at(year: Year) -> list[Found]:
    found = [one for look in LOOKS for one in look(year)]
    return sorted(found, key=lambda one: (one.sign, str(one.person), one.anchor))
