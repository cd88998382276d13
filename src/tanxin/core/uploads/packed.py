"""Opens zip files that nobody vouched for: counts, sizes, ratio, names and depth come first."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from tanxin.core.uploads.refusals import FileRefused

MOST_ENTRIES = 2_000
MOST_BYTES = 64 * 2**20
MOST_RATIO = 100
# A few kilobytes of blanks compress better than any honest part and harm nobody.
RATIO_COUNTS_FROM = 2**16
CHUNK = 2**16
ENCRYPTED = 0x1
UTF8_NAME = 0x800
BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, if its directory promises nothing out of bounds. Raises ``FileRefused``."""
    archive = unchecked(data)
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise FileRefused("too-many-entries")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise FileRefused("unpacks-too-large")
    for info in infos:
        check_entry(info)
    return archive


def unchecked(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(BytesIO(data))
    except BROKEN as reason:
        raise FileRefused("broken") from reason


def real_name(info: zipfile.ZipInfo) -> str:
    """Windows packs Chinese names as GB18030 and says nothing; zipfile takes that for cp437."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def check_entry(info: zipfile.ZipInfo) -> None:
    packed = max(info.compress_size, 1)
    if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * packed:
        raise FileRefused("bomb")
    if leads_outside(info.filename):
        raise FileRefused("bad-path")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused("symlink")
    if info.flag_bits & ENCRYPTED:
        raise FileRefused("encrypted")


def leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    drive = bool(path.parts) and ":" in path.parts[0][:2]
    return path.is_absolute() or ".." in path.parts or drive or "\0" in name


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int = MOST_BYTES) -> bytes:
    """At most ``most`` bytes of an entry; never more than its directory declared."""
    held = bytearray()
    for chunk in chunks(archive, info):
        held += chunk
        if len(held) >= most:
            break
    return bytes(held[:most])


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except BROKEN as reason:
        raise FileRefused("broken") from reason
