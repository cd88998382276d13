"""The parts of a draft that have a form each: its head, a clause, a rule, a row, its own words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.core.drafting.edit import NoSuchPlace, at, put
from tanxin.core.drafting.tree import Path, Tree
from tanxin.core.policy import check
from tanxin.web.rules.drafting import labels, schema
from tanxin.web.rules.drafting.pieces import complete
from tanxin.web.rules.drafting.shapes import Group, Raw, Shape
from tanxin.web.rules.drafting.vocabulary import Vocabulary

HEAD = "head"
Make: TypeAlias = Callable[[Vocabulary], Shape]
# Sections that are one form, and those of which each entry has its own.
WHOLE: Mapping[str, Make] = {
    "words": lambda _v: schema.own_words(),
    "parameters": lambda _v: schema.parameters(),
    "calendars": lambda _v: schema.calendars(),
}
EACH: Mapping[str, Make] = {
    "citations": lambda _v: schema.citation(),
    "kinds": lambda v: schema.manner(v, with_kind=False),
    "types": lambda v: schema.manner(v, with_kind=True),
    "rules": schema.rule,
}
TITLES: Mapping[str, Promise] = {
    HEAD: _("The pack itself"),
    "citations": _("Clause"),
    "kinds": labels.PACK["kinds"],
    "types": labels.PACK["types"],
    "rules": _("Rule"),
    "rows": _("Row of a rule"),
    "words": labels.PACK["words"],
    "parameters": labels.PACK["parameters"],
    "calendars": labels.PACK["calendars"],
}
# What a new entry begins with; a name makes it an entry under a name.
NEW: Mapping[str, tuple[str, Tree]] = {
    "citations": ("clause-1", {"issued": "unit", "verified": False}),
    "kinds": ("kind_1", {}),
    "types": ("type_1", {}),
    "rules": ("", {}),
    "rows": ("", {}),
}
RULE, ROW = 2, 4


@dataclass(frozen=True, slots=True)
class Part:
    """``name`` is the key of an entry under a name, which can be changed as well."""

    code: str
    path: Path
    shape: Shape
    title: Promise
    name: str = ""

    @property
    def faults_path(self) -> Path:
        return self.path

    def value(self, tree: Tree) -> Tree:
        """Raises ``Http404`` where the draft has no such part any more."""
        try:
            held = at(tree, self.path)
        except NoSuchPlace:
            if self.path and self.code in WHOLE:
                return None
            raise Http404 from None
        if self.code != HEAD or not isinstance(held, dict):
            return held
        return {key: value for key, value in held.items() if key not in elsewhere()}

    def put(self, tree: Tree, value: Tree) -> Tree:
        if self.code != HEAD:
            return put(tree, self.path, value if value is not None or self.code in WHOLE else {})
        held = tree if isinstance(tree, dict) else {}
        kept = {key: each for key, each in held.items() if key in elsewhere()}
        return {**(value if isinstance(value, dict) else {}), **kept}


def elsewhere() -> frozenset[str]:
    """The keys of a pack that have forms of their own."""
    return frozenset({*WHOLE, *EACH})


def part_of(code: str, vocabulary: Vocabulary, beside: Mapping[str, str]) -> Part:
    """Raises ``Http404``."""
    if code == HEAD:
        complete = set(check.KEYS) - elsewhere()
        shape = schema.head(beside)
        assert_same(complete, shape)
        return Part(code, (), shape, TITLES[HEAD])
    path = path_of(code)
    section = str(path[0])
    if section in WHOLE and len(path) == 1:
        return Part(code, path, WHOLE[section](vocabulary), TITLES[section])
    if section in EACH and len(path) == RULE:
        name = path[1] if isinstance(path[1], str) else ""
        return Part(code, path, EACH[section](vocabulary), TITLES[section], name)
    if section == "rules" and len(path) == ROW and path[2] == "rows":
        return Part(code, path, schema.row(vocabulary), TITLES["rows"])
    raise Http404


def assert_same(known: set[str], shape: Group) -> None:
    complete(tuple(known), dict.fromkeys(shape.keys, Raw()))


def path_of(code: str) -> Path:
    """``rules.3.rows.0`` → the path; names hold no dots. Raises ``Http404``."""
    section, _, rest = code.partition(".")
    if section != "rules":
        return (section, rest) if rest else (section,)
    keys: list[str | int] = [section]
    for key in rest.split(".") if rest else ():
        if key != "rows" and not (key.isascii() and key.isdigit() and len(key) < ROW):
            raise Http404
        keys.append(key if key == "rows" else int(key))
    return tuple(keys)


def code_of(path: Path) -> str:
    return ".".join(map(str, path))
