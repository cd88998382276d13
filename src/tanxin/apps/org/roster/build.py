"""From the values of one row to rows of the roster."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tanxin.apps.org.roster.cells import Parties
from tanxin.apps.org.roster.findings import Report, unclear, wrong
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.rows import (
    AuthorityRow,
    ChargeRow,
    ContactRow,
    EventRow,
    PersonRow,
    Row,
    StateRow,
    TeamRow,
    UnitRow,
)
from tanxin.apps.org.roster.values import id_gender

Values = dict[str, Any]
# 张伟（1001） or 张伟 1001: a name with the number that tells two of the same name apart.
NAME_AND_NUMBER = re.compile(r"(\D*?[^\W\d_])\s*[(（]?\s*([A-Za-z]*\d[\w-]*)\s*[)）]?")
NUMBER = re.compile(r"[A-Za-z]*\d[\w-]*")
SEVERAL = re.compile(r"[、,，;；]+")


def person(values: Values, where: Where, report: Report) -> list[Row]:
    parties = values.get("joined_party")
    if isinstance(parties, Parties):
        values["joined_party"] = parties.joined
        values["politics"] = values.get("politics") or parties.politics
    if not values.get("name") and not report.tells(where, "name"):
        report.add(where, wrong("name-missing", hint="write-name"), "name")
    if values.get("id_number"):
        compare_with_id(values, where, report)
    check_order(values, where, report)
    return [PersonRow(where, **values)]


def compare_with_id(values: Values, where: Where, report: Report) -> None:
    """Birth and gender are in the ID number too; where the two differ a person must choose."""
    number: str = values["id_number"]
    told = values.get("birth")
    read = f"{number[6:10]}-{number[10:12]}"
    if told and told != read:
        problem = unclear("id-birth-differs", told, read, hint="compare-id", told=told, read=read)
        report.add(where, problem, "birth")
    values["birth"] = told or read
    gender = id_gender(number)
    if values.setdefault("gender", gender) not in {"", gender}:
        problem = unclear("id-gender-differs", values["gender"], gender, hint="compare-id")
        report.add(where, problem, "gender")


def check_order(values: Values, where: Where, report: Report) -> None:
    """Nobody works or joins before birth."""
    born = values.get("birth")
    for field in ("started_work", "joined_party"):
        day: date | None = values.get(field)
        if born and day and day.isoformat()[:7] <= born:
            report.add(where, wrong("before-birth", hint="check-date", value=day, born=born), field)
            values[field] = None


def unit(values: Values, where: Where, report: Report) -> list[Row]:
    if not values.get("name"):
        report.add(where, wrong("unit-name-missing", hint="write-name"), "name")
    return [UnitRow(where, **values)]


def team(values: Values, where: Where, report: Report) -> list[Row]:
    refer(values, where, report)
    if not values.get("team"):
        report.add(where, wrong("team-missing", hint="write-team"), "team")
    return [TeamRow(where, **span(values, where, report))]


def charge(values: Values, where: Where, report: Report) -> list[Row]:
    """One row for each unit where a cell lists several."""
    refer(values, where, report)
    units = [name.strip() for name in SEVERAL.split(values.pop("unit", "")) if name.strip()]
    if not units:
        report.add(where, wrong("unit-missing", hint="write-unit"), "unit")
    known = span(values, where, report)
    return [ChargeRow(where, unit=name, **known) for name in units]


def contact(values: Values, where: Where, report: Report) -> list[Row]:
    refer(values, where, report)
    refer(values, where, report, "other", "other_number", required=False)
    if not (values.get("unit") or values.get("other") or values.get("other_number")):
        report.add(where, wrong("target-missing", hint="write-target"), "unit")
    return [ContactRow(where, **span(values, where, report))]


def state(values: Values, where: Where, report: Report) -> list[Row]:
    refer(values, where, report)
    return [StateRow(where, **span(values, where, report))]


def event(values: Values, where: Where, report: Report) -> list[Row]:
    refer(values, where, report, required=False)
    if not values.get("on") and not report.tells(where, "on"):
        report.add(where, wrong("event-undated", hint="write-date"), "on")
    if not any(values.get(field) for field in ("unit", "team", "name", "number")):
        report.add(where, wrong("event-of-nobody", hint="write-about"), "unit")
    return [EventRow(where, **values)]


def authority(values: Values, where: Where, report: Report) -> list[Row]:
    for name in ("unit", "over"):
        if not values.get(name):
            report.add(where, wrong("unit-missing", hint="write-unit"), name)
    return [AuthorityRow(where, **span(values, where, report))]


def refer(
    values: Values,
    where: Where,
    report: Report,
    name: str = "name",
    number: str = "number",
    *,
    required: bool = True,
) -> None:
    """Take a reference to a person apart: name, staff number, or both in one cell."""
    written = values.get(name, "")
    if written and not values.get(number):
        both = NAME_AND_NUMBER.fullmatch(written)
        if NUMBER.fullmatch(written):
            values[name], values[number] = "", written
        elif both:
            values[name], values[number] = both[1].strip(), both[2]
    told = report.tells(where, name) or report.tells(where, number)
    if required and not told and not (values.get(name) or values.get(number)):
        report.add(where, wrong("name-missing", hint="write-name"), name)


def span(values: Values, where: Where, report: Report) -> Values:
    start, end = values.get("start"), values.get("end")
    if start and end and end <= start:
        problem = wrong("end-before-start", hint="check-span", start=start, end=end)
        report.add(where, problem, "end")
        values["end"] = None
    return values


BUILDERS: Mapping[str, Callable[[Values, Where, Report], list[Row]]] = {
    "people": person,
    "units": unit,
    "teams": team,
    "charges": charge,
    "contacts": contact,
    "states": state,
    "events": event,
    "authorities": authority,
}
