"""Reads a roster: one file, a folder, or a zip of files."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path, PurePath

from tanxin.apps.org.roster import archives, excel, forms, texts
from tanxin.apps.org.roster.archives import ArchiveRefused
from tanxin.apps.org.roster.checks import check
from tanxin.apps.org.roster.kinds import READABLE, FileKind, fits, kind_of
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.rows import Known, Roster
from tanxin.apps.org.roster.sheets import Progress, Reading, read_form, read_grid

MOST_BYTES = 256 * 2**20
NOBODY = Known()
# What lies beside rosters and is passed over without a word of blame.
BESIDE = frozenset({".pic", ".jpg", ".jpeg", ".png", ".bmp", ".gif"})


def read_roster(
    name: str,
    data: bytes | Path,
    *,
    today: date | None = None,
    known: Known = NOBODY,
    variant: str = "",
    progress: Progress | None = None,
) -> Roster:
    """Everything the file says, and everything that is wrong with it. Never raises for its content.

    ``data`` may be the bytes, a file or a folder; ``name`` is what findings call it. ``today``
    lets future births be found; ``known`` is what the realm holds already; ``variant`` is the
    type of organisation (``codes.VARIANTS``). ``progress(done, total)`` counts rows; ``total``
    grows while an archive is being read.
    """
    reading = Reading(variant=variant, progress=progress)
    where = Where(name)
    if isinstance(data, Path):
        read_path(where, data, reading)
    else:
        read_file(where, data, reading)
    reading.finish()
    return check(reading, where, today, known)


def read_path(where: Where, path: Path, reading: Reading) -> None:
    if path.is_dir():
        read_folder(where, path, reading)
        return
    try:
        if path.stat().st_size > MOST_BYTES:
            reading.report.error(where, "file-too-large", "split", most=MOST_BYTES // 2**20)
            return
        data = path.read_bytes()
    except OSError:
        reading.report.error(where, "file-unreadable", "check-file")
        return
    read_file(where, data, reading)


def read_folder(where: Where, folder: Path, reading: Reading) -> None:
    """The files of a folder, not of those below it; links are not followed."""
    for number, path in enumerate(sorted(folder.iterdir())):
        inside = Where(f"{where.file}/{path.name}")
        if number >= archives.MOST_MEMBERS:
            reading.report.error(where, "zip-too-many", "split", most=archives.MOST_MEMBERS)
            return
        if path.is_symlink() or not path.is_file():
            reading.report.note(inside, "file-skipped")
        elif is_worth_reading(path.name, inside, reading):
            read_path(inside, path, reading)


def is_worth_reading(name: str, inside: Where, reading: Reading) -> bool:
    if PurePath(name).suffix.lower() in BESIDE or PurePath(name).name.startswith((".", "~$")):
        reading.report.note(inside, "file-skipped")
        return False
    return True


def read_file(where: Where, data: bytes, reading: Reading, *, within: bool = False) -> None:
    """One file by what it is; ``within`` an archive no further archive is opened."""
    kind = kind_of(data)
    if len(data) > MOST_BYTES:
        reading.report.error(where, "file-too-large", "split", most=MOST_BYTES // 2**20)
    elif kind is FileKind.ZIP and within:
        reading.report.error(where, "zip-nested", "pack-again")
    elif kind is FileKind.ZIP:
        guarded(read_archive, where, data, reading)
    elif kind not in READABLE:
        reading.report.error(where, kind.value, HINTS.get(kind, "save-as-xlsx"))
    else:
        if not fits(kind, where.file):
            reading.report.note(where, "extension-differs", kind=kind.value)
        guarded(READ[kind], where, data, reading)


Read = Callable[[Where, bytes, Reading], None]


def guarded(read: Read, where: Where, data: bytes, reading: Reading) -> None:
    try:
        read(where, data, reading)
    except ArchiveRefused as refused:
        reading.report.error(where, refused.code, "split-or-save-again", **refused.params)
    except forms.FormBroken as broken:
        reading.report.error(where, str(broken), "export-again")
    except csv.Error:
        reading.report.error(where, "csv-broken", "save-as-xlsx")


def read_archive(where: Where, data: bytes, reading: Reading) -> None:
    with archives.opened(BytesIO(data)) as archive:
        for name, info in archives.members(archive, where, reading.report):
            inside = Where(f"{where.file}/{name}")
            if not is_worth_reading(name, inside, reading):
                continue
            try:
                held = archives.content(archive, info)
            except ArchiveRefused as refused:
                reading.report.error(inside, refused.code, "pack-again", **refused.params)
                continue
            read_file(inside, held, reading, within=True)


def read_xlsx(where: Where, data: bytes, reading: Reading) -> None:
    for grid in excel.grids(data, where, reading.report):
        reading.expect(grid.height)
        read_grid(grid, reading)


def read_csv(where: Where, data: bytes, reading: Reading) -> None:
    grid = texts.csv_grid(texts.decoded(data) or "", where, PurePath(where.file).stem)
    reading.expect(grid.height)
    read_grid(grid, reading)


def read_lrmx(where: Where, data: bytes, reading: Reading) -> None:
    reading.expect(1)
    read_form(forms.read_lrmx(texts.decoded(data) or "", where.file), reading)


def read_lrm(where: Where, data: bytes, reading: Reading) -> None:
    reading.expect(1)
    read_form(forms.read_lrm(texts.decoded(data) or "", where.file), reading)


READ: dict[FileKind, Read] = {
    FileKind.XLSX: read_xlsx,
    FileKind.CSV: read_csv,
    FileKind.LRMX: read_lrmx,
    FileKind.LRM: read_lrm,
}
HINTS = {
    FileKind.EMPTY: "use-template",
    FileKind.PROTECTED: "remove-password",
    FileKind.OTHER_ARCHIVE: "pack-as-zip",
    FileKind.OTHER_XML: "export-again",
}
