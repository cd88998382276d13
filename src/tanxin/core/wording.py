"""What can be read in a text, whatever it says."""

from unicodedata import category

# Letters and signs in Unicode's eyes, and nothing in anybody's else.
INVISIBLE_LETTERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` can be seen: spaces, controls, zero-width and filling signs."""
    return all(category(sign)[0] in "CZM" or sign in INVISIBLE_LETTERS for sign in text)
