"""Small files that once took minutes to read: what never ends is looked for once."""

import time
import zlib
from contextlib import suppress

import pytest

from core.uploads.bombs import WORD, chunk, zipped
from tanxin.core.uploads import FileRefused, admit, texts_in

SECONDS = 4


def pdf_with_table(table):
    """The table of its one font stands compressed; its page has one sign."""
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Font << /F1 2 0 R >> >>\nendobj\n"
        b"2 0 obj\n<< /ToUnicode 3 0 R >>\nendobj\n"
        b"3 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + zlib.compress(table) + b"\nendstream\n"
        b"endobj\n4 0 obj\n<< >>\nstream\nBT /F1 1 Tf (a) ET\nendstream\nendobj\n%%EOF"
    )


def many_fonts(count, table):
    fonts = b"".join(b"/F%d %d 0 R " % (at, 10 + at) for at in range(count))
    objects = b"".join(
        b"%d 0 obj\n<< /ToUnicode 3 0 R >>\nendobj\n" % (10 + at) for at in range(count)
    )
    return pdf_with_table(table).replace(b"/F1 2 0 R ", fonts).replace(b"%%EOF", objects + b"%%EOF")


RANGES = b"beginbfrange " + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange"
SLOW = {
    "endless table": lambda: pdf_with_table(b"beginbfchar" * 500_000),
    "many ranges": lambda: pdf_with_table(RANGES),
    "many fonts": lambda: many_fonts(200, RANGES),
    "endless lists": lambda: pdf_with_table(b"beginbfrange " + b"<0> <1> [" * 300_000 + b"endbfrange"),
    "endless metadata": lambda: b"%PDF-1.4\n" + b"<?xpacket begin" * 500_000 + b"%%EOF",
    "endless brackets": lambda: pdf_with_table(b"").replace(b"(a)", b"(" * 500_000),
    "endless tags": lambda: b"x " + b"<w:br " * 500_000,
    "endless references": lambda: zipped(
        {WORD: b"<w:document/>", "word/_rels/a.rels": b"<Relationship " * 500_000}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_what_never_ends_is_read_in_one_pass(name):
    data, begun = SLOW[name](), time.process_time()

    with suppress(FileRefused):
        admit(name, data)
    list(texts_in(data))

    assert time.process_time() - begun <= SECONDS


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n1 0 obj\n<< /Type /ObjStm /First " + b"9" * 5_000
        + b" >>\nstream\n1 " + b"9" * 5_000 + b"\nendstream\nendobj\n%%EOF",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"") + chunk(b"IEND", b""),
    ],
    ids=["first of 5,000 digits", "picture of no size"],
)  # fmt: skip
def test_what_is_no_number_or_no_size_is_refused_or_passed_over(data):
    with suppress(FileRefused):
        admit("附件", data)
    list(texts_in(data))


def test_a_table_is_still_read():
    table = pdf_with_table(
        b"beginbfrange <61> <63> [<79D8> <5BC6>] endbfrange beginbfchar <64> <2605> endbfchar"
    )

    assert "秘" in "".join(texts_in(table))
