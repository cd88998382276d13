"""What is wrong with a pack, where, and what was probably meant. Words are put to it elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """``code`` and ``params`` make the sentence; ``hint`` is the word that was probably meant.

    ``example`` is YAML that works in this place. ``line`` counts from 1.
    """

    code: str
    file: str
    line: int
    params: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    example: str = ""


def meant(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to ``word``, or nothing where none is near."""
    found = get_close_matches(word.lower().replace("-", "_"), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""
