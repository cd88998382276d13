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


@cache
def corpus():
    """Name → bytes; each must be refused by whoever takes in files."""
    eicar = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    good = zipped({WORD: b"<w:document/>"})
    return {
        "200 MB of nothing.docx": zipped({WORD: bytes(200 * MB)}),
        "many parts.docx": zipped({WORD: b"", **{f"word/{i}.xml": b"" for i in range(6000)}}),
        "says 2 GB.docx": made.with_declared_size(good, 2**31 - 1),
        "says too little.docx": made.with_declared_size(zipped({WORD: b"<a>" * 999}), 7),
        "overlapping.docx": overlapping(),
        "matryoshka.docx": quine(),
        "up and out.docx": zipped({WORD: b"", "../../etc/cron.d/a": b"x"}),
        "absolute.docx": zipped({WORD: b"", "/etc/passwd": b"x"}),
        "windows path.docx": zipped({WORD: b"", "C:\\a.exe": b"x"}),
        "backslashes.docx": zipped({WORD: b"", "..\\..\\a": b"x"}),
        "link.docx": zipped({WORD: b"/etc/passwd"}, attributes=(stat.S_IFLNK | 0o777) << 16),
        "password.docx": encrypted(),
        "laughs.docx": zipped({WORD: LAUGHS}),
        "laughs.xlsx": zipped({BOOK: LAUGHS, "xl/worksheets/sheet1.xml": LAUGHS}),
        "outside.docx": zipped({WORD: OUTSIDE}),
        "dtd in a relation.docx": zipped({WORD: b"<a/>", "_rels/.rels": LAUGHS}),
        "utf-16.docx": zipped({WORD: LAUGHS.decode().encode("utf-16")}),
        "macros.docx": zipped({WORD: b"<a/>", "word/vbaProject.bin": b"x"}),
        "both.docx": zipped({WORD: b"<a/>", BOOK: b"<a/>"}),
        "cut.docx": zipped({WORD: bytes(range(256)) * 400})[:-40],
        "flipped.docx": good[:45] + b"\xff\xff\xff" + good[48:],
        "twice.docx": zipped({WORD: b"<a/>"})[:-22] + good[-22:],
        "not a document.docx": zipped({"readme": b"x"}),
        "lzma bomb.docx": zipped({WORD: bytes(60 * MB)}, zipfile.ZIP_LZMA),
        "bzip2 bomb.docx": zipped({WORD: bytes(60 * MB)}, zipfile.ZIP_BZIP2),
        "huge.png": png(100_000, 100_000),
        "wide.png": png(2**31 - 1, 1),
        "no size.png": png(0, 5),
        "no end.png": png(end=False),
        "wrong sum.png": png()[:-1] + b"\0",
        "many chunks.png": png(2, 2, *[chunk(b"tEXt", b"")] * 30_000),
        "endless chunk.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR" + bytes(99),
        "huge.jpg": jpeg(width=65_535, height=65_535),
        "no end.jpg": jpeg(end=b""),
        "no frame.jpg": b"\xff\xd8\xff\xd9",
        "fillers.jpg": b"\xff\xd8" + b"\xff" * (5 * MB) + b"\xd9",
        "script.pdf": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF",
        "launch.pdf": b"%PDF-1.7\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj\n%%EOF",
        "cut.pdf": b"%PDF-1.7\n1 0 obj<<>>",
        "locked.pdf": b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF",
        "page.txt": b"<!DOCTYPE html><script>alert(1)</script>",
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "program.txt": b"MZ\x90\0\x03",
        "shell.txt": b"#!/bin/sh\nrm -rf /\n",
        "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "rar.docx": b"Rar!\x1a\x07\x00" + bytes(99),
        "gzip.txt": zlib.compress(bytes(MB), wbits=31),
        "empty.txt": b" \r\n ",
        "neither.txt": b"\x81\x20\xff\xff" * 99,
        "virus.txt": eicar,
        "virus.docx": eicar,
        "marked.txt": "机密★10年".encode(),
        "marked.docx": zipped({WORD: "<w:p><w:t>机密</w:t><w:t>★10年</w:t></w:p>".encode()}),
        "too large.txt": b"x" * (21 * MB),
    }
