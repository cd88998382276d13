"""RFC 6962 hashing: leaves and nodes are told apart, so that neither can pose as the other."""

from collections.abc import Iterable, Sequence

from tanxin.core.vault.provider import Provider
from tanxin.core.vault.refusals import Malformed

HASH_BYTES = 32
_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(provider: Provider, content: bytes) -> bytes:
    return provider.hash(_LEAF + content)


def node_hash(provider: Provider, left: bytes, right: bytes) -> bytes:
    return provider.hash(_NODE + left + right)


class Frontier:
    """What must be remembered of a tree to let it grow: its size and one hash per one-bit of it.

    Adding a leaf and asking for the root cost the same for ten leaves as for ten million.
    """

    def __init__(self, provider: Provider, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise Malformed("a frontier has one hash per one-bit of its size")
        self._provider = provider
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def decode(cls, provider: Provider, size: int, stored: bytes) -> "Frontier":
        """Return the frontier that was ``encode``d, or raise ``Malformed``."""
        if len(stored) % HASH_BYTES:
            raise Malformed("a frontier is made of whole hashes")
        peaks = [stored[at : at + HASH_BYTES] for at in range(0, len(stored), HASH_BYTES)]
        return cls(provider, size, peaks)

    def encode(self) -> bytes:
        return b"".join(self._peaks)

    def append(self, leaf: bytes) -> None:
        top, rest = leaf, self.size
        while rest & 1:
            top, rest = node_hash(self._provider, self._peaks.pop(), top), rest >> 1
        self._peaks.append(top)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return self._provider.hash(b"")
        *others, root = self._peaks
        for left in reversed(others):
            root = node_hash(self._provider, left, root)
        return root


def root_hash(provider: Provider, leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in one pass and logarithmic memory."""
    frontier = Frontier(provider)
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def digest_of(provider: Provider, items: Iterable[bytes]) -> tuple[int, str]:
    """Return the number of items and their root in hex: one leaf can vouch for a bulk write."""
    frontier = Frontier(provider)
    for item in items:
        frontier.append(leaf_hash(provider, item))
    return frontier.size, frontier.root().hex()
