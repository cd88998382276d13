"""Working hours of the year behind and the days ahead, counted from the day of seeding."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from tanxin.core.calendar import WorkCalendar

HOURS = (9, 10, 11, 14, 15, 16, 17)
MONTHS_OF_HALF = 6
YEAR = timedelta(days=365)
DAY = timedelta(days=1)
# Nothing is told of the last days; what waits today is told apart.
QUIET = timedelta(days=8)
Window = tuple[date, date]


@dataclass
class Clock:
    today: date
    zone: ZoneInfo
    calendar: WorkCalendar
    chance: Random
    taken: set[tuple[UUID, date, int]] = field(default_factory=set)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.zone)

    def ago(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """So many working days before today."""
        return self.at(self.calendar.add_working_days(self.today, -days), hour, minute)

    def ahead(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        return self.at(self.calendar.add_working_days(self.today, days), hour, minute)

    def later(self, moment: datetime, days: int) -> datetime:
        """So many working days after ``moment``, at some minute of the working day."""
        day = self.calendar.add_working_days(moment.date(), days)
        return self.at(day, self.chance.choice(HOURS), self.chance.randrange(60))

    def soon(self, moment: datetime) -> datetime:
        """Still that day while there are working hours left, else the next working day."""
        local = moment.astimezone(self.zone)
        left = [hour for hour in HOURS if hour > local.hour]
        if not left:
            return self.later(local, 1)
        return self.at(local.date(), self.chance.choice(left), self.chance.randrange(60))

    def halves(self) -> tuple[Window, Window, Window]:
        """Return this half year until lately, the one before, and what came earlier."""
        first = half_start(self.today)
        before = half_start(first - DAY)
        return (
            (first, self.today - QUIET),
            (before, first - timedelta(days=4)),
            (self.today - YEAR, before - timedelta(days=4)),
        )

    def quarters(self) -> Iterator[Window]:
        """Yield the quarters of this calendar year, the present one until lately."""
        for month in (1, 4, 7, 10):
            first = date(self.today.year, month, 1)
            last = first + timedelta(days=85)
            if first < self.today - QUIET:
                yield first, min(last, self.today - QUIET)

    def some_time(self, window: Window, people: tuple[UUID, UUID]) -> datetime | None:
        """A working hour within ``window`` at which neither is with somebody else."""
        first, last = window
        for _ in range(40):
            span = (last - first).days
            if span < 1:
                return None
            day = self.calendar.working_day_until(first + DAY * self.chance.randrange(1, span + 1))
            hour = self.chance.choice(HOURS)
            if day < first or any((each, day, hour) in self.taken for each in people):
                continue
            self.taken.update((each, day, hour) for each in people)
            return self.at(day, hour, self.chance.choice((0, 0, 10, 20, 30, 30)))
        return None


def half_start(day: date) -> date:
    return date(day.year, 1 if day.month <= MONTHS_OF_HALF else MONTHS_OF_HALF + 1, 1)
