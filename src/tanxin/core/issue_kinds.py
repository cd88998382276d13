"""What issues may be about: the shipped kinds, and how an organisation's own list is kept.

A kind that was ever in the list keeps its key for good: issues of past years refer to it. It is
retired, never removed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHIPPED_KINDS = ("work", "life", "growth", "style", "team", "condition", "other")
LONGEST_NAME = 40
MOST_KINDS = 40


class Weight(StrEnum):
    """How soon an issue should be looked at; it says nothing about who raised it."""

    GENERAL = "general"
    IMPORTANT = "important"
    URGENT = "urgent"


class Reach(StrEnum):
    """Whether it is one person's matter, or one that many have."""

    PERSONAL = "personal"
    COMMON = "common"


class KindRefused(Exception):
    """Why a change of the list is refused."""


class KindUnknown(KindRefused):
    pass


class KindRetired(KindRefused):
    """No new issue may be of it; what is of it already stays so."""


class KindNameTaken(KindRefused):
    pass


class KindUnnamed(KindRefused):
    pass


class TooManyKinds(KindRefused):
    pass


class LastKind(KindRefused):
    """One kind at least must be left to choose from."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``zh`` is empty where the kind is shipped and keeps the name that the interface gives it."""

    key: str
    zh: str = ""
    en: str = ""
    is_retired: bool = False

    def name(self, language: str) -> str:
        """In the reader's language, else in the other; empty for a shipped name."""
        return (self.zh or self.en) if language.startswith("zh") else (self.en or self.zh)


def offered(kinds: Iterable[Kind], *, beside: str = "") -> list[Kind]:
    """What may be chosen now; ``beside`` is the key of a kind that may stay, though retired."""
    return [kind for kind in kinds if not kind.is_retired or kind.key == beside]


def may_be_chosen(kinds: Iterable[Kind], key: str, *, beside: str = "") -> None:
    """Raise ``KindUnknown`` or ``KindRetired`` unless the kind may be given to an issue."""
    found = next((kind for kind in kinds if kind.key == key), None)
    if found is None:
        raise KindUnknown(key)
    if found.is_retired and key != beside:
        raise KindRetired(key)


def may_be_named(kinds: Iterable[Kind], zh: str, en: str, *, key: str = "") -> None:
    """Raise unless no other kind bears one of the names; ``key`` is the kind's own."""
    if not zh.strip():
        raise KindUnnamed
    given = {one.strip().casefold() for one in (zh, en) if one.strip()}
    for kind in kinds:
        taken = {one.casefold() for one in (kind.zh, kind.en) if one}
        if kind.key != key and taken & given:
            raise KindNameTaken(kind.key)


def may_be_retired(kinds: Sequence[Kind], key: str) -> None:
    if not any(kind.key != key for kind in offered(kinds)):
        raise LastKind(key)


def moved(keys: Sequence[str], key: str, by: int) -> list[str]:
    """The keys with one of them ``by`` places further; at the ends it stays."""
    rest = [one for one in keys if one != key]
    place = min(max(keys.index(key) + by, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]
