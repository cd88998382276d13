"""A year as twelve months of weeks, ready for the template."""

import calendar
from dataclasses import dataclass
from datetime import date

from tanxin.core.calendar import Day, DayKind, Node, WorkCalendar, festivals

FIRST_YEAR, LAST_YEAR = 2004, 2099
SIGNS = {DayKind.HOLIDAY: "休", DayKind.MAKEUP: "班"}


@dataclass(frozen=True)
class Cell:
    """``mark`` is the one character a Chinese wall calendar would print in the corner."""

    on: date
    day: Day
    node: Node | None
    own: bool
    today: bool

    @property
    def mark(self) -> str:
        return SIGNS.get(self.day.kind, "")

    @property
    def tone(self) -> str:
        return self.day.kind.value


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Cell | None]]
    working_days: int


def months_of(year: int, work: WorkCalendar, today: date) -> list[Month]:
    nodes = {node.on: node for node in festivals(year)}
    return [month_of(year, number, work, nodes, today) for number in range(1, 13)]


def month_of(
    year: int, number: int, work: WorkCalendar, nodes: dict[date, Node], today: date
) -> Month:
    weeks: list[list[Cell | None]] = [
        [
            Cell(on, work.day(on), nodes.get(on), on in work.overrides, on == today)
            if on.month == number
            else None
            for on in week
        ]
        for week in calendar.Calendar().monthdatescalendar(year, number)
    ]
    cells = [cell for week in weeks for cell in week if cell]
    return Month(date(year, number, 1), weeks, sum(cell.day.is_working for cell in cells))
