"""A text without what hides a word: widths, cases, spaces, unseen signs, points within names."""

from dataclasses import dataclass
from unicodedata import category, normalize

from tanxin.core.wording import INVISIBLE_LETTERS

BETWEEN = frozenset("·•・‧∙⋅-‐‑‒–—―_*~'’`丶")


@dataclass(frozen=True, slots=True)
class Folded:
    """``at`` says for each sign of ``text`` where it stands in the original."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a piece of the folded text stands in the original."""
        return self.at[start], self.at[end - 1] + 1


def fold(text: str, *, words_only: bool = False) -> Folded:
    """With ``words_only`` punctuation goes too, for comparing what is said."""
    signs: list[str] = []
    places: list[int] = []
    for place, original in enumerate(text):
        for sign in normalize("NFKC", original).casefold():
            if is_kept(sign, words_only=words_only):
                signs.append(sign)
                places.append(place)
    return Folded("".join(signs), tuple(places))


def is_kept(sign: str, *, words_only: bool) -> bool:
    kind = category(sign)[0]
    if kind in "CZM" or sign in INVISIBLE_LETTERS or sign in BETWEEN:
        return False
    return not (words_only and kind in "PS")
