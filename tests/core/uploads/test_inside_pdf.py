"""What a PDF tells of people and places beside its pages: pictures' particulars, names, notes."""

import time
import zipfile
import zlib
from contextlib import suppress
from io import BytesIO

import pytest

from core.uploads.bombs import WORD, chunk, jpeg, png, segment, zipped
from tanxin.core.uploads import FileRefused, admit

WHERE = b"N39.9042 E116.4074"
EXIF = segment(0xE1, b"Exif\0\0" + WHERE)
PHOTO = jpeg(
    segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), EXIF, segment(0xED, WHERE), segment(0xFE, WHERE)
)
WHO = b"Zhang San"


def pdf(*objects, trailer=b""):
    numbered = [b"%d 0 obj\n%s\nendobj\n" % (at, one) for at, one in enumerate(objects, 1)]
    return b"%PDF-1.7\n" + b"".join(numbered) + b"trailer<<" + trailer + b">>\n%%EOF\n"


def stream(body, filters=b"/DCTDecode"):
    head = b"<</Type/XObject/Subtype/Image/Filter%s/Length %d>>" % (filters, len(body))
    return head + b"stream\r\n" + body + b"\r\nendstream"


def info(entry, *more):
    return pdf(b"<<" + entry + b">>", *more, trailer=b"/Info 1 0 R")


@pytest.mark.parametrize(
    "photo",
    [PHOTO, PHOTO[:-2], PHOTO + PHOTO, PHOTO[:2] + b"\xff" * 5 + PHOTO[2:]],
    ids=["plain", "without an end", "two in one", "with fillers"],
)
@pytest.mark.parametrize("filters", [b"/DCTDecode", b" 9 0 R", b"[/DCT]"])
def test_a_picture_in_a_pdf_loses_its_place_and_nothing_moves(photo, filters):
    data = pdf(b"<<>>", stream(photo, filters), b"<</Kept true>>")

    clean = admit("a.pdf", data).data

    assert WHERE not in clean
    assert len(clean) == len(data)
    assert clean.index(b"/Kept") == data.index(b"/Kept")
    picture = clean[clean.index(b"\xff\xd8") :]
    assert b"JFIF\0\1\1" in picture
    assert PHOTO[PHOTO.index(b"\xff\xc0") : -2] in picture


def test_a_picture_without_particulars_stays_as_it_is():
    data = pdf(stream(jpeg()), stream(zlib.compress(b"BT (x) Tj ET"), b"/FlateDecode"))

    assert admit("a.pdf", data).data == data


@pytest.mark.parametrize(
    ("body", "filters", "code"),
    [
        (zlib.compress(PHOTO), b"[/FlateDecode/DCTDecode]", "picture-packed"),
        (zlib.compress(PHOTO), b" 9 0 R", "picture-packed"),
        (PHOTO.hex().encode() + b">", b"[/ASCIIHexDecode/#44CTDecode]", "picture-packed"),
        (b"junk" + PHOTO, b"/DCTDecode", "picture-packed"),
        (zlib.compress(b"<?xpacket begin=''?><x:xmpmeta>" + WHO), b"/FlateDecode", "author-packed"),
        (b"<?xpacket begin=''?>" + WHO, b"/None", "author-packed"),
        (PHOTO[:60], b"/DCTDecode", "broken"),
    ],
    ids=["packed", "packed somewhere", "in digits", "after junk", "a packed note", "a note without end", "cut"],
)  # fmt: skip
def test_what_cannot_be_taken_off_is_refused(body, filters, code):
    with pytest.raises(FileRefused, match=code):
        admit("a.pdf", pdf(stream(body, filters)))


def test_pictures_in_an_office_file_lose_their_place_too():
    data = zipped(
        {
            WORD: b"<w:document/>",
            "word/media/image1.jpeg": PHOTO,
            "word/media/image2.bin": png(2, 2, chunk(b"eXIf", WHERE)),
        }
    )

    with zipfile.ZipFile(BytesIO(admit("a.docx", data).data)) as archive:
        assert not [name for name in archive.namelist() if WHERE in archive.read(name)]
        assert archive.read("word/media/image2.bin") == png()


@pytest.mark.parametrize(
    "data",
    [
        info(b"/Author (Zhang San (Zhang San) Zhang San)/Kept 1"),
        info(rb"/Author (\) Zhang San \\)/Kept 1"),
        info(b"/Author\0\n      (Zhang San)/Kept 1"),
        info(b"/Author 2 0 R/Kept 1", b"(Zhang San)"),
        info(b"/Author 2  0\nR/Kept 1", b"   <5a68616E672053616e>"),
        info(b"/Author<5a68616E672053616e>/Kept 1"),
    ],
    ids=["nested", "escaped", "spaced", "elsewhere", "elsewhere in digits", "in digits"],
)
def test_a_name_is_blanked_however_it_is_written(data):
    clean = admit("a.pdf", data).data

    assert WHO not in clean
    assert WHO.hex() not in clean.decode("latin-1").lower()
    assert (len(clean), clean.index(b"/Kept")) == (len(data), data.index(b"/Kept"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (info(b"/S /J#61vaScript/J#53 (app.alert\\(1\\))"), "active"),
        (info(b"/JS 2 0 R"), "active"),
        (info(b"/#4c#61#75#6e#63#68 (x)"), "active"),
        (info(b"/Auth#6Fr (Zhang San)"), "author-packed"),
        (info(b"/Author %\n(Zhang San)"), "author-packed"),
        (info(b"/Author 2%\n0 R", b"(Zhang San)"), "author-packed"),
        (info(b"/Author 7 0 R"), "author-packed"),
        (info(b"/Author 2 0 R", b"%\n(Zhang San)"), "author-packed"),
        (info(b"/Author (Zhang San"), "broken"),
    ],
)  # fmt: skip
def test_a_name_or_a_script_that_hides_is_refused(data, code):
    with pytest.raises(FileRefused, match=code):
        admit("a.pdf", data)


@pytest.mark.parametrize(
    "filling",
    [
        b"stream\n\xff\xd8\xff", b"stream\n", b"/Author", b"/Author (", b"/Author (x)", b"/Author 1 0 R ",
        b"1 0 obj ", b"<?xpacket begin", b"/A#", b"#41", b"\0", b"1 ", b"stream\n\x78\x9c", b"(", b"endstream ",
    ],
)  # fmt: skip
def test_no_filling_makes_the_cleaning_slow(filling):
    data = b"%PDF-1.7\n/Author " + filling * (2**21 // len(filling)) + b"\n%%EOF"
    began = time.process_time()

    with suppress(FileRefused):
        admit("a.pdf", data)

    assert time.process_time() - began < 2
