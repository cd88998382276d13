"""The year and the filters a page of duties is asked for."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from tanxin.apps.duties.reading.lists import Asked

DECEMBER = 12
FIRST, LAST = 2000, 2200


def asked_year(request: HttpRequest, today: date) -> int:
    try:
        year = int(request.GET.get("year", ""))
    except ValueError:
        return today.year
    return year if FIRST <= year <= LAST else today.year


def years_to_choose(today: date, chosen: int) -> list[int]:
    """Last year and this one, in December also the next, and whichever was asked for."""
    years = {today.year - 1, today.year, chosen}
    if today.month == DECEMBER:
        years.add(today.year + 1)
    return sorted(years)


def uuid_in(data: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(data.get(name, ""))
    except ValueError:
        return None


def date_in(data: QueryDict, name: str) -> date | None:
    """What is no day, or one at the end of time that nothing can be counted from, is none."""
    try:
        found = date.fromisoformat(data.get(name, ""))
    except ValueError:
        return None
    return found if FIRST <= found.year <= LAST else None


def asked_in(request: HttpRequest, today: date) -> Asked:
    data = request.GET
    return Asked(
        year=asked_year(request, today),
        unit_id=uuid_in(data, "unit"),
        team_id=uuid_in(data, "team"),
        person_id=uuid_in(data, "person"),
        rule_id=uuid_in(data, "rule"),
        state=data.get("state", ""),
        due=date_in(data, "due"),
        private=data.get("private") == "1",
        yearly=data.get("yearly") == "1",
    )


def list_url(**filters: object) -> str:
    """The list behind a number; filters that are empty are left out."""
    given = {name: str(value) for name, value in filters.items() if value}
    return f"{reverse('duties:list')}?{urlencode(given)}"
