"""G30: files made to fill memory or time are refused, or read, within two seconds and 200 MB."""

import json
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from apps.org.roster import made
from keeper_process import environment

pytestmark = pytest.mark.prove
MOST_SECONDS, MOST_MIB = 2, 200
READ = """
import json, sys, time
from pathlib import Path
from tanxin.apps.org.roster import read_roster
path = Path(sys.argv[1])
begun, cpu = time.monotonic(), time.process_time()
roster = read_roster(path.name, path.read_bytes())
took, used = time.monotonic() - begun, time.process_time() - cpu
status = Path("/proc/self/status").read_text()
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
codes = sorted({finding.code for finding in roster.findings})
print(json.dumps([took, used, peak, len(roster.people), codes]))
"""
MIB = 2**20
LOL = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "haha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><r>&a9;</r>"
)
SQUARE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + b"x" * 50_000 + b'">]><r>'
SQUARE += b"&a;" * 50_000 + b"</r>"
FILLED = {
    "zeros": lambda: bytes(200 * MIB),
    "spaces": lambda: b" " * (200 * MIB),
    "one endless field": lambda: b'"' + b"a" * (180 * MIB),
    "tags": lambda: b"<a>" * (40 * MIB),
    "rows": lambda: "姓名,性别\n".encode() + "张,男\n".encode() * (10 * MIB),
}


def deflated(parts, level=9):
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def with_part(name, content):
    """A sound workbook in which one part is another."""
    data = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(made.people_xlsx(made.person()))) as sound,
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for part in sound.namelist():
            if part != name:
                archive.writestr(part, sound.read(part))
        archive.writestr(name, content)
    return data.getvalue()


def nested(depth):
    data = bytes(10 * MIB)
    for n in range(depth):
        data = deflated({f"{n}.zip" if n else "a.csv": data})
    return data


def sheet(cells):
    head = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    )
    return head + cells + b"</sheetData></worksheet>"


FIRST = "xl/worksheets/sheet1.xml"
BOMBS = {
    **{
        f"zip of {name}": ("a.zip", lambda c=c: deflated({"a.csv": c()}))
        for name, c in FILLED.items()
    },
    **{
        f"workbook, sheet of {name}": ("a.xlsx", lambda c=c: with_part(FIRST, c()))
        for name, c in FILLED.items()
    },
    **{
        f"workbook, words of {name}": (
            "a.xlsx",
            lambda c=c: with_part("xl/sharedStrings.xml", c()),
        )
        for name, c in FILLED.items()
    },
    "zip in zip": ("a.zip", lambda: nested(2)),
    "zip in zip in zip": ("a.zip", lambda: nested(5)),
    "fifty thousand members": (
        "a.zip",
        lambda: deflated({f"{n}.csv": b"x" for n in range(50_000)}, 1),
    ),
    "a thousand of a mebibyte": (
        "a.zip",
        lambda: deflated({f"{n}.csv": bytes(MIB) for n in range(1_000)}, 1),
    ),
    "two gigabytes declared": (
        "a.zip",
        lambda: made.with_declared_size(deflated({"a.csv": b"x"}), 2**31),
    ),
    "little declared": (
        "a.zip",
        lambda: made.with_declared_size(deflated({"a.csv": bytes(100 * MIB)}), 10),
    ),
    "entities in a form": ("a.lrmx", lambda: LOL),
    "long entities in a form": ("a.lrmx", lambda: SQUARE),
    "entities in a sheet": ("a.xlsx", lambda: with_part(FIRST, LOL)),
    "entities in the words": ("a.xlsx", lambda: with_part("xl/sharedStrings.xml", LOL)),
    "entities in the workbook": ("a.xlsx", lambda: with_part("xl/workbook.xml", LOL)),
    "deep form": ("a.lrmx", lambda: b"<?xml version='1.0'?>" + b"<a>" * 1_000_000),
    "a cell at the end of the sheet": (
        "a.xlsx",
        lambda: with_part(FIRST, sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    ),
    "many cells at the end of their rows": (
        "a.xlsx",
        lambda: with_part(
            FIRST,
            sheet(
                b"".join(
                    b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n)
                    for n in range(1, 20_000)
                )
            ),
        ),
    ),
    "a field without end": ("a.csv", lambda: b'"' + b"a" * (30 * MIB)),
    "a row without end": ("a.csv", lambda: b"a," * (15 * MIB)),
}


@pytest.fixture(scope="module")
def told():
    lines = []
    yield lines
    took, used, peak = map(max, zip(*lines, strict=True))
    print(
        f"\n{len(lines)} files: {took:.2f} s by the clock, {used:.2f} s of CPU, {peak} MiB at most"
    )


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_no_harm(name, tmp_path, told):
    file, make = BOMBS[name]
    path = tmp_path / file
    path.write_bytes(make())
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(
        command, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    took, used, peak, people, codes = json.loads(done.stdout)
    told.append((took, used, peak))
    print(f"{name}: {took:.2f} s, {used:.2f} s of CPU, {peak} MiB, {people} people, {codes}")
    assert codes
    assert used <= MOST_SECONDS  # the clock says what else the machine does; it is printed
    assert peak <= MOST_MIB
