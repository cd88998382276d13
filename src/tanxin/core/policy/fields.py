"""Reading typed values out of nodes. What is wrong is noted, and a harmless value goes on.

So one look finds all the faults of a file; whatever was built with one is thrown away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tanxin.core.policy.dated import Dated, always
from tanxin.core.policy.faults import Fault, meant
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import Title

_Word = TypeVar("_Word", bound=StrEnum)
NO_DAY = date.min


class Fields:
    """The keys of one mapping, of which only ``known`` ones may be there.

    ``own`` are the organisation's words, which are known beside those of everybody.
    """

    def __init__(
        self,
        node: Node,
        known: Sequence[str],
        faults: list[Fault],
        example: str = "",
        own: OwnWords = NO_WORDS,
    ) -> None:
        self.node = node
        self.example = example
        self.own = own
        self._faults = faults
        self._nodes: Mapping[str, Node] = {}
        if not isinstance(node.value, Mapping):
            self.wrong("type.wrong", node, wanted="mapping", got=kind_of(node))
            return
        self._nodes = node.value
        for key, value in self._nodes.items():
            if key not in known:
                self.wrong("key.unknown", value, hint=meant(key, known), key=key)

    def wrong(self, code: str, node: Node | None = None, hint: str = "", **params: str) -> None:
        place = node or self.node
        self._faults.append(Fault(code, place.file, place.line, params, hint, self.example))

    def inner(self, node: Node, known: Sequence[str], example: str = "") -> "Fields":
        return Fields(node, known, self._faults, example or self.example, self.own)

    def beside(self, example: str) -> "Fields":
        """The same place with an example that fits better."""
        there = copy(self)
        there.example = example
        return there

    def get(self, key: str) -> Node | None:
        """Return the node of ``key``; an empty value is as good as none."""
        node = self._nodes.get(key)
        return None if node is None or node.value is None else node

    def given(self) -> Iterator[tuple[str, Node]]:
        """Return the keys that have a value, with it."""
        return ((key, node) for key, node in self._nodes.items() if node.value is not None)

    def need(self, key: str) -> Node | None:
        node = self.get(key)
        if node is None and isinstance(self.node.value, Mapping):
            self.wrong("key.missing", key=key)
        return node

    def text(self, key: str, *, needed: bool = True) -> str:
        node = self.need(key) if needed else self.get(key)
        return "" if node is None else self.text_of(node)

    def text_of(self, node: Node) -> str:
        # A version such as 2026 or an article such as 19 need no quotes.
        if isinstance(node.value, str | int | date) and not isinstance(node.value, bool):
            return str(node.value).strip()
        self.wrong("type.wrong", node, wanted="text", got=kind_of(node))
        return ""

    def number(self, key: str, *, least: int = 0) -> int:
        node = self.need(key)
        return least if node is None else self.number_of(node, least)

    def number_of(self, node: Node, least: int) -> int:
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            if node.value >= least:
                return node.value
            self.wrong("number.too-small", node, least=str(least), got=str(node.value))
        else:
            self.wrong("type.wrong", node, wanted="number", got=kind_of(node))
        return least

    def day(self, key: str, *, needed: bool = True) -> date | None:
        node = self.need(key) if needed else self.get(key)
        if node is None or isinstance(node.value, date):
            return node.value if node else None  # type: ignore[return-value]
        self.wrong("type.wrong", node, wanted="day", got=kind_of(node))
        return None

    def flag(self, key: str) -> bool:
        node = self.get(key)
        if node is not None and not isinstance(node.value, bool):
            self.wrong("type.wrong", node, wanted="yes-or-no", got=kind_of(node))
        return bool(node and node.value is True)

    def items(self, key: str, *, needed: bool = True) -> tuple[Node, ...]:
        """Return a list; a single value stands for a list of one."""
        node = self.need(key) if needed else self.get(key)
        if node is None:
            return ()
        return node.value if isinstance(node.value, tuple) else (node,)

    def one(self, key: str, words: type[_Word], default: _Word) -> _Word:
        node = self.get(key)
        return default if node is None else self.word(node, words, default)

    def many(self, key: str, words: type[_Word], default: _Word) -> tuple[_Word, ...]:
        nodes = self.items(key, needed=False)
        return tuple(self.word(node, words, default) for node in nodes) or (default,)

    def word(self, node: Node, words: type[_Word], default: _Word) -> _Word:
        known = [each.value for each in words]
        return words(self.known(node, known) or default)

    def known(self, node: Node, words: Iterable[str]) -> str:
        """Return a word of the vocabulary, or nothing with the fault noted."""
        words = list(words)
        text = self.text_of(node)
        if text in words:
            return text
        if text:
            self.wrong(
                "value.unknown", node, meant(text, words), value=text, known=", ".join(words)
            )
        return ""

    def knowns(self, key: str, words: Iterable[str], *, needed: bool = False) -> tuple[str, ...]:
        words = list(words)
        return tuple(self.known(node, words) for node in self.items(key, needed=needed))

    def title(self, key: str) -> Title:
        node = self.need(key)
        if node is None:
            return Title("", "")
        inner = self.inner(node, ("zh", "en"), "title: {zh: 书记与党员, en: Secretary and members}")
        return Title(inner.text("zh"), inner.text("en"))

    def dated(self, key: str, parameters: Mapping[str, Dated], *, least: int = 1) -> Dated:
        """Return a number that may change: plain, dated, or the name of a parameter."""
        node = self.need(key)
        return always(least) if node is None else self.dated_of(node, parameters, least=least)

    def dated_of(self, node: Node, parameters: Mapping[str, Dated], *, least: int = 1) -> Dated:
        if isinstance(node.value, str):
            return parameters.get(self.known(node, parameters), always(least))
        if isinstance(node.value, tuple) and node.value:
            return self._dated_values(node.value, least)
        return always(self.number_of(node, least))

    def _dated_values(self, nodes: tuple[Node, ...], least: int) -> Dated:
        example = "at_least: [{from: 2019-01-01, value: 1}]"
        values = []
        for node in nodes:
            inner = self.inner(node, ("from", "value"), example)
            values.append((inner.day("from") or NO_DAY, inner.number("value", least=least)))
        days = [day for day, _ in values]
        if days != sorted(set(days)):
            self.wrong("dated.order", nodes[0])
        return Dated(tuple(values))


def kind_of(node: Node) -> str:
    value = node.value
    if isinstance(value, Mapping):
        return "mapping"
    if isinstance(value, tuple):
        return "list"
    names = {bool: "yes-or-no", int: "number", str: "text", date: "day", type(None): "nothing"}
    return names[type(value)]
