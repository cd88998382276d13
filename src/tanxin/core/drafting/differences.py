"""What is otherwise between two sources: entry by entry, and in each the words that changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tanxin.core.drafting.tree import Tree, in_one_line, serialized

NAMED = ("citations", "rules", "kinds", "types", "words", "calendars", "parameters")
INNER = 3


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """``name`` is empty for the head. ``words`` are key, before, after, as source in one line."""

    section: str
    name: str
    kind: Kind
    words: tuple[tuple[str, str, str], ...] = ()


def differences(one: Tree, two: Tree) -> list[Difference]:
    before, after = _mapping(one), _mapping(two)
    head = _words(_head(before), _head(after))
    found = [Difference("pack", "", Kind.CHANGED, head)] if head else []
    for section in NAMED:
        found += _between(section, _entries(before.get(section)), _entries(after.get(section)))
    return found


def source_of(tree: Tree) -> str:
    """One value as source."""
    if tree is None:
        return ""
    if isinstance(tree, dict | list):
        return serialized(tree, INNER).strip()
    return serialized([tree], INNER).strip().removeprefix("- ")


def _between(
    section: str, before: Mapping[str, Tree], after: Mapping[str, Tree]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*before, *after)):
        if name not in before:
            yield Difference(section, name, Kind.ADDED)
        elif name not in after:
            yield Difference(section, name, Kind.REMOVED)
        elif before[name] != after[name]:
            yield Difference(section, name, Kind.CHANGED, _words(before[name], after[name]))


def _words(one: Tree, two: Tree) -> tuple[tuple[str, str, str], ...]:
    if not (isinstance(one, dict) and isinstance(two, dict)):
        return () if one == two else (("", _line(one), _line(two)),)
    return tuple(
        (key, _line(one.get(key)), _line(two.get(key)))
        for key in dict.fromkeys((*one, *two))
        if one.get(key) != two.get(key)
    )


def _line(tree: Tree) -> str:
    return "" if tree is None else in_one_line(tree)


def _head(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    return {key: value for key, value in tree.items() if key not in NAMED}


def _entries(section: Tree) -> Mapping[str, Tree]:
    if isinstance(section, dict):
        return section
    listed = section if isinstance(section, list) else []
    return {_name(each, at): each for at, each in enumerate(listed)}


def _name(entry: Tree, at: int) -> str:
    return str(entry["id"]) if isinstance(entry, dict) and "id" in entry else f"#{at + 1}"


def _mapping(tree: Tree) -> Mapping[str, Tree]:
    return tree if isinstance(tree, dict) else {}
