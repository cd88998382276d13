"""What every operation of the keeper is given beside its arguments."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tanxin.keeper.limits import Limits
from tanxin.keeper.realms import Realms

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Keeper:
    """``believe_web``: whom the web process names is taken for him. The demo's, never a realm's."""

    realms: Realms
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)
    believe_web: bool = False
