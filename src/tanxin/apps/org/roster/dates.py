"""Dates as rosters write them.

A number 1980.1 is January or October: Excel drops the zero of 1980.10. That is a question, never a
guess; text 1980.1 in a spreadsheet is January, in a CSV file (which knows no text) a question too.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from tanxin.apps.org.roster.findings import Problem, unclear, wrong

LONGEST = 60
EARLIEST, LATEST = 1900, 2100
# Words for "no date" and for "still so".
NO_DATE = frozenset({"", "-", "--", "—", "——", "/", "无", "(无)", "不详", "未知"})
OPEN_END = frozenset({"至今", "今", "现在", "长期", "目前", "在任"})
PARTED = re.compile(r"(\d{4})[.\-/年](\d{1,2})(?:[.\-/月](\d{1,2})日?|月)?")
PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?")
YEAR_ONLY = re.compile(r"(\d{4})年?")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
ZERO_DROPPED = re.compile(r"(\d{4})\.1")
# Days since 1899-12-30 that fall into 1930–2079: a date cell that lost its format.
SERIALS = range(10958, 65746)
SERIAL_START = date(1899, 12, 30)


class When(NamedTuple):
    """A day, or a month where ``day`` is 0."""

    year: int
    month: int
    day: int = 0

    @property
    def first(self) -> date:
        return date(self.year, self.month, self.day or 1)

    @property
    def after(self) -> date:
        """The first day no longer in it."""
        last = self.day or monthrange(self.year, self.month)[1]
        return date(self.year, self.month, last) + timedelta(days=1)

    @property
    def text(self) -> str:
        return self.first.isoformat() if self.day else f"{self.year:04}-{self.month:02}"


def read_when(raw: object, *, typed: bool = True) -> When | Problem | None:
    """The date in a cell; None for an empty one.

    ``typed`` tells whether the file can tell text from numbers (a CSV file cannot).
    """
    if isinstance(raw, str) and len(raw) > LONGEST:
        return unreadable(raw)
    return read_once(raw, typed)


@lru_cache(maxsize=65536, typed=True)
def read_once(raw: object, typed: bool) -> When | Problem | None:  # noqa: FBT001  a cache's key
    if isinstance(raw, date):
        return checked(raw.year, raw.month, raw.day, str(raw))
    if isinstance(raw, bool):
        return unreadable(str(raw))
    if isinstance(raw, int | float):
        return from_number(float(raw))
    text = CLOCK.sub("", normalize("NFKC", str(raw)).strip())
    text = re.sub(r"\s", "", text)
    if text in NO_DATE:
        return None
    if not typed and ZERO_DROPPED.fullmatch(text):
        return from_number(float(text))
    return from_text(text)


def from_text(text: str) -> When | Problem:
    for form in (PARTED, PACKED):
        found = form.fullmatch(text)
        if found:
            year, month, day = found.groups()
            return checked(int(year), int(month), int(day) if day else 0, text)
    found = YEAR_ONLY.fullmatch(text)
    if found:
        return year_only(int(found[1]), text)
    return unreadable(text)


def from_number(number: float) -> When | Problem:
    if number.is_integer():
        return from_whole(int(number))
    if not EARLIEST <= number <= LATEST:
        return unreadable(f"{number:.10g}")
    year, parts = int(number), round((number - int(number)) * 100, 4)
    shown = f"{number:.10g}"
    if parts != int(parts):
        return unreadable(shown)
    if parts == 10:  # noqa: PLR2004  the .1 this module is about
        return unclear(
            "date-ambiguous",
            f"{year}-01",
            f"{year}-10",
            hint="write-month-as-text",
            value=shown,
            year=year,
        )
    # 1980.5 is May: there is no 50th month whose zero Excel could have dropped.
    month = int(parts) // 10 if parts % 10 == 0 else int(parts)
    return checked(year, month, 0, shown)


def from_whole(number: int) -> When | Problem:
    if EARLIEST <= number <= LATEST:
        return year_only(number, str(number))
    if number in SERIALS:
        reading = SERIAL_START + timedelta(days=number)
        return unclear("date-serial", reading.isoformat(), hint="format-as-date", value=number)
    return from_text(str(number))


def year_only(year: int, shown: str) -> Problem:
    if not EARLIEST <= year <= LATEST:
        return unreadable(shown)
    return wrong("date-year-only", hint="write-month", value=shown, year=year)


def checked(year: int, month: int, day: int, shown: str) -> When | Problem:
    if not EARLIEST <= year <= LATEST or not 1 <= month <= 12:  # noqa: PLR2004  months
        return wrong("date-impossible", hint="check-date", value=shown)
    if day > monthrange(year, month)[1]:
        return wrong("date-impossible", hint="check-date", value=shown)
    return When(year, month, day)


def unreadable(shown: str) -> Problem:
    return wrong("date-unreadable", hint="write-date", value=shown[:40])


def is_open_end(raw: object) -> bool:
    return isinstance(raw, str) and "".join(raw.split()) in OPEN_END
