"""A changed pack in the words of its writer: only what is otherwise is written anew.

Comments and layout stay wherever their entry did not change, and a comment goes where the entry
below it goes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from tanxin.core.drafting.tree import Tree, entry_text, section_text, text_of, tree_of
from tanxin.core.policy.read import node_of, read


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one entry; ``lead`` are the comments and empty lines above it."""

    line: int
    name: str
    value: Tree
    lead: str
    body: str
    node: yaml.Node


@dataclass(frozen=True, slots=True)
class Cut:
    """A collection cut into the pieces of its entries, and what stands before and behind them."""

    head: str
    pieces: tuple[Piece, ...]
    tail: str


def rewritten(text: str, after: dict[str, Tree]) -> str:
    """Return a source that says ``after``, as near to ``text`` as can be."""
    near = _rewritten(text, after)
    return near if near is not None and read_tree(near) == after else text_of(after)


def read_tree(text: str) -> Tree:
    """What a source says; nothing where it cannot be read at all."""
    root, _ = read("", text)
    return None if root is None else tree_of(root)


def _rewritten(text: str, after: dict[str, Tree]) -> str | None:
    if read_tree(text) is None:
        return None
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    cut = _cut_mapping(text, root, 0, len(text.splitlines()))
    if cut is None:
        return None
    lines = text.splitlines(keepends=True)

    def written(name: str, value: Tree, old: Piece | None) -> str:
        if old is None:
            return section_text(name, value)
        inner = _inside(lines, old, value)
        return section_text(name, value) if inner is None else inner

    return _joined(cut, list(after.items()), written)


def _inside(lines: list[str], section: Piece, value: Tree) -> str | None:
    """A section of which some entries are otherwise; nothing where it must be written anew."""
    text = "".join(lines)
    first, last = section.line + 1, section.line + section.body.count("\n")
    if isinstance(value, list):
        cut = _cut_list(text, section.node, first, last)
        named: list[tuple[str, Tree]] = [(_name(each, at), each) for at, each in enumerate(value)]
        key = False
    elif isinstance(value, dict):
        cut = _cut_mapping(text, section.node, first, last)
        named, key = list(value.items()), True
    else:
        return None
    if cut is None or not named:
        return None
    return lines[section.line] + _joined(
        cut, named, lambda name, each, _: entry_text(name if key else None, each)
    )


def _joined(
    cut: Cut,
    wanted: Sequence[tuple[str, Tree]],
    written: Callable[[str, Tree, Piece | None], str],
) -> str:
    left = list(cut.pieces)
    parts = [cut.head]
    for name, value in wanted:
        old = _taken(left, name, value)
        if old is not None and old.value == value:
            parts += [old.lead, _ended(old.body)]
        else:
            parts += [old.lead if old else _space(cut), _ended(written(name, value, old))]
    return "".join([*parts, cut.tail])


def _taken(left: list[Piece], name: str, value: Tree) -> Piece | None:
    same = next((piece for piece in left if piece.name == name and piece.value == value), None)
    found = same or next((piece for piece in left if piece.name == name), None)
    if found:
        left.remove(found)
    return found


def _space(cut: Cut) -> str:
    """New entries stand apart where the others do."""
    return "\n" if any(piece.lead.startswith("\n") for piece in cut.pieces) else ""


def _ended(body: str) -> str:
    return body if body.endswith("\n") else f"{body}\n"


def _name(value: Tree, at: int) -> str:
    named = value.get("id") if isinstance(value, dict) else None
    return str(named) if named else f"#{at}"


def _cut_mapping(text: str, node: yaml.Node | None, first: int, last: int) -> Cut | None:
    if not isinstance(node, yaml.MappingNode) or node.flow_style or not node.value:
        return None
    entries = [(key.value, key.start_mark.line, value) for key, value in node.value]
    return _cut(text, entries, first, last)


def _cut_list(text: str, node: yaml.Node, first: int, last: int) -> Cut | None:
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or not node.value:
        return None
    read_values = [tree_of(node_of(each)) for each in node.value]
    entries = [
        (_name(value, at), each.start_mark.line, each)
        for at, (value, each) in enumerate(zip(read_values, node.value, strict=True))
    ]
    return _cut(text, entries, first, last)


def _cut(
    text: str, entries: Sequence[tuple[str, int, yaml.Node]], first: int, last: int
) -> Cut | None:
    starts = [line for _, line, _ in entries]
    if len(set(starts)) != len(starts):
        return None
    lines = text.splitlines(keepends=True)
    pieces, above = [], first
    for (name, line, node), following in zip(entries, [*starts[1:], last], strict=True):
        end = _last_line(lines, line, following)
        lead, body = "".join(lines[above:line]), "".join(lines[line:end])
        pieces.append(Piece(line, name, tree_of(node_of(node)), lead, body, node))
        above = end
    return Cut("", tuple(pieces), "".join(lines[above:last]))


def _last_line(lines: Sequence[str], start: int, end: int) -> int:
    """The line behind the last one that says something."""
    while end > start + 1 and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    return end
