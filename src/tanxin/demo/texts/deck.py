from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from tanxin.demo.dice import dice

# Between what is said and what is only agreed on because of it.
THEREFORE = " || "
AT_HOME = frozenset({"ill", "hardship", "elder", "abroad", "grief", "mentor"})
SLOTS = ("opening", "said", "reply", "agreed")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something raised, and everything written about it until it is answered."""

    kind: str
    raised: str
    statement: str
    measure: str
    evidence: str
    note: str
    answer: str


Matter = str


@cache
def read(name: str) -> Any:  # noqa: ANN401 - whatever shape the file has
    return yaml.safe_load(files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))


def read_troubles() -> tuple[Trouble, ...]:
    return tuple(Trouble(**each) for each in read("troubles"))


class Deck:
    """Deals sentences: one comes again only when all others of its pile have been used."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.piles: dict[tuple[str, ...], list[str]] = {}

    @cached_property
    def aside(self) -> "Deck":
        return Deck(dice("details"))

    def deal(self, *where: str) -> str:
        pile = self.piles.setdefault(where, [])
        if not pile:
            found = self.all_of(*where)
            pile.extend(self.chance.sample(found, len(found)))
        return pile.pop()

    def all_of(self, *where: str) -> list[str]:
        found = read(where[0])
        for name in where[1:]:
            found = found[name]
        return list(found)

    def record(self, situation: str, unit: str) -> str:
        """Some talks are long and some short; a matter of the unit goes with what is said."""
        matter = self.matter(unit)
        parts = {slot: self.deal("records", situation, slot) for slot in SLOTS}
        parts["said"], _, agreed = parts["said"].partition(THEREFORE)
        if agreed:
            parts["agreed"] = agreed
        if self.chance.random() < 0.2:  # noqa: PLR2004 - one talk in five needs few words
            parts.pop(self.chance.choice(["opening", "reply"]))
        parts["said"] += self.details(situation)
        text = "\n".join(parts.values())
        return text.replace("{matter}", matter)

    def details(self, situation: str) -> str:
        """Two things that belong to this talk alone; dealt apart, so that nothing else moves."""
        pile = "home" if situation in AT_HOME else "work"
        return "".join(self.aside.deal("details", pile) for _ in range(2))

    def matter(self, unit: str) -> Matter:
        known = read("matters")
        return self.deal("matters", unit if unit in known else "其他")
