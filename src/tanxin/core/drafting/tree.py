"""The source of a pack as plain values, and values as source."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeAlias

import yaml

from tanxin.core.policy.read import Node

Scalar: TypeAlias = str | int | bool | date | None
Tree: TypeAlias = "Scalar | list[Tree] | dict[str, Tree]"
Path: TypeAlias = tuple[str | int, ...]

WIDTH = 100
BLOCKS = 2  # The pack, its sections, and each rule, clause or word in them stand in lines.
_RESOLVER: Any = yaml.SafeLoader("")
_STRING = "tag:yaml.org,2002:str"
_FLOAT = "tag:yaml.org,2002:float"


def tree_of(node: Node) -> Tree:
    value = node.value
    if isinstance(value, tuple):
        return [tree_of(each) for each in value]
    if isinstance(value, str | int | date) or value is None:
        return value
    return {key: tree_of(each) for key, each in value.items()}


def text_of(tree: dict[str, Tree]) -> str:
    """The source of a whole pack, as its writers lay it out."""
    if not tree:
        return "{}\n"
    return "".join(section_text(key, value) for key, value in tree.items())


def section_text(key: str, value: Tree) -> str:
    """A key of the pack with what it holds."""
    if key == "rules" and isinstance(value, list) and value:
        return "rules:\n" + "\n".join(entry_text(None, each) for each in value)
    return serialized({key: value}, 0)


def entry_text(key: str | None, value: Tree) -> str:
    """One entry of a section: under its name, or one of a list."""
    text = serialized([value] if key is None else {key: value}, 1)
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))


def serialized(tree: Tree, depth: int) -> str:
    """A collection whose entries stand in lines of their own."""
    node = _collected(tree, depth, flow=False)
    node.flow_style = False
    text = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=10**6)
    return str(text)


def in_one_line(tree: Tree) -> str:
    """One value as source, however long."""
    if not isinstance(tree, dict | list):
        return serialized([tree], 0).strip().removeprefix("- ")
    node = _collected(tree, 0, flow=True)
    text = yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=10**6)
    return str(text).strip()


def _collected(tree: Tree, depth: int, *, flow: bool) -> Any:  # noqa: ANN401 a node of PyYAML
    if isinstance(tree, dict):
        inner = flow or _in_one_line(tree, depth)
        pairs = [
            (yaml.ScalarNode(_STRING, key), _collected(value, depth + 1, flow=inner))
            for key, value in tree.items()
        ]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=inner)
    if isinstance(tree, list):
        inner = flow or _in_one_line(tree, depth)
        items = [_collected(value, depth + 1, flow=inner) for value in tree]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, flow_style=inner)
    return _scalar(tree)


def _scalar(value: Scalar) -> yaml.ScalarNode:
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", "yes" if value else "no")
    if isinstance(value, int):
        return yaml.ScalarNode("tag:yaml.org,2002:int", str(value))
    if isinstance(value, date):
        return yaml.ScalarNode("tag:yaml.org,2002:timestamp", value.isoformat())
    if value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "null")
    # A version such as 2026.1 needs no quotes: packs know no fractions.
    tag = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
    style = None if value.isprintable() else '"'
    return yaml.ScalarNode(_FLOAT if tag == _FLOAT else _STRING, value, style=style)


def _in_one_line(tree: Tree, depth: int) -> bool:
    if not tree:
        return True
    if depth == 0 or (depth <= BLOCKS and any(isinstance(each, dict) for each in _values(tree))):
        return False
    return (depth != BLOCKS or len(list(_values(tree))) <= BLOCKS) and _size(tree) <= WIDTH


def _values(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, dict):
        yield from tree.values()
    elif isinstance(tree, list):
        yield from tree


def _size(tree: Tree) -> int:
    if isinstance(tree, dict):
        return sum(len(key) + 4 + _size(value) for key, value in tree.items())
    if isinstance(tree, list):
        return sum(2 + _size(value) for value in tree)
    return len(str(tree))
