"""Opens zip files nobody vouched for: counts, sizes, names and kinds are checked before reading."""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple

from tanxin.apps.org.roster.findings import Report
from tanxin.apps.org.roster.places import Where

MOST_MEMBERS = 5000
MOST_BYTES = 512 * 2**20
MOST_BYTES_OF_ONE = 256 * 2**20
MOST_RATIO = 100
# A few kilobytes of blanks compress better than any honest roster and harm nobody.
RATIO_COUNTS_FROM = 2**20
CHUNK = 2**20
# What unpacking raises for data that are not what they claim (RuntimeError: needs a password).
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
)
UTF8_NAME = 0x800
ENCRYPTED = 0x1
SYSTEM_FILES = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class ArchiveRefused(Exception):
    """The archive as a whole may not be read; ``code`` and ``params`` say why."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class Member(NamedTuple):
    name: str
    info: zipfile.ZipInfo


def opened(data: BinaryIO) -> zipfile.ZipFile:
    """The archive, if its directory promises nothing out of bounds."""
    try:
        archive = zipfile.ZipFile(data)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as reason:
        raise ArchiveRefused("file-broken") from reason
    check_directory(archive.infolist())
    return archive


def check_directory(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise ArchiveRefused("zip-too-many", count=len(infos), most=MOST_MEMBERS)
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise ArchiveRefused("zip-too-large", most=MOST_BYTES // 2**20)
    for info in infos:
        if info.file_size > MOST_BYTES_OF_ONE:
            raise ArchiveRefused("zip-too-large", most=MOST_BYTES_OF_ONE // 2**20)
        if info.file_size > RATIO_COUNTS_FROM and info.file_size > MOST_RATIO * info.compress_size:
            raise ArchiveRefused("zip-bomb", most=MOST_RATIO)


def members(archive: zipfile.ZipFile, where: Where, report: Report) -> Iterator[Member]:
    """The files worth opening; what is refused or skipped is reported."""
    for info in archive.infolist():
        name = real_name(info)
        if info.is_dir() or any(part in name for part in SYSTEM_FILES):
            continue
        inside = Where(f"{where.file}/{name}")
        if leads_outside(name):
            report.error(where, "zip-bad-path", "pack-again", name=name[:100])
        elif stat.S_ISLNK(info.external_attr >> 16):
            report.error(inside, "zip-symlink", "pack-again")
        elif info.flag_bits & ENCRYPTED:
            report.error(inside, "zip-encrypted", "remove-password")
        else:
            yield Member(name, info)


def real_name(info: zipfile.ZipInfo) -> str:
    """Windows packs Chinese names as GB18030 and says nothing; zipfile takes that for cp437."""
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def leads_outside(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0][:2] or "\0" in name


def content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One file's bytes, never more than the directory declared."""
    held = BytesIO()
    for chunk in chunks(archive, info):
        held.write(chunk)
    return held.getvalue()


def chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Raises ``ArchiveRefused`` where the data do not keep what the directory says."""
    try:
        with archive.open(info) as source:
            while chunk := source.read(CHUNK):
                yield chunk
    except BROKEN as reason:
        raise ArchiveRefused("file-broken") from reason
