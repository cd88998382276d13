"""Persons among themselves: who is who, and who is there twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from tanxin.apps.org.roster.findings import Problem, Report, remark, unclear, wrong
from tanxin.apps.org.roster.rows import Known, PersonRow


class Bearers:
    """Who bears a name or number, in the file and among those known."""

    def __init__(self, persons: Iterable[PersonRow], known: Known) -> None:
        self.known = known
        self.numbers: dict[str, str] = {}
        self.by_name: dict[str, list[PersonRow]] = defaultdict(list)
        for person in persons:
            self.by_name[person.name].append(person)
            if person.number:
                self.numbers.setdefault(person.number, person.name)

    def __bool__(self) -> bool:
        return bool(self.by_name or self.known.names or self.known.numbers)

    def is_name(self, name: str) -> bool:
        return name in self.by_name or name in self.known.names

    def problem(self, name: str, number: str) -> Problem | None:
        """What is wrong with a reference to a person, if anything."""
        if number:
            return self.problem_of_number(name, number)
        bearers = self.by_name.get(name, [])
        if len(bearers) > 1:
            numbers = tuple(p.number for p in bearers if p.number)
            return unclear("person-ambiguous", *numbers, hint="add-number", name=name)
        if not bearers and name not in self.known.names:
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
            report.add(person.where, wrong("person-without-unit", "write-unit"), "unit")
        if today:
            check_days(person, report, today)


def check_days(person: PersonRow, report: Report, today: date) -> None:
    if person.birth and person.birth > f"{today:%Y-%m}":
        report.add(person.where, wrong("birth-to-come", "check-date", value=person.birth), "birth")
    for field in ("started_work", "joined_party"):
        day: date | None = getattr(person, field)
        if day and day > today:
            report.add(person.where, remark("date-to-come", "check-date", value=day), field)


def check_doubles(persons: list[PersonRow], report: Report) -> None:
    for field, code in (("number", "number-twice"), ("id_number", "id-twice")):
        first: dict[str, PersonRow] = {}
        for person in persons:
            value: str = getattr(person, field)
            if not value:
                continue
            other = first.setdefault(value, person)
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
