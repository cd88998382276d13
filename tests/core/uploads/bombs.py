"""Files that nobody should open: bombs, broken ones, and ones that are not what they say."""

import io
import stat
import struct
import zipfile
import zlib
from functools import cache

from apps.org.roster import made

MB = 2**20
WORD = "word/document.xml"
BOOK = "xl/workbook.xml"
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><w:document>&b;</w:document>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'


def zipped(parts, method=zipfile.ZIP_DEFLATED, attributes=0):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr, info.compress_type = attributes, method
            archive.writestr(info, data)
    return held.getvalue()


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width=2, height=2, *more, pixels=None, end=True):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = zlib.compress(b"\0" + bytes(6) + b"\0" + bytes(6)) if pixels is None else pixels
    tail = chunk(b"IDAT", rows) + (chunk(b"IEND", b"") if end else b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + tail


def segment(marker, data):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(*more, width=2, height=2, scan=b"\x12\x34", end=b"\xff\xd9"):
    frame = segment(0xC0, b"\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00")
    start = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")
    return b"\xff\xd8" + b"".join(more) + frame + start + scan + end


def encrypted():
    data = bytearray(zipped({WORD: b"<w:document/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def overlapping():
    """Every entry of the directory is the same data: small file, large sum."""
    one = zipped({"word/a.xml": bytes(2 * MB)})
    start = one.index(b"PK\x01\x02")
    entry = one[start : one.index(b"PK\x05\x06")]
    count = 3000
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(entry) * count, start, 0)
    return one[:start] + entry * count + end


def quine():
    """An archive within an archive within an archive."""
    held = b"x"
    for _ in range(6):
        held = zipped({WORD: b"<w:document/>", "word/embeddings/a.bin": held})
    return held


def makers():
    """Name → what makes it: some take a second, and a test is collected by the name alone."""
    eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    good = zipped({WORD: b"<w:document/>"})
    return {
        "200 MB of nothing.docx": lambda: zipped({WORD: bytes(200 * MB)}),
        "many parts.docx": lambda: zipped(
            {WORD: b"", **{f"word/{i}.xml": b"" for i in range(6000)}}
        ),
        "says 2 GB.docx": lambda: made.with_declared_size(good, 2**31 - 1),
        "says too little.docx": lambda: made.with_declared_size(zipped({WORD: b"<a>" * 999}), 7),
        "overlapping.docx": overlapping,
        "matryoshka.docx": quine,
        "up and out.docx": lambda: zipped({WORD: b"", "../../etc/cron.d/a": b"x"}),
        "absolute.docx": lambda: zipped({WORD: b"", "/etc/passwd": b"x"}),
        "windows path.docx": lambda: zipped({WORD: b"", "C:\\a.exe": b"x"}),
        "backslashes.docx": lambda: zipped({WORD: b"", "..\\..\\a": b"x"}),
        "link.docx": lambda: zipped(
            {WORD: b"/etc/passwd"}, attributes=(stat.S_IFLNK | 0o777) << 16
        ),
        "password.docx": encrypted,
        "laughs.docx": lambda: zipped({WORD: LAUGHS}),
        "laughs.xlsx": lambda: zipped({BOOK: LAUGHS, "xl/worksheets/sheet1.xml": LAUGHS}),
        "outside.docx": lambda: zipped({WORD: OUTSIDE}),
        "dtd in a relation.docx": lambda: zipped({WORD: b"<a/>", "_rels/.rels": LAUGHS}),
        "utf-16.docx": lambda: zipped({WORD: LAUGHS.decode().encode("utf-16")}),
        "macros.docx": lambda: zipped({WORD: b"<a/>", "word/vbaProject.bin": b"x"}),
        "both.docx": lambda: zipped({WORD: b"<a/>", BOOK: b"<a/>"}),
        "cut.docx": lambda: zipped({WORD: bytes(range(256)) * 400})[:-40],
        "flipped.docx": lambda: good[:45] + b"\xff\xff\xff" + good[48:],
        "twice.docx": lambda: zipped({WORD: b"<a/>"})[:-22] + good[-22:],
        "not a document.docx": lambda: zipped({"readme": b"x"}),
        "lzma bomb.docx": lambda: zipped({WORD: bytes(60 * MB)}, zipfile.ZIP_LZMA),
        "bzip2 bomb.docx": lambda: zipped({WORD: bytes(60 * MB)}, zipfile.ZIP_BZIP2),
        "huge.png": lambda: png(100_000, 100_000),
        "wide.png": lambda: png(2**31 - 1, 1),
        "no size.png": lambda: png(0, 5),
        "no end.png": lambda: png(end=False),
        "wrong sum.png": lambda: png()[:-1] + b"\0",
        "many chunks.png": lambda: png(2, 2, *[chunk(b"tEXt", b"")] * 30_000),
        "endless chunk.png": lambda: b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR" + bytes(99),
        "huge.jpg": lambda: jpeg(width=65_535, height=65_535),
        "no end.jpg": lambda: jpeg(end=b""),
        "no frame.jpg": lambda: b"\xff\xd8\xff\xd9",
        "fillers.jpg": lambda: b"\xff\xd8" + b"\xff" * (5 * MB) + b"\xd9",
        "script.pdf": lambda: (
            b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
        ),
        "launch.pdf": lambda: b"%PDF-1.7\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj\n%%EOF",
        "cut.pdf": lambda: b"%PDF-1.7\n1 0 obj<<>>",
        "locked.pdf": lambda: b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF",
        "page.txt": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
        "drawing.png": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "program.txt": lambda: b"MZ\x90\0\x03",
        "shell.txt": lambda: b"#!/bin/sh\nrm -rf /\n",
        "old.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "rar.docx": lambda: b"Rar!\x1a\x07\x00" + bytes(99),
        "gzip.txt": lambda: zlib.compress(bytes(MB), wbits=31),
        "empty.txt": lambda: b" \r\n ",
        "neither.txt": lambda: b"\x81\x20\xff\xff" * 99,
        "virus.txt": lambda: eicar,
        "virus.docx": lambda: eicar,
        "marked.txt": "机密★10年".encode,
        "marked.docx": lambda: zipped(
            {WORD: "<w:p><w:t>机密</w:t><w:t>★10年</w:t></w:p>".encode()}
        ),
        "too large.txt": lambda: b"x" * (21 * MB),
    }


NAMES = tuple(makers())


@cache
def bomb(name):
    return makers()[name]()


def corpus():
    """Name → bytes; each must be refused by whoever takes in files."""
    return {name: bomb(name) for name in NAMES}
