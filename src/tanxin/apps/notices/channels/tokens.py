"""What a vendor gives for a secret, kept as long as it says: it counts how often it is asked."""

from collections.abc import Callable, Collection
from time import monotonic

from tanxin.apps.notices.channels.refusals import NotSent, Unreachable

# Asked for anew a little before it ends.
EARLY_SECONDS = 300
_kept: dict[str, tuple[float, str]] = {}

# Asks for a token: the token, and for how many seconds it holds.
Asking = Callable[[], tuple[str, int]]


def send_with_token(
    name: str,
    asking: Asking,
    sending: Callable[[str], int],
    *,
    expired: Collection[int],
    nobody: Collection[int],
) -> None:
    """``sending`` answers the vendor's code: 0 is sent; one of ``expired`` is tried once more."""
    code = sending(token(name, asking))
    if code in expired:
        forget(name)
        code = sending(token(name, asking))
    if code in nobody:
        raise Unreachable(code)
    if code != 0:
        raise NotSent(code)


def token(name: str, asking: Asking) -> str:
    until, kept = _kept.get(name, (0.0, ""))
    if not kept or monotonic() >= until:
        kept, seconds = asking()
        if not kept:
            raise NotSent(name)
        _kept[name] = (monotonic() + seconds - EARLY_SECONDS, kept)
    return kept


def forget(name: str) -> None:
    _kept.pop(name, None)
