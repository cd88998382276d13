"""A table gives each code its words, the first of which is the one to write."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any
from unicodedata import normalize

import yaml


def squeezed(word: str) -> str:
    """How words are compared: full-width forms folded, no white space, no case."""
    return "".join(normalize("NFKC", word).split()).lower()


def read_data(name: str) -> Any:  # noqa: ANN401  YAML is checked by whoever asked for it
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))


@dataclass(frozen=True)
class Table:
    name: str
    words: Mapping[str, tuple[str, ...]]
    by_word: Mapping[str, str]

    def code(self, word: str) -> str | None:
        """The code a word stands for; a code stands for itself."""
        key = squeezed(word)
        return self.by_word.get(key) or (key if key in self.words else None)

    def word(self, code: str) -> str:
        """The word to write for ``code``; the code itself where it has none."""
        words = self.words.get(code)
        return words[0] if words else code

    def nearest(self, word: str, count: int = 3) -> tuple[str, ...]:
        """Codes whose words look like ``word``, the likeliest first."""
        close = get_close_matches(squeezed(word), self.by_word, n=count * 3, cutoff=0.4)
        return tuple(dict.fromkeys(self.by_word[found] for found in close))[:count]


def build(name: str, words: Mapping[str, list[str]]) -> Table:
    return Table(
        name=name,
        words={code: tuple(given) for code, given in words.items()},
        by_word={squeezed(word): code for code, given in words.items() for word in given},
    )


@cache
def table(name: str) -> Table:
    """One of ``politics state unit_kind team_kind seat_role contact_kind branch_role event``."""
    if name == "politics":
        return build(name, read_data("politics.yaml"))
    return build(name, read_data("words.yaml")[name])
