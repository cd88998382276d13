"""Ranks: one ladder of codes, and how each type of organisation calls its rungs."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from tanxin.apps.org.codes.tables import read_data, squeezed

VARIANTS = ("organ", "university", "company")


@dataclass(frozen=True)
class Rank:
    """``order`` grows downwards; equal orders are of equal standing.

    ``leading`` tells a leading post's level from a rank held without one (职级).
    """

    code: str
    order: int
    leading: bool
    words: Mapping[str, tuple[str, ...]]

    def word(self, variant: str = "organ") -> str:
        own = self.words.get(variant) or next(iter(self.words.values()))
        return own[0]


@cache
def ranks() -> Mapping[str, Rank]:
    return {
        given["code"]: Rank(
            code=given["code"],
            order=given["order"],
            leading=given["leading"],
            words={v: tuple(given[v]) for v in VARIANTS if v in given},
        )
        for given in read_data("ranks.yaml")
    }


@cache
def codes_by_word() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Word → (variant, code) wherever an organisation type uses it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for rank in ranks().values():
        for variant, words in rank.words.items():
            for word in words:
                found.setdefault(squeezed(word), []).append((variant, rank.code))
    return {word: tuple(uses) for word, uses in found.items()}


def rank_codes(word: str, variant: str = "") -> tuple[str, ...]:
    """Every rank ``word`` may mean; only the variant's own reading where it has one."""
    key = squeezed(word)
    if key in ranks():
        return (key,)
    uses = codes_by_word().get(key, ())
    own = tuple(code for used_in, code in uses if used_in == variant)
    return own or tuple(dict.fromkeys(code for _, code in uses))


def rank_of(word: str, variant: str = "") -> str | None:
    """The rank ``word`` means, or None where it means none or several."""
    found = rank_codes(word, variant)
    return found[0] if len(found) == 1 else None


def rank_word(code: str, variant: str = "organ") -> str:
    rank = ranks().get(code)
    return rank.word(variant) if rank else code


def ranks_within(word: str, most: int = 5) -> tuple[str, ...]:
    """Ranks ``word`` may stand for a part of (处级: 正处级 or 副处级), unless they are too many."""
    key = squeezed(word)
    found = dict.fromkeys(
        code for known, uses in codes_by_word().items() if key in known for _, code in uses
    )
    return tuple(found) if len(found) <= most else ()


def nearest_ranks(word: str, count: int = 3) -> tuple[str, ...]:
    known = codes_by_word()
    close = get_close_matches(squeezed(word), known, n=count * 3, cutoff=0.5)
    return tuple(dict.fromkeys(code for found in close for _, code in known[found]))[:count]


def some_ranks(variant: str = "organ", count: int = 8) -> tuple[str, ...]:
    """Words from all over the ladder of a type of organisation."""
    words = [rank.word(variant) for rank in ranks().values() if variant in rank.words]
    return tuple(words[:: max(1, len(words) // count)][:count])
