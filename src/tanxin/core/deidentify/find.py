"""Words of a text that may lead back to its source."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tanxin.core.deidentify import patterns
from tanxin.core.deidentify.folding import Folded, fold

# So many signs in a row as in the source's own words are no accident; so many are his voice.
ALIKE = 6
VERBATIM = 14
SHORTEST = 2


class MarkKind(StrEnum):
    """The weightiest first: where two marks overlap the first is shown."""

    OWN = "own"
    NUMBER = "number"
    NAME = "name"
    QUOTE = "quote"
    POST = "post"
    UNIT = "unit"
    GROUP = "group"
    PLACE = "place"
    DATE = "date"


# What nobody may leave in, whatever he thinks of it.
NEVER = frozenset({MarkKind.OWN, MarkKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Mark:
    """``word`` is what is marked as the directory knows it; for a group the name of the group."""

    start: int
    end: int
    kind: MarkKind
    word: str
    may_stay: bool = True

    @property
    def key(self) -> str:
        """By which the same word is kept wherever it stands."""
        return f"{self.kind}:{self.word}"


@dataclass(frozen=True)
class Known:
    """What the directory, and the source's own record, hold. ``own`` names the source himself.

    ``base`` is the directory's part, folded once for all texts; ``left_out`` are units of it.
    """

    names: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    said: tuple[str, ...] = field(default=(), repr=False)
    base: "Known | None" = field(default=None, repr=False)
    left_out: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> dict[MarkKind, dict[str, str]]:
        if self.base is not None:
            units = self.base.words[MarkKind.UNIT].items()
            kept = {folded: unit for folded, unit in units if unit not in self.left_out}
            return self.base.words | {MarkKind.OWN: by_folded(self.own), MarkKind.UNIT: kept}
        return {
            MarkKind.OWN: by_folded(self.own),
            MarkKind.NAME: by_folded(self.names),
            MarkKind.UNIT: by_folded(self.units),
            MarkKind.POST: by_folded(self.posts),
        }

    @cached_property
    def forms(self) -> re.Pattern[str] | None:
        return self.base.forms if self.base else patterns.surname_forms(self.surnames)


def by_folded(words: Iterable[str]) -> dict[str, str]:
    found = {fold(word).text: word for word in words}
    return {folded: word for folded, word in found.items() if len(folded) >= SHORTEST}


def find_marks(text: str, known: Known) -> tuple[Mark, ...]:
    """Every word to look at, in the order of the text; none lies within another."""
    folded = fold(text)
    found = [*listed(folded, known), *shaped(folded, known), *quoted(text, known.said)]
    ranks = list(MarkKind)
    found.sort(key=lambda mark: (ranks.index(mark.kind), mark.start - mark.end, mark.start))
    taken = [False] * len(text)
    shown: list[Mark] = []
    for mark in found:
        if not all(taken[mark.start : mark.end]):
            taken[mark.start : mark.end] = [True] * (mark.end - mark.start)
            shown.append(mark)
    return tuple(sorted(shown, key=lambda mark: (mark.start, -mark.end)))


def unkept(marks: Iterable[Mark], kept: Collection[str]) -> tuple[Mark, ...]:
    """The marks that stand in the way: what may never stay, and what nobody said may."""
    return tuple(mark for mark in marks if not mark.may_stay or mark.key not in kept)


def listed(folded: Folded, known: Known) -> Iterator[Mark]:
    for kind, words in known.words.items():
        lengths = sorted({len(word) for word in words}, reverse=True)
        for start in range(len(folded.text)):
            for length in lengths:
                word = words.get(folded.text[start : start + length])
                if word is not None and start + length <= len(folded.text):
                    yield mark_at(folded, (start, start + length), kind, word)
                    break


def shaped(folded: Folded, known: Known) -> Iterator[Mark]:
    """What looks like a number, a date, a place, a group, or a name as people say it."""
    shapes = [
        (MarkKind.NUMBER, patterns.NUMBER),
        (MarkKind.DATE, patterns.DATE),
        (MarkKind.PLACE, patterns.PLACE),
        (MarkKind.GROUP, patterns.GROUP),
        *([(MarkKind.NAME, known.forms)] if known.forms else []),
    ]
    for kind, shape in shapes:
        for hit in shape.finditer(folded.text):
            word = hit.lastgroup if kind is MarkKind.GROUP else hit.group()
            yield mark_at(folded, hit.span(), kind, word or hit.group())


def mark_at(folded: Folded, span: tuple[int, int], kind: MarkKind, word: str) -> Mark:
    start, end = folded.span(*span)
    return Mark(start, end, kind, word, kind not in NEVER)


def quoted(text: str, said: Iterable[str]) -> Iterator[Mark]:
    """Runs that stand in the source's own words just so; a long one may not stay."""
    folded = fold(text, words_only=True)
    grams = {
        whole[at : at + ALIKE]
        for whole in (fold(each, words_only=True).text for each in said)
        for at in range(len(whole) - ALIKE + 1)
    }
    start = 0
    while start <= len(folded.text) - ALIKE:
        end = start
        while folded.text[end : end + ALIKE] in grams and end <= len(folded.text) - ALIKE:
            end += 1
        if end > start:
            run = folded.text[start : end - 1 + ALIKE]
            at = folded.span(start, start + len(run))
            yield Mark(*at, MarkKind.QUOTE, run, may_stay=len(run) < VERBATIM)
            start += len(run)
        else:
            start += 1
