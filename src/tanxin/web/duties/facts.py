"""The facts of a trace in words."""

from tanxin.apps.duties.reading.why import Ground
from tanxin.apps.org.directory import Directory
from tanxin.apps.org.selectors import FactLine
from tanxin.web.org import words
from tanxin.web.rules import words as rule_words

ROLES = {
    "seat": words.SEAT_ROLES,
    "branch": words.BRANCH_ROLES,
    "years": rule_words.DATES,
    "gender": words.GENDERS,
}


def fact_words(ground: Ground, names: Directory) -> tuple[str, str]:
    """What sort of fact it is, and what it says."""
    line, code = ground.line, ground.fact.code
    if line is None:
        role = words.word(ROLES.get(code, {}), ground.fact.what)
        return words.word(words.FACT_KINDS, code), role.strip("-")
    return words.fact_kind(line.kind, line.what), told(line, names)


def told(line: FactLine, names: Directory) -> str:
    if line.kind in {"contact", "contacted"}:
        return names.name(line.other_id) if line.other_id else names.unit_name(line.of_id)
    if line.kind == "state":
        return words.word(words.STATES, line.what)
    role = words.word(ROLES.get(line.kind, {}), line.role) if line.kind in ROLES else ""
    unit = "" if line.kind == "seat" else names.unit_name(line.of_id)
    return joined(line.what, unit, role)


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
