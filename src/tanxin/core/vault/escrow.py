"""The root key for custodians: one wrap for each set of shares that shall be enough.

For 3 of 5 that is ten wraps, each under ``HKDF(share_i ‖ share_j ‖ share_k)``. No polynomial, no
mathematics of our own: fewer shares lack 256 random bits of the key, and a wrong share cannot open.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from itertools import combinations
from uuid import UUID

from tanxin.core.vault.box import Box, read_header
from tanxin.core.vault.header import Kind
from tanxin.core.vault.keys import Label, derive
from tanxin.core.vault.provider import SECRET_BYTES, Provider
from tanxin.core.vault.refusals import Malformed, NotAuthentic, VaultRefusal
from tanxin.core.vault.suites import provider_for

SET_BYTES = 6
LEAST, MOST = 2, 7
_NO_REALM = UUID(int=0)
_FIELD = "root"


class WrongShare(VaultRefusal):
    """The share is of another set, or is none that was ever given out."""

    code = "wrong_share"

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"share {number} {reason}")
        self.number = number


class TooFewShares(VaultRefusal):
    """Fewer different shares than are needed."""

    code = "too_few_shares"


@dataclass(frozen=True, slots=True)
class Share:
    """What one custodian keeps. ``set_id`` tells which handing-out it is of."""

    set_id: bytes
    number: int
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Escrow:
    """What stays with the keeper. Without enough shares it opens nothing."""

    set_id: bytes
    suite: int
    needed: int
    checks: Mapping[int, bytes]
    wraps: Mapping[tuple[int, ...], bytes]

    @property
    def count(self) -> int:
        return len(self.checks)


def make_escrow(
    provider: Provider, root: bytes, *, needed: int, count: int
) -> tuple[Escrow, list[Share]]:
    """Return a new set: the shares to give away at once and what to keep."""
    if not LEAST <= needed <= count <= MOST:
        raise Malformed(f"{LEAST} to {MOST} shares, of which at least {LEAST} are needed")
    set_id = provider.random(SET_BYTES)
    shares = [Share(set_id, number, provider.secret()) for number in range(1, count + 1)]
    wraps = {
        tuple(share.number for share in chosen): _box(provider, chosen).seal(
            _place(set_id), root, kek_version=0
        )
        for chosen in combinations(shares, needed)
    }
    checks = {share.number: _check(provider, share) for share in shares}
    return Escrow(set_id, provider.suite, needed, checks, wraps), shares


def check_share(escrow: Escrow, share: Share) -> None:
    """Raise ``WrongShare`` unless this very share was given out with this set."""
    if share.set_id != escrow.set_id:
        raise WrongShare(share.number, f"is of the set {share.set_id.hex()}, which is not in force")
    known = escrow.checks.get(share.number)
    if known is None or not compare_digest(known, _check(provider_for(escrow.suite), share)):
        raise WrongShare(share.number, "is not the one that was given out")


def recover_root(escrow: Escrow, shares: Iterable[Share]) -> bytes:
    """Return the root key. Raises ``WrongShare``, ``TooFewShares`` or ``NotAuthentic``."""
    given = {share.number: share for share in shares}
    for share in given.values():
        check_share(escrow, share)
    if len(given) < escrow.needed:
        raise TooFewShares(f"{len(given)} of {escrow.needed}")
    chosen = tuple(given[number] for number in sorted(given)[: escrow.needed])
    try:
        wrap = escrow.wraps[tuple(share.number for share in chosen)]
    except KeyError:
        raise NotAuthentic("the wrap for these shares is missing") from None
    provider = provider_for(read_header(wrap, Kind.ESCROW).suite)
    root = _box(provider, chosen).open(_place(escrow.set_id), wrap)
    if len(root) != SECRET_BYTES:
        raise Malformed("not a key")
    return root


def _box(provider: Provider, shares: tuple[Share, ...]) -> Box:
    joined = b"".join(share.secret for share in shares)
    numbers = bytes(share.number for share in shares)
    secret = derive(provider, joined, Label.ESCROW, shares[0].set_id + numbers)
    mask = sum(1 << number for number in numbers)
    return Box(provider, secret, Kind.ESCROW, realm=_NO_REALM, field=_FIELD, version=mask)


def _check(provider: Provider, share: Share) -> bytes:
    """Tell right from wrong without telling the share: it is 256 random bits."""
    context = share.set_id + bytes([share.number])
    return derive(provider, share.secret, Label.SHARE_CHECK, context)


def _place(set_id: bytes) -> UUID:
    return UUID(bytes=set_id.ljust(16, b"\0"))
