import json
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import typst

from core.uploads import bombs
from core.uploads.bombs import chunk, jpeg, png, segment, zipped
from our_tools import SOURCE
from tanxin.core.uploads import FileRefused, admit, admit_all

SECONDS, MIB = 2, 200
WHO = "金丝雀作者"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bombs")
    for name, data in bombs.corpus().items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("taker", ["admit", "roster"])
def test_every_bomb_is_refused_soon_and_in_little_memory(folder, taker):
    script = Path(bombs.__file__).with_name("refusing.py")
    done = subprocess.run(
        [sys.executable, str(script), taker, str(folder)], capture_output=True, text=True,
        env={"PYTHONPATH": str(SOURCE.parent), "PYTHONUTF8": "1"}, timeout=300, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)

    slowest = max(told["files"].items(), key=lambda item: item[1][1])
    print(
        f"{taker}: {len(told['files'])} files, slowest {slowest[0]} {slowest[1][1]:.2f} s, {told['most_mib']:.0f} MiB"
    )
    assert len(told["files"]) >= 30
    assert [name for name, (code, *_) in told["files"].items() if not code] == []
    assert slowest[1][1] <= SECONDS
    assert told["most_mib"] <= MIB


@pytest.mark.parametrize("name", bombs.NAMES)
def test_a_refusal_names_a_reason_and_nothing_of_the_file(name):
    with pytest.raises(FileRefused) as refused:
        admit(name, bombs.bomb(name))

    assert refused.value.code.replace("-", "").isalpha()
    assert str(refused.value) == refused.value.code


def test_a_picture_loses_its_place_and_its_device():
    exif = segment(0xE1, b"Exif\0\0" + WHO.encode())
    note = segment(0xFE, WHO.encode())
    photo = admit(
        "照片.jpg", jpeg(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), exif, note) + WHO.encode()
    )
    drawing = admit(
        "图.png",
        png(2, 2, chunk(b"tEXt", b"Author\0" + WHO.encode()), chunk(b"eXIf", WHO.encode())),
    )

    for clean in (photo, drawing):
        assert WHO.encode() not in clean.data
    assert photo.data == jpeg(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"))
    assert drawing.data == png()


def test_what_was_cleaned_once_is_clean():
    for name, data in {"a.jpg": jpeg(), "b.png": png(), "c.txt": "谈话".encode()}.items():
        assert admit(name, admit(name, data).data).data == admit(name, data).data == data


def document():
    return zipped(
        {
            "[Content_Types].xml": b'<Types><Override PartName="/docProps/custom.xml"/><Override PartName="/word/document.xml"/></Types>',
            "_rels/.rels": b'<Relationships><Relationship Id="a" Target="docProps/custom.xml"/><Relationship Id="b" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:p><w:ins w:id="1" w:author="{WHO}" w:date="2026"><w:t>谈话提纲</w:t></w:ins></w:p>'.encode(),
            "word/comments.xml": f'<w:comment w:author="{WHO}" w:initials="{WHO}"/>'.encode(),
            "word/people.xml": WHO.encode(),
            "docProps/core.xml": f"<dc:creator>{WHO}</dc:creator>".encode(),
            "docProps/app.xml": f"<Company>{WHO}</Company>".encode(),
            "docProps/custom.xml": WHO.encode(),
            "docProps/thumbnail.jpeg": WHO.encode(),
        }
    )  # fmt: skip


def test_a_document_loses_its_authors_and_keeps_its_words():
    clean = admit("提纲.docx", document())

    with zipfile.ZipFile(BytesIO(clean.data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name, part in parts.items() if WHO.encode() in part]
    assert "谈话提纲".encode() in parts["word/document.xml"]
    assert "docProps/custom.xml" not in parts
    assert b"custom.xml" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]


def test_a_pdf_loses_its_author_and_stays_readable(tmp_path):
    source = tmp_path / "a.typ"
    source.write_text(
        f'#set document(author: "{WHO}", title: "Canary")\n#set text(font: "Noto Serif CJK SC")\n谈话提纲',
        "utf-8",
    )
    data = typst.compile(str(source))
    assert WHO.encode() in data

    clean = admit("提纲.pdf", data).data

    assert len(clean) == len(data)
    for form in (
        WHO.encode(),
        WHO.encode("utf-16-be"),
        WHO.encode("utf-16-be").hex().upper().encode(),
    ):
        assert form not in clean


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"), ("C:\\x\\提纲.txt", "提纲.txt"), ("a.txt.exe", "a.txt"),
        ("a\u202efdp.txt", "afdp.txt"), ("<b>.txt", "b.txt"), ("", "file.txt"), ("\0.txt", "file.txt"),
        ("长" * 300 + ".txt", "长" * 120 + ".txt"),
    ],
)  # fmt: skip
def test_a_name_is_neither_a_path_nor_a_disguise(called, kept):
    assert admit(called, "谈话".encode()).name == kept


def test_a_mark_in_the_name_is_refused_too():
    with pytest.raises(FileRefused, match="marked"):
        admit("机密★10年.txt", b"x")


def test_several_files_share_one_bound():
    files = {f"{i}.txt": b"x" * (19 * 2**20) for i in range(4)}

    with pytest.raises(FileRefused, match="too-large"):
        admit_all(files)
    assert len(admit_all({"a.txt": b"x", "b.txt": b"y"})) == 2


def test_nothing_of_a_file_is_in_what_is_printed_of_it():
    assert "谈话" not in repr(admit("谈话.txt", "谈话".encode()))
