"""What periods and windows share: they begin on one day and end before another."""

from datetime import date, timedelta


class HalfOpen:
    """Mixed into dataclasses that have ``start`` and ``end_exclusive``."""

    __slots__ = ()

    start: date
    end_exclusive: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end_exclusive

    @property
    def last_day(self) -> date:
        return self.end_exclusive - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end_exclusive - self.start).days
