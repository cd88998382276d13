"""The kinds of sheets and their columns, from ``columns.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from unicodedata import normalize

import yaml

# What people put into a heading beside its name: （必填）, (YYYY.MM), *, ：
BESIDE = re.compile(r"[(\[【<].*?[)\]】>]|[*:：、.\s]")
LONGEST_HEAD = 60
# Sheets that explain; they hold no rows.
EXPLAINING = ("填写说明", "说明", "填表说明", "代码", "字典", "下拉选项")


@dataclass(frozen=True)
class Column:
    field: str
    reader: str
    heads: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True)
class SheetKind:
    name: str
    title: str
    titles: frozenset[str]
    needs: frozenset[str]
    columns: tuple[Column, ...]
    by_head: Mapping[str, Column]

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)


def bare_head(text: str) -> str:
    r"""A heading without white space, brackets and marks.

    >>> bare_head("*出生\n年月（YYYY.MM）")
    '出生年月'
    """
    return BESIDE.sub("", normalize("NFKC", text[:LONGEST_HEAD])).lower()


@cache
def kinds() -> Mapping[str, SheetKind]:
    given = yaml.safe_load(files(__package__).joinpath("columns.yaml").read_text("utf-8"))
    return {name: build(name, entry) for name, entry in given.items()}


def build(name: str, given: Mapping[str, object]) -> SheetKind:
    entries = given["columns"]
    if not isinstance(entries, dict):
        raise TypeError(f"columns.yaml: the columns of {name} are no mapping")
    columns = tuple(
        Column(field, entry["as"], tuple(entry["heads"]), many=entry.get("many", False))
        for field, entry in entries.items()
    )
    title, also, needs = str(given["title"]), given["also"], given["needs"]
    return SheetKind(
        name=name,
        title=title,
        titles=frozenset(map(str, (title, *list_of(also)))),
        needs=frozenset(map(str, list_of(needs))),
        columns=columns,
        by_head={bare_head(head): column for column in columns for head in column.heads},
    )


def list_of(given: object) -> list[object]:
    return list(given) if isinstance(given, list) else []
