"""First stage: YAML text → nodes that keep their file and line.

Only plain mappings, lists and scalars are read. Tags, anchors and deep nesting are refused before
anything is built, so that a pack can neither construct objects nor grow on reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

import yaml

from tanxin.core.policy.faults import Fault

MAX_DEPTH = 12
MAX_CHARACTERS = 400_000

Scalar = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its place."""

    value: "Scalar | tuple[Node, ...] | Mapping[str, Node]"
    file: str
    line: int


def read(file: str, text: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return the root of ``text``, or what keeps it from being read."""
    if len(text) > MAX_CHARACTERS:
        return None, (Fault("file.too-long", file, 1, {"most": str(MAX_CHARACTERS)}),)
    try:
        fault = _refused(file, text)
        if fault:
            return None, (fault,)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as broken:
        return None, (_syntax(file, broken),)
    if root is None:
        return None, (Fault("file.empty", file, 1),)
    faults: list[Fault] = []
    return _node(root, file, faults), tuple(faults)


def node_of(found: yaml.Node) -> Node:
    """What was composed from a text that was read before."""
    return _node(found, "", [])


def _syntax(file: str, broken: yaml.YAMLError) -> Fault:
    # Characters that no YAML may hold are found before lines are counted.
    mark = getattr(broken, "problem_mark", None)
    problem = str(getattr(broken, "problem", None) or getattr(broken, "reason", ""))
    return Fault("yaml.syntax", file, mark.line + 1 if mark else 1, {"problem": problem})


def _refused(file: str, text: str) -> Fault | None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        tag = getattr(event, "tag", None)
        if getattr(event, "anchor", None):
            return Fault("yaml.anchor", file, line)
        if tag:
            return Fault("yaml.tag", file, line, {"tag": tag})
        depth += _deeper(event)
        if depth > MAX_DEPTH:
            return Fault("yaml.too-deep", file, line, {"most": str(MAX_DEPTH)})
    return None


def _deeper(event: yaml.Event) -> int:
    if isinstance(event, yaml.CollectionStartEvent):
        return 1
    return -1 if isinstance(event, yaml.CollectionEndEvent) else 0


def _node(found: yaml.Node, file: str, faults: list[Fault]) -> Node:
    line = found.start_mark.line + 1
    if isinstance(found, yaml.MappingNode):
        return Node(_mapping(found, file, faults), file, line)
    if isinstance(found, yaml.SequenceNode):
        return Node(tuple(_node(each, file, faults) for each in found.value), file, line)
    return Node(_scalar(cast("yaml.ScalarNode", found), file, faults), file, line)


def _mapping(found: yaml.MappingNode, file: str, faults: list[Fault]) -> Mapping[str, Node]:
    mapping: dict[str, Node] = {}
    for key, value in found.value:
        # The key as written: YAML would turn a key such as `on` into a boolean.
        word = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if word in mapping:
            faults.append(Fault("key.twice", file, key.start_mark.line + 1, {"key": word}))
        mapping[word] = _node(value, file, faults)
    return mapping


_TRUE = ("yes", "true", "on")


def _scalar(found: yaml.ScalarNode, file: str, faults: list[Fault]) -> Scalar:
    text: str = found.value
    try:
        match found.tag.rpartition(":")[2]:
            case "int":
                return int(text)
            case "bool":
                return text.lower() in _TRUE
            case "null":
                return None
            case "timestamp":
                return date.fromisoformat(text)
            case _:
                return text
    except ValueError:
        place = found.start_mark.line + 1
        faults.append(Fault("value.unreadable", file, place, {"value": text}))
        return text
