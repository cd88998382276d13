"""A person's form (任免审批表) and his row of a sheet, sent together, become one row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tanxin.apps.org import codes
from tanxin.apps.org.roster.findings import Problem, Report, unclear
from tanxin.apps.org.roster.places import RowKey
from tanxin.apps.org.roster.rows import PersonRow

CODED = frozenset({"gender", "politics"})
# Left out where places are compared: 山东济南 is 山东省济南市, and 汉 is 汉族.
ENDINGS = str.maketrans("", "", "省市县区族 ")


def with_forms(
    persons: list[PersonRow], report: Report
) -> tuple[list[PersonRow], Mapping[RowKey, RowKey]]:
    """Each form goes into the row about the same person; also which form went into which row."""
    forms = [person for person in persons if not person.where.sheet]
    rows = {person.where.key: person for person in persons if person.where.sheet}
    if not forms or not rows:
        return persons, {}
    by_name: dict[str, list[PersonRow]] = defaultdict(list)
    for row in rows.values():
        by_name[row.name].append(row)
    homes: dict[RowKey, RowKey] = {}
    for form in forms:
        found = whose(by_name[form.name], form)
        if len(found) > 1:
            problem = unclear("form-of-several", hint="add-id", name=form.name, count=len(found))
            report.add(form.where, problem, "name")
        elif found and found[0].where.key not in homes.values():
            homes[form.where.key] = found[0].where.key
            rows[found[0].where.key] = merged(found[0], form, report)
    kept = (person for person in persons if person.where.key not in homes)
    return [rows.get(person.where.key, person) for person in kept], homes


def whose(rows: Iterable[PersonRow], form: PersonRow) -> list[PersonRow]:
    """The rows of that name which may be the form's: by ID number, or else by birth."""
    by_id = [row for row in rows if form.id_number and row.id_number == form.id_number]
    unsure = [row for row in rows if not (row.id_number and form.id_number)]
    born = [row for row in unsure if row.birth and row.birth == form.birth]
    return by_id[:1] or born or unsure


def merged(row: PersonRow, form: PersonRow, report: Report) -> PersonRow:
    """The row with what only the form says; where the two differ, somebody is asked."""
    if form.where.key in report.refused:
        return row
    chosen: dict[str, Any] = {}
    for name, agreed in COMPARED.items():
        ours, theirs = getattr(row, name), getattr(form, name)
        if ours and theirs and ours != theirs:
            chosen[name] = agreed(ours, theirs)
            if chosen[name] is None:
                report.add(row.where, difference(name, ours, theirs, form), name)
        chosen[name] = chosen.get(name) or ours or theirs
    return replace(row, **chosen)


def difference(name: str, ours: object, theirs: object, form: PersonRow) -> Problem:
    readings = (str(ours), str(theirs))
    words = [codes.table(name).word(code) for code in readings] if name in CODED else readings
    return unclear(
        "form-differs", *readings, hint="choose-right", ours=words[0], theirs=words[1],
        file=form.where.file.rpartition("/")[2],
    )  # fmt: skip


def neither(_ours: object, _theirs: object) -> None:
    """Two words for it are two things."""


def fuller(ours: str, theirs: str) -> str | None:
    bare, other = ours.translate(ENDINGS), theirs.translate(ENDINGS)
    return max(ours, theirs, key=len) if bare in other or other in bare else None


def in_the_title(ours: str, theirs: str) -> str | None:
    """The form's title names unit and department too; the sheet has columns for those."""
    return ours if all(part in theirs for part in ours.split("、")) else None


def dated(ours: date, theirs: date) -> date | None:
    """A month without a day is kept as its first day."""
    same_month = (ours.year, ours.month) == (theirs.year, theirs.month)
    return max(ours, theirs) if same_month and 1 in {ours.day, theirs.day} else None


def ours_first(ours: object, _theirs: object) -> object:
    return ours


def theirs_first(_ours: object, theirs: object) -> object:
    return theirs


# What a form says, and which of two that differ in writing is taken; None where they contradict.
COMPARED: Mapping[str, Callable[[Any, Any], object | None]] = {
    "gender": neither, "birth": neither, "politics": neither, "id_number": neither,
    "started_work": dated, "joined_party": dated, "ethnicity": fuller, "origin": fuller,
    "education": fuller, "post": in_the_title,
    # The form names the unit that hands it in, and has the whole career.
    "unit": ours_first, "career": theirs_first,
}  # fmt: skip
