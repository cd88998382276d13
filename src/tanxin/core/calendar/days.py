"""What a day is: worked, free, or worked in exchange."""

from dataclasses import dataclass
from enum import StrEnum


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the table.

    ``name`` is the festival a holiday belongs to, or that a make-up day (调休上班) is worked for.
    ``provisional`` (暂定) says that nobody has announced it yet, so it may still change.
    """

    kind: DayKind
    name: str = ""
    provisional: bool = False

    @property
    def is_working(self) -> bool:
        return self.kind is DayKind.WORKDAY or self.kind is DayKind.MAKEUP
