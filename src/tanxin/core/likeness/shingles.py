"""The short runs of signs by which texts are compared, whatever order their sentences stand in."""

import re
from unicodedata import normalize

SIZE = 3
# A sentence may stand elsewhere in a copy, so no run crosses its end.
_ENDS = re.compile(r"[。！？；!?;\n\r]+")
# A date or an amount is not what makes two texts alike: last year's text has this year's.
_NUMBERS = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\W_]+")


def plain(sentence: str) -> str:
    """What is compared of it: without spaces and punctuation, each number as one sign."""
    folded = normalize("NFKC", sentence).casefold()
    return _NUMBERS.sub("0", _BETWEEN.sub("", folded))


def sentences(text: str) -> list[str]:
    parts = map(plain, _ENDS.split(text))
    return [part for part in parts if part]


def shingles(text: str) -> frozenset[str]:
    """The runs of three signs in each sentence, and a sentence that is shorter as a whole.

    >>> sorted(shingles("谈心谈话。谈话"))
    ['心谈话', '谈心谈', '谈话']
    """
    return frozenset(
        part[at : at + SIZE]
        for part in sentences(text)
        for at in range(max(1, len(part) - SIZE + 1))
    )
