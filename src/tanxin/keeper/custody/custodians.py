"""Making a root key and its shares, a new set of shares, and trying whether they open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tanxin.core.vault.escrow import Share, make_escrow, recover_root
from tanxin.core.vault.leaf import moment
from tanxin.core.vault.provider import Provider
from tanxin.keeper.custody.escrow_file import KeptEscrow, load_escrow, save_escrow
from tanxin.keeper.root import (
    RootKeyUnusable,
    has_root,
    known_root,
    root_id,
    stored_root,
    write_root_key,
)

HandOut = Callable[[KeptEscrow, Sequence[Share]], None]


@dataclass(frozen=True, slots=True)
class Custodians:
    """Who gets the shares, in order, and how many of them open."""

    needed: int
    holders: Sequence[str]


class NoCustodians(Exception):
    """The root key was never split."""


class RootKeyThere(Exception):
    """The home has a root key already."""


def set_up(
    home: Path,
    provider: Provider,
    *,
    custodians: Custodians | None,
    hand_out: HandOut,
    stored: bool,
    at: datetime,
) -> str:
    """Make the root key and return its id. Shares are handed out before anything is kept.

    Raises ``RootKeyThere``, and ``NoCustodians`` for a key that is neither stored nor split.
    """
    if has_root(home):
        raise RootKeyThere(str(home))
    if custodians is None and not stored:
        raise NoCustodians
    root = provider.secret()
    if custodians is not None:
        save_escrow(home, split(provider, root, custodians, hand_out, at))
    if stored:
        write_root_key(home, root)
    return root_id(root)


def split(
    provider: Provider, root: bytes, custodians: Custodians, hand_out: HandOut, at: datetime
) -> KeptEscrow:
    """Return what to keep of a new set, after ``hand_out`` has put the shares on paper."""
    escrow, shares = make_escrow(
        provider, root, needed=custodians.needed, count=len(custodians.holders)
    )
    holders = dict(enumerate(custodians.holders, start=1))
    kept = KeptEscrow(escrow, root_id(root), moment(at), holders)
    if recover_root(escrow, shares[-custodians.needed :]) != root:
        raise RootKeyUnusable("the new shares do not open; nothing was changed")
    hand_out(kept, shares)
    return kept


def new_set(
    home: Path,
    provider: Provider,
    shares: Sequence[Share],
    *,
    custodians: Custodians,
    hand_out: HandOut,
    at: datetime,
) -> KeptEscrow:
    """Hand out a new set for the same root key; from then on the old shares are worthless."""
    kept = split(provider, whole_root(home, shares), custodians, hand_out, at)
    save_escrow(home, kept)
    return kept


def whole_root(home: Path, shares: Sequence[Share]) -> bytes:
    """Return the root key from where it is stored, or else from ``shares``."""
    stored = stored_root(home)
    return _from_shares(home, shares) if stored is None else stored


def drill(home: Path, shares: Sequence[Share], at: datetime) -> KeptEscrow:
    """Prove that ``shares`` open. Only the date and the numbers of the drill are kept.

    Raises ``NoCustodians``, ``RootKeyUnusable`` or what ``recover_root`` raises.
    """
    root = _from_shares(home, shares)
    stored = known_root(home)
    if stored is not None and stored != root:
        raise RootKeyUnusable("the shares open another root key than the one that is stored")
    kept = _kept(home).drilled(at, [share.number for share in shares])
    save_escrow(home, kept)
    return kept


def _from_shares(home: Path, shares: Sequence[Share]) -> bytes:
    kept = _kept(home)
    root = recover_root(kept.escrow, shares)
    if root_id(root) != kept.root_id:
        raise RootKeyUnusable("the shares open another root key than this home's")
    return root


def _kept(home: Path) -> KeptEscrow:
    kept = load_escrow(home)
    if kept is None:
        raise NoCustodians
    return kept
