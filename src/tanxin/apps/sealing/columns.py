"""Which columns hold what is sealed under a realm's keys; each app lists its own in ``apps.py``.

What is not listed would be unreadable once an old key is destroyed, so a test compares the lists
with every binary column there is.
"""

from dataclasses import dataclass

# Where in the stored bytes their key is named: first byte (from 1) and how many.
KEY_VERSION_AT = (74, 4)
SUITE_AT = (5, 1)
GRANT_VERSION_AT = (1, 4)


@dataclass(frozen=True, slots=True)
class Personal:
    """A personal column of the row's own person or thing; ``index`` is its blind index."""

    model: str
    attribute: str
    column: str
    index: str = ""


@dataclass(frozen=True, slots=True)
class RecordKey:
    """The wrapped key of a record that is this row."""

    model: str
    attribute: str = "wrapped_key"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a record: where its record, key, field and version stand, seen from the row.

    ``followed`` where a digest of it was confirmed: what that becomes is kept.
    """

    model: str
    record: str
    key: str
    version: str
    field: str = ""
    fixed_field: str = ""
    attribute: str = "sealed"
    followed: bool = False


@dataclass(frozen=True, slots=True)
class GrantMac:
    """The keeper's word for a grant; ``fixed_role`` where the row has no columns for it."""

    model: str
    record: str
    key: str
    person: str
    fixed_role: str = ""
    attribute: str = "mac"


Column = Personal | RecordKey | Text | GrantMac


@dataclass(frozen=True, slots=True)
class Secrets:
    """Personal values in a package's JSON column: under ``names``, each ``realm.base64``."""

    model: str
    attribute: str
    names: tuple[str, ...]
    column: str
