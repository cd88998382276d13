"""The door of a keeper that starts without its root key: sealed, until enough shares were given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from tanxin.core.vault.escrow import Share, WrongShare, check_share, recover_root
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.core.vault.share_text import MistypedShare, read
from tanxin.core.vault.wire import PROTOCOL
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.custody.escrow_file import KeptEscrow, load_escrow
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.root import root_id

Result = dict[str, Any]
FORGET_AFTER = timedelta(minutes=15)
STATUS, UNSEAL = "status", "unseal"
GATE_WORDS = {STATUS: frozenset[str](), UNSEAL: frozenset({"share"})}
_LONGEST_SHEET = 10_000


class Answers(Protocol):
    def answer(self, message: dict[str, Any]) -> Result: ...


Begin = Callable[[bytes, tuple[int, ...]], Answers]


@dataclass(slots=True)
class Gate:
    """``begin`` makes the service from the root key and the numbers of the shares that gave it."""

    home: Path
    clock: Callable[[], datetime]
    begin: Begin
    service: Answers | None = None
    _given: dict[int, Share] = field(default_factory=dict)
    _last: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def answer(self, message: dict[str, Any]) -> Result:
        """Return the service's answer; while sealed, only ``status`` and ``unseal`` have one."""
        operation = message.get("op")
        names = GATE_WORDS.get(operation) if isinstance(operation, str) else None
        if self.service is not None and names is None:
            return self.service.answer(message)
        if message.get("v") != PROTOCOL:
            raise Refused(Code.WRONG_PROTOCOL, spoken=PROTOCOL)
        if names is None:
            raise Refused(Code.SEALED)
        if message.keys() != {"v", "op", "args"}:
            raise Refused(Code.BAD_REQUEST, expected="args op v")
        args = Arguments(message["args"], names)
        with self._lock:
            return self._status() if operation == STATUS else self._unseal(args)

    def _status(self) -> Result:
        kept = load_escrow(self.home)
        self._forget_stale()
        return {
            "sealed": self.service is None,
            "needed": kept.escrow.needed if kept else 0,
            "set": kept.escrow.set_id.hex() if kept else "",
            "given": sorted(self._given),
        }

    def _unseal(self, args: Arguments) -> Result:
        if self.service is not None:
            raise Refused(Code.NOT_SEALED)
        kept = load_escrow(self.home)
        if kept is None:
            raise Refused(Code.INTERNAL)
        self._forget_stale()
        share = _read(args.text("share", _LONGEST_SHEET), kept)
        self._given[share.number] = share
        self._last = self.clock()
        if len(self._given) >= kept.escrow.needed:
            self._open(kept)
        return self._status()

    def _open(self, kept: KeptEscrow) -> None:
        numbers = tuple(sorted(self._given))
        try:
            root = recover_root(kept.escrow, self._given.values())
            if root_id(root) != kept.root_id:
                raise Refused(Code.WRONG_ROOT)
            self.service = self.begin(root, numbers)
        finally:
            self._given.clear()

    def _forget_stale(self) -> None:
        if self._last is not None and self.clock() - self._last > FORGET_AFTER:
            self._given.clear()


def _read(text: str, kept: KeptEscrow) -> Share:
    """Read one share and check that it is of the set in force; refusals name what is wrong."""
    try:
        share = read(text)
        check_share(kept.escrow, share)
    except MistypedShare as mistyped:
        raise Refused(Code.MISTYPED_SHARE, row=mistyped.row) from None
    except WrongShare as wrong:
        raise Refused(Code.WRONG_SHARE, number=wrong.number, reason=str(wrong)) from None
    except VaultRefusal:
        raise Refused(Code.MISTYPED_SHARE, row=0) from None
    return share
