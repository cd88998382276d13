"""How alike two texts are, told from keyed sketches of them; and a few plain measures of one text.

A sketch says nothing to who has no key, and with it no more than how much two texts share.
"""

from tanxin.core.likeness.near import Group, near_copies
from tanxin.core.likeness.seams import order_kept, seams
from tanxin.core.likeness.shingles import plain, shingles
from tanxin.core.likeness.sketch import SKETCH_BYTES, resemblance, shared, sketch

__all__ = [
    "SKETCH_BYTES",
    "Group",
    "near_copies",
    "order_kept",
    "plain",
    "resemblance",
    "seams",
    "shared",
    "shingles",
    "sketch",
]
