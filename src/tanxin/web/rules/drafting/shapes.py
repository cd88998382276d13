"""What the parts of a pack look like as forms: a few shapes that hold one another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from django.utils.functional import Promise

from tanxin.core.drafting.tree import Tree

Label: TypeAlias = "str | Promise"
Choices: TypeAlias = Mapping[str, Label]


def is_scalar(tree: Tree) -> bool:
    return isinstance(tree, str | int | date) and not isinstance(tree, bool)


@dataclass(frozen=True, slots=True)
class Shape:
    label: Label = ""
    help: Label = ""
    example: str = ""

    def fits(self, tree: Tree) -> bool:  # noqa: ARG002 - the raw text takes everything
        return True


@dataclass(frozen=True, slots=True)
class Raw(Shape):
    """Any value, as source: what no other shape can show is not lost."""


@dataclass(frozen=True, slots=True)
class Line(Shape):
    """One value in words; ``kind`` is text, number, day or long."""

    kind: str = "text"

    def fits(self, tree: Tree) -> bool:
        return tree is None or is_scalar(tree)


@dataclass(frozen=True, slots=True)
class Flag(Shape):
    """Yes, no, or not said."""

    def fits(self, tree: Tree) -> bool:
        return tree is None or isinstance(tree, bool)


@dataclass(frozen=True, slots=True)
class Word(Shape):
    choices: Choices = field(default_factory=dict)

    def fits(self, tree: Tree) -> bool:
        return tree is None or is_scalar(tree)


@dataclass(frozen=True, slots=True)
class Words(Shape):
    """Any of ``choices``: one alone stands for a list of one."""

    choices: Choices = field(default_factory=dict)
    numbers: bool = False

    def fits(self, tree: Tree) -> bool:
        return self.one(tree) or (isinstance(tree, list) and all(map(is_scalar, tree)))

    def one(self, tree: Tree) -> bool:
        return tree is None or is_scalar(tree)


@dataclass(frozen=True, slots=True)
class Span(Shape):
    """A number of days, weeks …: ``{weeks: 2}``."""

    units: Choices = field(default_factory=dict)

    def fits(self, tree: Tree) -> bool:
        if tree is None:
            return True
        if not isinstance(tree, dict) or len(tree) != 1:
            return False
        [(unit, amount)] = tree.items()
        return unit in self.units and is_scalar(amount)


@dataclass(frozen=True, slots=True)
class Pick:
    """Just one of these stands in the mapping; each brings keys along. No key of its own."""

    label: Label
    kinds: Mapping[str, tuple[Label, Mapping[str, Shape]]]

    def chosen(self, tree: Mapping[str, Tree]) -> str:
        return next((kind for kind in self.kinds if kind in tree), "")


@dataclass(frozen=True, slots=True)
class Yes(Shape):
    """Says yes by being there."""

    def fits(self, tree: Tree) -> bool:
        return tree is None or tree is True


@dataclass(frozen=True, slots=True)
class Kept(Shape):
    """Entries that have forms of their own: kept, and shown elsewhere."""

    def fits(self, tree: Tree) -> bool:
        return tree is None or (isinstance(tree, list) and all(isinstance(e, dict) for e in tree))


@dataclass(frozen=True, slots=True)
class Group(Shape):
    """Keys that are ``rare`` are folded away until one of them says something."""

    keys: Mapping[str, Shape] = field(default_factory=dict)
    pick: Pick | None = None
    rare: frozenset[str] = frozenset()

    def fits(self, tree: Tree) -> bool:
        return tree is None or isinstance(tree, dict)


@dataclass(frozen=True, slots=True)
class Many(Shape):
    """A list; one alone stands for a list of one."""

    item: Shape = field(default_factory=Raw)

    def fits(self, tree: Tree) -> bool:
        return tree is None or isinstance(tree, list) or self.item.fits(tree)


@dataclass(frozen=True, slots=True)
class Named(Shape):
    """Values under names that the writer chooses; ``names`` are all there can be, where said."""

    item: Shape = field(default_factory=Raw)
    names: Choices = field(default_factory=dict)

    def fits(self, tree: Tree) -> bool:
        return tree is None or isinstance(tree, dict)


@dataclass(frozen=True, slots=True)
class Alternative:
    code: str
    label: Label
    shape: Shape
    fits: Callable[[Tree], bool]


@dataclass(frozen=True, slots=True)
class OneOf(Shape):
    """The same value in one of several shapes."""

    alternatives: tuple[Alternative, ...] = ()

    def fits(self, tree: Tree) -> bool:
        return tree is None or self.of(tree) is not None

    def of(self, tree: Tree) -> Alternative | None:
        return next((each for each in self.alternatives if each.fits(tree)), None)

    def coded(self, code: str) -> Alternative | None:
        return next((each for each in self.alternatives if each.code == code), None)
