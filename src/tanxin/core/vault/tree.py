"""RFC 6962 hashing: leaves and nodes are told apart, so that neither can pose as the other."""

from collections.abc import Iterable

from tanxin.core.vault.provider import Provider

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(provider: Provider, content: bytes) -> bytes:
    return provider.hash(_LEAF + content)


def node_hash(provider: Provider, left: bytes, right: bytes) -> bytes:
    return provider.hash(_NODE + left + right)


def root_hash(provider: Provider, leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in one pass and logarithmic memory."""
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, top = 1, leaf
        while peaks and peaks[-1][0] == size:
            _, left = peaks.pop()
            size, top = size * 2, node_hash(provider, left, top)
        peaks.append((size, top))
    if not peaks:
        return provider.hash(b"")
    _, root = peaks.pop()
    while peaks:
        _, left = peaks.pop()
        root = node_hash(provider, left, root)
    return root


def digest_of(provider: Provider, items: Iterable[bytes]) -> tuple[int, str]:
    """Return the number of items and their root in hex: one leaf can vouch for a bulk write."""
    count = 0

    def counted() -> Iterable[bytes]:
        nonlocal count
        for item in items:
            count += 1
            yield leaf_hash(provider, item)

    root = root_hash(provider, counted())
    return count, root.hex()
