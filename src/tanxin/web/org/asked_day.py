"""The day a page is asked for: ``?on=2026-05-01``, or today."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

# No roster knows more; days at the ends of time cannot be counted from.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class AskedDay:
    on: date
    today: date

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def query(self) -> str:
        """What a link appends so that the next page is asked for the same day."""
        return "" if self.is_today else "?" + urlencode({"on": self.on.isoformat()})


def asked_day(request: HttpRequest) -> AskedDay:
    today = timezone.localdate()
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = today
    return AskedDay(on if FIRST_YEAR <= on.year <= LAST_YEAR else today, today)
