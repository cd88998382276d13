"""What a case may name, and the faults of a file of cases as they are found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from tanxin.core.policy.case_facts import dated
from tanxin.core.policy.faults import Fault
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import Pack

_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Named:
    """The packs that a case names, and whom and what its ``given`` names."""

    packs: Sequence[Pack]
    people: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()

    @property
    def own(self) -> OwnWords:
        own = NO_WORDS
        for pack in self.packs:
            own = own.beside(pack.own or NO_WORDS)
        return own

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(rule.id for pack in self.packs for rule in pack.rules))

    @property
    def packed_rules(self) -> list[str]:
        return [f"{pack.id}/{rule.id}" for pack in self.packs for rule in pack.rules]


class Looking:
    """Collects faults; what is read with one is never run."""

    def __init__(self, faults: list[Fault]) -> None:
        self._faults = faults

    def wrong(
        self, code: str, node: Node, hint: str = "", example: str = "", **params: str
    ) -> None:
        fault = Fault(code, node.file, node.line, params, hint, example)
        # What several cases have in common is looked at in each of them.
        if fault not in self._faults:
            self._faults.append(fault)

    def mapping(self, node: Node, place: str, example: str) -> Mapping[str, Node]:
        if isinstance(node.value, Mapping):
            return node.value
        self.wrong("case.shape", node, example=example, place=place)
        return {}

    def rows(self, node: Node, place: str, example: str) -> Sequence[Node]:
        if isinstance(node.value, tuple):
            return node.value
        self.wrong("case.shape", node, example=example, place=place)
        return ()

    def keys(
        self, node: Node, place: str, known: Iterable[str], example: str
    ) -> Mapping[str, Node]:
        """Return the mapping without those keys that cannot stand there."""
        found = self.mapping(node, place, example)
        known = list(known)
        for key, value in found.items():
            self.word(value, key, place, known)
        return {key: value for key, value in found.items() if key in known}

    def word(self, node: Node, value: str, place: str, known: Iterable[str]) -> bool:
        known = list(known)
        if value not in known:
            listed = ", ".join(known)
            hint = near(value, known)
            self.wrong("case.word", node, hint, value=value, place=place, known=listed)
        return value in known

    def text(self, node: Node) -> str:
        """Return a name or word, or nothing with the fault noted."""
        if isinstance(node.value, str) and node.value.strip():
            return node.value
        self.wrong("case.text", node, value=_shown(node))
        return ""

    def dated(self, node: Node) -> str:
        """Return the word before ``from..to``."""
        text = self.text(node)
        try:
            word, start, end = dated(text)
        except ValueError:
            self.wrong("case.days", node, value=text)
            return ""
        if ".." in word or (start and end and end <= start):
            self.wrong("case.days", node, value=text)
            return ""
        return word

    def day(self, node: Node) -> None:
        if not isinstance(node.value, date):
            self.wrong("case.day", node, value=_shown(node))

    def flag(self, node: Node) -> None:
        if not isinstance(node.value, bool):
            self.wrong("case.flag", node, value=_shown(node))

    def number(self, node: Node, least: int, most: int) -> None:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            limits = {"least": str(least), "most": str(most)}
            self.wrong("case.number", node, value=_shown(node), **limits)

    def need(self, node: Node, found: Mapping[str, Node], key: str, example: str) -> None:
        if key not in found or found[key].value is None:
            self.wrong("key.missing", node, example=example, key=key)


def near(value: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant; a figure stands for its two-figure code."""
    known = list(known)
    if value.zfill(2) in known:
        return value.zfill(2)
    found = get_close_matches(value.lower(), known, n=1, cutoff=_ENOUGH)
    return found[0] if found else ""


def _shown(node: Node) -> str:
    if isinstance(node.value, Mapping | tuple):
        return "…"
    return "" if node.value is None else str(node.value)
