"""``escrow.json``: the wraps of the root key, who holds which share, and when it was last tried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from tanxin.core.vault.escrow import Escrow
from tanxin.core.vault.leaf import moment
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.wire import to_bytes, to_text
from tanxin.keeper.root import ESCROW_NAME, damaged, read_kept, write_over

_FORM = 1
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Drill:
    at: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KeptEscrow:
    escrow: Escrow
    root_id: str
    made_at: str
    holders: Mapping[int, str] = field(default_factory=dict)
    drills: Sequence[Drill] = ()

    def drilled(self, at: datetime, numbers: Sequence[int]) -> "KeptEscrow":
        return replace(self, drills=(*self.drills, Drill(moment(at), tuple(sorted(numbers)))))


def load_escrow(home: Path) -> KeptEscrow | None:
    """Return what is kept, or nothing where there are no custodians. Raises ``RootKeyUnusable``."""
    return read_escrow(home / ESCROW_NAME)


def read_escrow(path: Path) -> KeptEscrow | None:
    if not path.exists():
        return None
    try:
        return _decoded(read_kept(path))
    except (KeyError, TypeError, ValueError, AttributeError, Malformed):
        raise damaged(path) from None


def save_escrow(home: Path, kept: KeptEscrow) -> None:
    write_escrow(home / ESCROW_NAME, kept)


def write_escrow(path: Path, kept: KeptEscrow) -> None:
    escrow = kept.escrow
    write_over(
        path,
        {
            "form": _FORM,
            "root": kept.root_id,
            "made": kept.made_at,
            "set": escrow.set_id.hex(),
            "suite": escrow.suite,
            "needed": escrow.needed,
            "shares": {
                str(number): {"holder": kept.holders.get(number, NOBODY), "check": to_text(check)}
                for number, check in escrow.checks.items()
            },
            "wraps": {
                "-".join(map(str, numbers)): to_text(wrap) for numbers, wrap in escrow.wraps.items()
            },
            "drills": [{"at": drill.at, "shares": list(drill.numbers)} for drill in kept.drills],
        },
    )


def _decoded(values: Mapping[str, Any]) -> KeptEscrow:
    if values["form"] != _FORM:
        raise ValueError
    shares = {int(number): share for number, share in values["shares"].items()}
    escrow = Escrow(
        bytes.fromhex(values["set"]),
        int(values["suite"]),
        int(values["needed"]),
        checks={number: to_bytes(share["check"]) for number, share in shares.items()},
        wraps={
            tuple(map(int, numbers.split("-"))): to_bytes(wrap)
            for numbers, wrap in values["wraps"].items()
        },
    )
    return KeptEscrow(
        escrow,
        str(values["root"]),
        str(values["made"]),
        {number: str(share["holder"]) for number, share in shares.items()},
        [Drill(str(drill["at"]), tuple(drill["shares"])) for drill in values["drills"]],
    )
