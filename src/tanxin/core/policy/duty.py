"""What deriving gives: somebody owes somebody a talk by a day, because of a rule."""

from collections.abc import Hashable
from datetime import date
from typing import NamedTuple


class RuleKey(NamedTuple):
    pack: str
    version: str
    rule: str


class Duty(NamedTuple):
    """``key`` is stable: the same rule, period and people give the same bytes in any run.

    ``subject`` is None where any partner will do. ``mutual`` is one duty for two people, led by
    the initiator. ``shared`` means that others of the initiator's group may hold the talk as
    well (see ``sides_on``); the initiator is the one who answers for it, and changes without
    the key changing. ``period`` is the code of the period, or stands for the ``event`` or
    ``state`` that the duty comes from. ``due`` is the last day. ``basis`` is the trace.
    """

    key: bytes
    rule: RuleKey
    period: str
    ordinal: int
    initiator: Hashable
    subject: Hashable | None
    mutual: bool
    shared: bool
    opens: date
    due: date
    kind: str
    form: str
    unit: Hashable | None
    via: Hashable
    event: Hashable | None
    state: Hashable | None
    basis: str
    sensitive: bool
