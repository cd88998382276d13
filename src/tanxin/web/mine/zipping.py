"""An archive that leaves while it is made: it never lies on the disk, nor whole in memory."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import TypeAlias
from zipfile import ZIP_STORED, ZipFile

Member: TypeAlias = tuple[str, Iterator[bytes]]


class Outlet(RawIOBase):
    """What was written since it was last emptied."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override] # bytes is all zipfile hands over
        self.held += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self.held)
        self.held.clear()
        return taken


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """Names and contents, one after the other; each content is read once."""
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_STORED) as archive:
        for name, pieces in members:
            with archive.open(name, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    yield outlet.take()
    yield outlet.take()
