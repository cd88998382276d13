"""What is kept of a text in the clear: its sketch and a few plain measures, never a word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tanxin.core.likeness.residue import Residue, residue
from tanxin.core.likeness.seams import seams
from tanxin.core.likeness.shingles import plain
from tanxin.core.likeness.sketch import sketch
from tanxin.core.likeness.stock import share_of_stock
from tanxin.core.wording import is_blank
from tanxin.core.written import Written

# Up to so many signs; the last class has no end. Nothing is too short: no record must be long.
CLASSES = (50, 150, 400, 1000)


@dataclass(frozen=True, slots=True)
class Measures:
    """``size`` is the class of ``CLASSES``, ``stock`` in percent, ``empty`` of ``fields``."""

    sketch: bytes
    seams: bytes
    size: int
    stock: int
    fields: int
    empty: int
    residue: frozenset[Residue]


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the talk when its text is measured; names are compared and not kept."""

    held_on: date | None = None
    in_it: Collection[str] = ()
    others: Collection[str] = ()
    outlines: Iterable[str] = ()


def measure(written: Written, key: bytes, around: Around, *, fields: int = 0) -> Measures:
    """``fields`` is how many the form had; those without an answer are empty."""
    text = words_of(written)
    filled = sum(not is_blank(one.text) for one in written.answers)
    return Measures(
        sketch=sketch(text, key),
        seams=seams(text, key),
        size=size_class(text),
        stock=share_of_stock(text, around.outlines),
        fields=fields,
        empty=max(0, fields - filled),
        residue=residue(text, held_on=around.held_on, in_it=around.in_it, others=around.others),
    )


def words_of(written: Written) -> str:
    """What somebody wrote, without the titles of the fields that stand in every record."""
    return "\n".join([written.text, *(one.text for one in written.answers)])


def size_class(text: str) -> int:
    signs = len(plain(text))
    return sum(signs > most for most in CLASSES)
