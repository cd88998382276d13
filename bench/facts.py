"""An invented organisation of any size, written straight into the tables.

Blocks of 1,024 people: a leadership team of 7 in charge of 97 departments with a head each, and 33
branches of 31 members, three of them in the committee.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from random import Random
from uuid import UUID

from django.db import connection

BLOCK, TEAM, DEPARTMENTS, PEOPLE, BRANCHES, MEMBERS, COMMITTEE = 1024, 7, 97, 10, 33, 31, 3
SINCE = "2020-01-01"
RECORDED = "2026-01-01 00:00:00+00:00"
FACT = ("id", "realm_id", "start", "end", "source", "recorded_at")
CHUNK = 20_000
Rows = dict[str, list[tuple[object, ...]]]


@dataclass
class Organisation:
    """Ids as 32 hexadecimal digits; ``staff`` of a department begins with its head's post."""

    realm: str
    departments: list[str] = field(default_factory=list)
    branches: list[str] = field(default_factory=list)
    staff: dict[str, list[str]] = field(default_factory=dict)
    people: int = 0

    @property
    def units(self) -> list[str]:
        return [*self.departments, *self.branches]


TABLES = {
    "org_unit": ("id", "realm_id", "code"),
    "org_unitspell": (*FACT, "unit_id", "name", "kind", "parent_id", '"order"'),
    "org_person": (
        "id", "realm_id", "number", "name_sealed", "gender", "birth", "politics", "recorded_at",
    ),
    "org_post": ("id", "realm_id", "unit_id", "title", "level", '"order"'),
    "org_team": ("id", "realm_id", "unit_id", "name", "kind"),
    "org_tenure": (*FACT, "person_id", "post_id"),
    "org_seat": (*FACT, "team_id", "person_id", "role"),
    "org_charge": (*FACT, "person_id", "unit_id"),
    "org_branchmember": (*FACT, "person_id", "branch_id", "role"),
}  # fmt: skip


class Writer:
    def __init__(self, realm: UUID, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - invented people
        self.realm = realm.hex
        self.made = Organisation(self.realm)
        self.number = 0

    def new(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

    def fact(self) -> tuple[object, ...]:
        return self.new(), self.realm, SINCE, None, "bench", RECORDED

    def block(self, people: int) -> Rows:
        rows: Rows = {table: [] for table in TABLES}
        persons = [self.person(rows) for _ in range(people)]
        organ = self.unit(rows, "organ", None)
        team = self.new()
        rows["org_team"].append((team, self.realm, organ, "leaders", "leadership"))
        leaders = persons[:TEAM]
        for place, person in enumerate(leaders):
            role = "chief" if place == 0 else "deputy"
            rows["org_seat"].append((*self.fact(), team, person, role))
        others = iter(persons[TEAM:])
        for number in range(DEPARTMENTS):
            own = list(islice(others, PEOPLE))
            if len(own) == PEOPLE:
                self.department(rows, organ, own, leaders[1 + number % (TEAM - 1)])
        for number in range(BRANCHES):
            own = persons[number * MEMBERS : (number + 1) * MEMBERS]
            if len(own) == MEMBERS:
                self.branch(rows, organ, own)
        return rows

    def person(self, rows: Rows) -> str:
        key = self.new()
        self.number += 1
        row = (key, self.realm, f"P{self.number}", b"sealed", "", "", "01", RECORDED)
        rows["org_person"].append(row)
        self.made.people += 1
        return key

    def unit(self, rows: Rows, kind: str, parent: str | None) -> str:
        key = self.new()
        rows["org_unit"].append((key, self.realm, f"U{key}"))
        rows["org_unitspell"].append((*self.fact(), key, kind, kind, parent, 0))
        return key

    def department(self, rows: Rows, organ: str, people: Sequence[str], leader: str) -> None:
        unit = self.unit(rows, "department", organ)
        head, staff = self.new(), self.new()
        rows["org_post"].append((head, self.realm, unit, "处长", "head", 0))
        rows["org_post"].append((staff, self.realm, unit, "科员", "staff", 1))
        rows["org_charge"].append((*self.fact(), leader, unit))
        rows["org_tenure"].append((*self.fact(), people[0], head))
        rows["org_tenure"].extend((*self.fact(), person, staff) for person in people[1:])
        self.made.departments.append(unit)
        self.made.staff[unit] = [head, *people]

    def branch(self, rows: Rows, organ: str, people: Sequence[str]) -> None:
        unit = self.unit(rows, "branch", organ)
        for place, person in enumerate(people):
            role = "secretary" if place == 0 else "committee" if place < COMMITTEE else "member"
            rows["org_branchmember"].append((*self.fact(), person, unit, role))
        self.made.branches.append(unit)
        self.made.staff[unit] = list(people)


def fill(realm: UUID, people: int, *, seed: int = 7) -> Organisation:
    writer = Writer(realm, seed)
    while writer.made.people < people:
        rows = writer.block(min(BLOCK, people - writer.made.people))
        for table, columns in TABLES.items():
            insert(table, columns, rows[table])
    return writer.made


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    named = ", ".join(column if column.startswith('"') else f'"{column}"' for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({named}) VALUES ({marks})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        for chunk in chunks(rows):
            cursor.executemany(statement, chunk)


def chunks(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def change(made: Organisation, units: Iterable[str], on: date, random: Random) -> None:
    """Give each department another head, and take one plain member out of each branch."""
    day, branches = on.isoformat(), set(made.branches)
    with connection.cursor() as cursor:
        for unit in units:
            staff = made.staff[unit]
            if unit in branches:
                cursor.execute(
                    'UPDATE org_branchmember SET "end" = %s WHERE branch_id = %s AND person_id = %s'
                    ' AND "end" IS NULL',
                    [day, unit, staff.pop()],
                )
                continue
            head, old, new = staff[0], staff[1], random.choice(staff[2:])
            cursor.execute(
                'UPDATE org_tenure SET "end" = %s WHERE post_id = %s AND "end" IS NULL', [day, head]
            )
            key = f"{random.getrandbits(128):032x}"
            insert(
                "org_tenure",
                TABLES["org_tenure"],
                [(key, made.realm, day, None, "bench", RECORDED, new, head)],
            )
            staff.remove(new)
            staff.insert(1, new)
            assert old in staff  # noqa: S101 - a bench that changed nothing would measure nothing
