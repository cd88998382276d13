"""Passwords that are guessed first, also in Chinese offices. No list is asked elsewhere."""

import re
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONG_ENOUGH_FOR_ANYTHING = 20
FEW_SIGNS = 4
LOOKALIKES = str.maketrans("@$013457", "asolesat")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb", "1234567890", "0987654321")
WORDS = frozenset((Path(__file__).parent / "guessed_first.txt").read_text(encoding="utf-8").split())
DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")


class NotGuessedFirst:
    """Refuses a word of the list with figures around it, a row of keys, a date, one's own name."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if len(password) >= LONG_ENOUGH_FOR_ANYTHING:
            return
        lower = password.lower()
        handle = user.get_username().lower() if user else ""
        if (handle and handle in lower) or is_guessed_first(lower):
            raise ValidationError(self.get_help_text(), code="guessed_first")

    def get_help_text(self) -> str:
        return _(
            "This is tried first: a common word with figures, a row of keys, a date or the account "
            "itself. Take four words that have nothing to do with one another."
        )


def is_guessed_first(lower: str) -> bool:
    letters = re.sub(r"[^a-z]", "", lower)
    trimmed = re.sub(r"^[\d\W_]+|[\d\W_]+$", "", lower)
    spelled = re.sub(r"[^a-z]", "", trimmed.translate(LOOKALIKES))
    return (
        len(set(lower)) <= FEW_SIGNS
        or lower.isdecimal()
        or not WORDS.isdisjoint({letters, spelled})
        or (not letters and len(set(lower)) < len(lower) // 2)
        or is_a_row(lower)
        or (bool(DAY.search(lower)) and len(letters) < FEW_SIGNS)
    )


def is_a_row(lower: str) -> bool:
    """Most of it is a run of neighbouring keys."""
    longest = max((len(part) for row in ROWS for part in parts_of(row) if part in lower), default=0)
    return longest * 2 > len(lower)


def parts_of(row: str) -> list[str]:
    return [
        row[start:end]
        for start in range(len(row))
        for end in range(start + FEW_SIGNS, len(row) + 1)
    ]
