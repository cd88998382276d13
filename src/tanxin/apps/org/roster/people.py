"""Persons among themselves: who is who, and who is there twice."""

from collections import Counter, defaultdict
from datetime import date
from functools import cached_property

from tanxin.apps.org.roster.findings import Problem, Report, remark, unclear, wrong
from tanxin.apps.org.roster.rows import Known, PersonRow

# Kinds of files that keep a merged cell's value in its first row only.
LOSE_MERGES = (".csv", ".txt", ".tsv")


class Bearers:
    """Who bears a name or number, in the file and among those known."""

    def __init__(self, persons: list[PersonRow], known: Known) -> None:
        self.known = known
        self.persons = persons
        self.names = Counter(person.name for person in persons)
        self.numbers: dict[str, str] = {}
        for person in persons:
            if person.number:
                self.numbers.setdefault(person.number, person.name)

    def __bool__(self) -> bool:
        return bool(self.names or self.known.names or self.known.numbers)

    def is_name(self, name: str) -> bool:
        return name in self.names or name in self.known.names

    @cached_property
    def numbers_by_name(self) -> dict[str, list[str]]:
        """Of the names that several bear."""
        found: dict[str, list[str]] = defaultdict(list)
        for person in self.persons:
            if person.number and self.names[person.name] > 1:
                found[person.name].append(person.number)
        return found

    def problem(self, name: str, number: str) -> Problem | None:
        """What is wrong with a reference to a person, if anything."""
        if number:
            return self.problem_of_number(name, number)
        if self.names[name] > 1:
            numbers = self.numbers_by_name.get(name, ())
            return unclear("person-ambiguous", *numbers, hint="add-number", name=name)
        if not self.is_name(name):
            return wrong("person-unknown", hint="add-person", name=name)
        return None

    def problem_of_number(self, name: str, number: str) -> Problem | None:
        if number in self.numbers:
            if name and name != self.numbers[number]:
                return wrong(
                    "number-of-another", hint="add-number", name=name, other=self.numbers[number]
                )
            return None
        if number in self.known.numbers:
            return None
        return wrong("person-unknown", hint="add-person", name=name or number)


def check_people(persons: list[PersonRow], report: Report, today: date | None) -> None:
    check_doubles(persons, report)
    check_names(persons, report)
    for person in persons:
        if not (person.unit or person.department or person.branch):
            hint = "fill-down" if person.where.file.lower().endswith(LOSE_MERGES) else "write-unit"
            report.add(person.where, wrong("person-without-unit", hint), "unit")
    if today:
        check_days(persons, report, today)


def check_days(persons: list[PersonRow], report: Report, today: date) -> None:
    month = today.isoformat()[:7]
    for person in persons:
        if person.birth > month:
            problem = wrong("birth-to-come", "check-date", value=person.birth)
            report.add(person.where, problem, "birth")
        days = (("started_work", person.started_work), ("joined_party", person.joined_party))
        for field, day in days:
            if day and day > today:
                report.add(person.where, remark("date-to-come", "check-date", value=day), field)


def check_doubles(persons: list[PersonRow], report: Report) -> None:
    check_double("number", "number-twice", [person.number for person in persons], persons, report)
    check_double("id_number", "id-twice", [person.id_number for person in persons], persons, report)


def check_double(
    field: str, code: str, numbers: list[str], persons: list[PersonRow], report: Report
) -> None:
    first: dict[str, PersonRow] = {}
    for number, person in zip(numbers, persons, strict=True):
        other = first.setdefault(number, person) if number else person
        if other is not person:
            problem = wrong(code, "keep-one", name=person.name, other_row=other.where.row)
            report.add(person.where, problem, field)


def check_names(persons: list[PersonRow], report: Report) -> None:
    """Two of one name are fine where a number tells them apart."""
    counts = Counter(person.name for person in persons if person.name)
    for person in persons:
        if counts[person.name] > 1 and not (person.number or person.id_number):
            problem = unclear(
                "name-twice", hint="add-number", name=person.name, count=counts[person.name]
            )
            report.add(person.where, problem, "name")
