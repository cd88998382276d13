"""The screen sees what a reader would see, also in files that are large, odd or partly broken."""

import time

import pytest

from core.uploads.bombs import MB, NAMES, bomb, zipped
from tanxin.core.markings import screen
from tanxin.core.uploads import texts_in

WORD = "word/document.xml"
MARK = "机密★10年"


def stops(data):
    return any(screen(text).stops for text in texts_in(data))


def renamed_as_windows_does(data, name):
    """The name's bytes in GB18030, without the flag that says UTF-8."""
    plain, flag = name.encode(), b"\x00\x08"
    coded = name.encode("gb18030").ljust(len(plain), b" ")
    return data.replace(plain, coded).replace(b"\x14\x00" + flag, b"\x14\x00\x00\x00")


FILES = {
    "a document over the bounds": zipped(
        {"big.bin": bytes(70 * MB), WORD: f"<w:p>{MARK}</w:p>".encode()}
    ),
    "a name packed by Windows": renamed_as_windows_does(
        zipped({f"{MARK}.bin": b""}), f"{MARK}.bin"
    ),
    "a header": zipped({WORD: b"<a/>", "word/header1.xml": f"<w:p>{MARK}</w:p>".encode()}),
    "a cell": zipped({"xl/worksheets/sheet1.xml": f"<c><is><t>{MARK}</t></is></c>".encode()}),
    "letters one by one": zipped(
        {WORD: "".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in MARK).encode()}
    ),
    "a title": zipped({"docProps/core.xml": f"<dc:title>{MARK}</dc:title>".encode()}),
    "an inner document": zipped({"a/b.docx": zipped({WORD: f"<w:p>{MARK}</w:p>".encode()})}),
    "a text cut within a letter": (MARK + "谈" * 2_000_000).encode(),
    "entities": f"<p>{''.join(f'&#x{ord(sign):x};' for sign in MARK)}</p>".encode(),
    "beside a locked part": zipped({WORD: f"<w:p>{MARK}</w:p>".encode(), "x": b""}),
}


@pytest.mark.parametrize("name", FILES)
def test_a_mark_is_seen_in(name):
    assert stops(FILES[name])


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xff\xfe\x00", b"%PDF" + b"1 0 obj" * 99, b"<" * 99]
)
def test_what_is_broken_has_no_words_and_does_no_harm(data):
    assert not stops(data)


@pytest.mark.parametrize("name", NAMES)
def test_looking_into_a_bomb_takes_no_time(name):
    data, began = bomb(name), time.process_time()

    stops(data)

    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "piece",
    [
        b"1",
        b"1 0 obj ",
        b"(",
        b"((\\",
        b"<",
        b"/Font<<",
        b"/Font 1 0 R ",
        b"stream\n",
        b"BT /F1 1 Tf (",
        b"[<",
    ],
)
def test_a_pdf_made_to_slow_the_reader_takes_no_time(piece):
    data, began = (
        b"%PDF-1.7\n1 0 obj<<>>stream\nBT " + piece * (4 * MB // len(piece)),
        time.process_time(),
    )

    stops(data)

    assert time.process_time() - began < 5
