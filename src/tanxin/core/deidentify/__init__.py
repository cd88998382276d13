"""Whether a text, or a number, leads back to the one who said it: words to look at, crowds, bands.

Names and units are passed in; what is found is shown to people, who decide and rewrite.
"""

from tanxin.core.deidentify.bands import Band, band_of, banded, is_told_apart
from tanxin.core.deidentify.crowd import FEWEST, best_guess, is_crowd, is_hidden_among
from tanxin.core.deidentify.find import Known, Mark, MarkKind, find_marks, unkept

__all__ = [
    "FEWEST",
    "Band",
    "Known",
    "Mark",
    "MarkKind",
    "band_of",
    "banded",
    "best_guess",
    "find_marks",
    "is_crowd",
    "is_hidden_among",
    "is_told_apart",
    "unkept",
]
