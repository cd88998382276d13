"""A shape with its value, ready to be shown: names of controls, what was typed, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatch
from typing import TYPE_CHECKING

from tanxin.core.drafting.differences import source_of
from tanxin.core.drafting.tree import Path, Tree
from tanxin.web.rules.drafting.posted import join
from tanxin.web.rules.drafting.shapes import (
    Flag,
    Group,
    Kept,
    Label,
    Line,
    Many,
    Named,
    OneOf,
    Raw,
    Shape,
    Span,
    Word,
    Words,
    Yes,
)

if TYPE_CHECKING:
    from tanxin.web.rules.drafting.said import Said

FEW = 12


@dataclass(slots=True)
class Option:
    value: str
    label: Label
    chosen: bool
    children: "list[Bound]" = field(default_factory=list)


@dataclass(slots=True)
class Bound:
    """``kind`` names the template that shows it; ``children`` are shown inside."""

    kind: str
    name: str
    label: Label
    help: Label = ""
    example: str = ""
    text: str = ""
    options: list[Option] = field(default_factory=list)
    children: "list[Bound]" = field(default_factory=list)
    faults: "list[Said]" = field(default_factory=list)
    said: bool = False
    place: str = ""
    key: str = ""
    count: int = 0
    blank: bool = False
    rare: bool = False

    @property
    def id(self) -> str:
        """Dots and signs of a name would mean something to a selector."""
        return "f-" + "".join(sign if sign.isalnum() else "-" for sign in self.name)

    @property
    def faulty(self) -> bool:
        inner = [*self.children, *(each for one in self.options for each in one.children)]
        return bool(self.faults) or any(each.faulty for each in inner)

    @property
    def open(self) -> bool:
        return self.said or self.faulty

    @property
    def shown(self) -> bool:
        """Whether there is a place for faults beside it."""
        return self.kind not in ("kept", "yes")

    @property
    def usual(self) -> "list[Bound]":
        return [each for each in self.children if not each.rare]

    @property
    def folded(self) -> "list[Bound]":
        return [each for each in self.children if each.rare]

    def all(self) -> "Iterator[Bound]":
        yield self
        for each in [*self.children, *(each for one in self.options for each in one.children)]:
            yield from each.all()


@dataclass(slots=True)
class Faults:
    """Faults by their place; each is shown once, as near to its value as there is a field."""

    left: "list[tuple[Path, Said]]"

    def at(self, path: Path) -> "list[Said]":
        """Those at the place itself."""
        return self._take([one for one in self.left if one[0] == path])

    def under(self, path: Path) -> "list[Said]":
        """Those of it and of all it holds."""
        return self._take([one for one in self.left if one[0][: len(path)] == path])

    def _take(self, found: "Sequence[tuple[Path, Said]]") -> "list[Said]":
        self.left = [one for one in self.left if one not in found]
        return [said for _, said in found]


def bind(shape: Shape, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    if isinstance(shape, Raw) or not shape.fits(tree):
        return _raw(shape, tree, name, path, faults)
    bound = _bind(shape, tree, name, path, faults)
    bound.help, bound.example = shape.help, shape.example
    bound.faults += faults.under(path)
    return bound


def _raw(shape: Shape, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    return Bound(
        "raw",
        join(name, "~"),
        shape.label or str(path[-1] if path else ""),
        text=source_of(tree),
        said=tree is not None,
        faults=faults.under(path),
    )


@singledispatch
def _bind(shape: Shape, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    raise TypeError(shape)


@_bind.register(Kept)
def _(shape: Kept, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    return Bound("kept", name, shape.label)


@_bind.register(Line)
def _(shape: Line, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    text = "" if tree is None else str(tree)
    return Bound(shape.kind, name, shape.label, text=text, said=tree is not None)


@_bind.register(Flag)
def _(shape: Flag, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    text = {True: "yes", False: "no"}.get(tree, "") if isinstance(tree, bool) else ""
    return Bound("flag", name, shape.label, text=text, said=tree is not None)


@_bind.register(Yes)
def _(shape: Yes, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    return Bound("yes", name, shape.label, said=tree is True)


@_bind.register(Word)
def _(shape: Word, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    text = "" if tree is None else str(tree)
    options = _options(shape.choices, [text] if text else [])
    return Bound("word", name, shape.label, text=text, options=options, said=tree is not None)


@_bind.register(Words)
def _(shape: Words, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    chosen = tree if isinstance(tree, list) else [] if tree is None else [tree]
    options = _options(shape.choices, [str(each) for each in chosen])
    kind = "words" if len(shape.choices) <= FEW else "select"
    return Bound(kind, name, shape.label, options=options, said=bool(chosen))


@_bind.register(Span)
def _(shape: Span, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:  # noqa: ARG001 - one shape for all
    unit, amount = next(iter(tree.items())) if isinstance(tree, dict) and tree else ("", None)
    return Bound(
        "span",
        name,
        shape.label,
        text="" if amount is None else str(amount),
        options=_options(shape.units, [unit] if unit else []),
        said=tree is not None,
    )


@_bind.register(Group)
def _(shape: Group, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    held = tree if isinstance(tree, dict) else {}
    bound = Bound("group", name, shape.label, said=bool(held))
    shown = set(shape.keys)
    if shape.pick:
        chosen = shape.pick.chosen(held)
        for kind, (label, keys) in shape.pick.kinds.items():
            own = held if kind == chosen else {}
            parts = _parts(keys, own, name, path, faults if kind == chosen else Faults([]))
            bound.options.append(Option(kind, label, kind == chosen, parts))
            shown |= set(keys) if kind == chosen else set()
        bound.text = str(shape.pick.label)
    bound.children = _parts(shape.keys, held, name, path, faults)
    for key, part in zip(shape.keys, bound.children, strict=True):
        part.rare = key in shape.rare and not part.open
    unknown = {key: Raw(label=key) for key in held if key not in shown}
    bound.children += _parts(unknown, held, name, path, faults)
    return bound


def _parts(
    shapes: Mapping[str, Shape], held: Mapping[str, Tree], name: str, path: Path, faults: Faults
) -> list[Bound]:
    return [
        bind(shape, held.get(key), join(name, key), (*path, key), faults)
        for key, shape in shapes.items()
    ]


@_bind.register(Many)
def _(shape: Many, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    items = tree if isinstance(tree, list) else [] if tree is None else [tree]
    bound = Bound("many", name, shape.label, said=bool(items), count=len(items) + 1)
    for at, item in enumerate(items):
        place = (*path, at) if isinstance(tree, list) else path
        inner = bind(shape.item, item, join(name, at), place, faults)
        inner.place = join(name, at)
        bound.children.append(inner)
    blank = bind(shape.item, None, join(name, len(items)), (), Faults([]))
    blank.blank, blank.place = True, join(name, len(items))
    bound.children.append(blank)
    return bound


@_bind.register(Named)
def _(shape: Named, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    items = list(tree.items()) if isinstance(tree, dict) else []
    bound = Bound("named", name, shape.label, said=bool(items), count=len(items) + 1)
    for at, (key, item) in enumerate([*items, ("", None)]):
        place, found = ((*path, key), faults) if at < len(items) else ((), Faults([]))
        inner = bind(shape.item, item, join(name, at), place, found)
        inner.key, inner.blank, inner.place = key, at == len(items), join(name, at)
        bound.children.append(inner)
    bound.options = _options(shape.names, [])
    return bound


@_bind.register(OneOf)
def _(shape: OneOf, tree: Tree, name: str, path: Path, faults: Faults) -> Bound:
    now = shape.of(tree) if tree is not None else None
    bound = Bound("one", name, shape.label, said=tree is not None)
    for each in shape.alternatives:
        mine = now is not None and now.code == each.code
        part = bind(
            each.shape,
            tree if mine else None,
            join(name, each.code),
            path,
            faults if mine else Faults([]),
        )
        bound.options.append(Option(each.code, each.label, mine, [part]))
    return bound


def _options(choices: Mapping[str, Label], chosen: Iterable[str]) -> list[Option]:
    """All there are, and what was written though nobody knows it."""
    chosen = list(chosen)
    known = [Option(value, label, value in chosen) for value, label in choices.items()]
    strange = [Option(value, value, chosen=True) for value in chosen if value not in choices]
    return [*known, *strange]
