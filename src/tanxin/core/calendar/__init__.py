"""Days, festivals, periods and deadlines of the Chinese working year.

Pure values: which day works, what a period covers, when something is due. Nothing here knows today.
"""

from tanxin.core.calendar.days import Day, DayKind
from tanxin.core.calendar.deadlines import (
    CalendarNeeded,
    NegativeOffset,
    Offset,
    OffsetUnit,
    Window,
    deadline_after,
    deadline_before,
    window_around,
    yearly_date,
)
from tanxin.core.calendar.festivals import FESTIVAL_CODES, Node, festivals
from tanxin.core.calendar.lunar import YearOutOfReach
from tanxin.core.calendar.parity import (
    is_even_month,
    is_even_week,
    is_odd_month,
    is_odd_week,
    week_number,
)
from tanxin.core.calendar.periods import (
    CustomPeriod,
    NoSuchPeriod,
    Period,
    PeriodBackwards,
    PeriodKind,
    period_of,
    periods_in,
    sub_periods,
)
from tanxin.core.calendar.reception import Rhythm, Weeks, reception_days
from tanxin.core.calendar.seed import FIRST_SEEDED_YEAR, LAST_ANNOUNCED_YEAR, seed_days
from tanxin.core.calendar.slots import DAYS_LOOKED_AT, OFFICE_HOURS, free_starts, quarters, starts
from tanxin.core.calendar.working import WorkCalendar

__all__ = [
    "DAYS_LOOKED_AT",
    "FESTIVAL_CODES",
    "FIRST_SEEDED_YEAR",
    "LAST_ANNOUNCED_YEAR",
    "OFFICE_HOURS",
    "CalendarNeeded",
    "CustomPeriod",
    "Day",
    "DayKind",
    "NegativeOffset",
    "NoSuchPeriod",
    "Node",
    "Offset",
    "OffsetUnit",
    "Period",
    "PeriodBackwards",
    "PeriodKind",
    "Rhythm",
    "Weeks",
    "Window",
    "WorkCalendar",
    "YearOutOfReach",
    "deadline_after",
    "deadline_before",
    "festivals",
    "free_starts",
    "is_even_month",
    "is_even_week",
    "is_odd_month",
    "is_odd_week",
    "period_of",
    "periods_in",
    "quarters",
    "reception_days",
    "seed_days",
    "starts",
    "sub_periods",
    "week_number",
    "window_around",
    "yearly_date",
]
