"""The faults of a draft, each at the value it is about: a form shows it beside its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import TypeAlias

from tanxin.core.drafting.tree import Path
from tanxin.core.policy.check import check
from tanxin.core.policy.faults import Fault
from tanxin.core.policy.load import check_roots, words_of_all
from tanxin.core.policy.notes import notes_on
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.read import Node, read
from tanxin.core.policy.schema import Pack, Rule

MISSING = "key.missing"
Places: TypeAlias = dict[int, tuple[Path, int]]


@dataclass(frozen=True, slots=True)
class Placed:
    """``path`` leads from the pack to the value; it is empty for the whole."""

    path: Path
    fault: Fault


@dataclass(frozen=True, slots=True)
class Looked:
    """``pack`` is the draft, where it has no fault of its own, among ``packs`` beside it.

    ``rules`` are those of the draft that can be read already, each with its place; ``own`` the
    words that the packs bring, the draft's before the others'.
    """

    pack: Pack | None
    packs: tuple[Pack, ...]
    faults: tuple[Placed, ...]
    notes: tuple[Placed, ...] = ()
    rules: tuple[tuple[Path, Rule], ...] = ()
    own: OwnWords = NO_WORDS


def look_at(file: str, text: str, beside: Mapping[str, str]) -> Looked:
    """Check a draft together with the packs it is to be in force with, file name → text."""
    root, unread = read(file, text)
    if root is None:
        return Looked(None, (), tuple(Placed((), fault) for fault in unread))
    places: Places = {}
    numbered = _numbered(root, (), places, count(1))
    others = [found for name, other in beside.items() if (found := _root(name, other))]
    checked = check_roots([*others, numbered])
    faults = [
        _placed(fault, places) if fault.file == file else Placed((), fault)
        for fault in checked.faults
    ]
    pack = next((pack for pack in checked.packs if pack.file == file), None)
    notes = notes_on(checked.packs) if pack and not faults else ()
    return Looked(
        pack,
        checked.packs,
        (*(Placed((), fault) for fault in unread), *faults),
        tuple(_placed(note, places) for note in notes if note.file == file),
        tuple(_readable([*others, numbered], faults, places)),
        words_of_all([*others, numbered]),
    )


def _readable(
    roots: Sequence[Node], faults: Sequence[Placed], places: Places
) -> Iterator[tuple[Path, Rule]]:
    if not isinstance(roots[-1].value, Mapping):
        return
    sketch, _ = check(roots[-1], words_of_all(roots))
    wrong = [placed.path for placed in faults]
    for rule in sketch.rules:
        path = places[rule.line][0]
        if not any(
            each[: len(path)] == path or path[: len(each)] == each for each in wrong if each
        ):
            yield path, rule


@lru_cache(maxsize=32)
def _root(file: str, text: str) -> Node | None:
    """Packs in force do not change, so they are read once in a process."""
    root, faults = read(file, text)
    return None if faults else root


def _numbered(
    node: Node, path: Path, places: dict[int, tuple[Path, int]], ids: "count[int]"
) -> Node:
    """The same nodes with a number of their own in place of the line."""
    number = next(ids)
    places[number] = path, node.line
    value = node.value
    if isinstance(value, tuple):
        inner = tuple(_numbered(each, (*path, at), places, ids) for at, each in enumerate(value))
        return Node(inner, node.file, number)
    if isinstance(value, Mapping):
        held = {key: _numbered(each, (*path, key), places, ids) for key, each in value.items()}
        return Node(held, node.file, number)
    return Node(value, node.file, number)


def _placed(fault: Fault, places: Places) -> Placed:
    path, line = places.get(fault.line, ((), fault.line))
    params = dict(fault.params)
    if params.get("line", "").isdigit() and int(params["line"]) in places:
        params["line"] = str(places[int(params["line"])][1])
    if fault.code == MISSING:
        path = (*path, params["key"])
    return Placed(path, replace(fault, line=line, params=params))
