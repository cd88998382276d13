import io
import logging
import stat
import time
import zipfile

import pytest

from apps.org.roster import made
from tanxin.apps.org.roster import read_roster


def codes(roster):
    return [f.code for f in roster.findings]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \r\n ", "file-empty"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old-office"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password-protected",
        ),
        (b"\x89PNG\r\n", "image"),
        (b"Rar!\x1a\x07", "other-archive"),
        (b"7z\xbc\xaf\x27\x1c", "other-archive"),
        (b"{\\rtf1 }", "word-document"),
        (b"abc\0def", "file-unknown"),
        (b"\xff\xfe\xff", "encoding-unknown"),
        (b"\x81\x20\xff\xff" * 9, "encoding-unknown"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode(), "web-page"),
        (b"<?xml version='1.0'?><Workbook/>", "xml-unknown"),
        (b"<Persons></Persons>", "xml-unknown"),
        (b"PK\x03\x04 and then nothing", "file-broken"),
        ('"甲","男","x"\n"'.encode() + b'","' * 30, "lrm-broken"),
    ],
)
def test_what_is_no_roster_is_called_by_its_name(data, code):
    roster = read_roster("名册.xlsx", data)

    assert code in codes(roster)
    assert roster.people == ()


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/document.xml", "word-document"),
        ("xl/workbook.bin", "other-sheet"),
        ("content.xml", "other-sheet"),
    ],
)
def test_other_office_files_are_recognised(part, code):
    assert codes(read_roster("a.xlsx", made.zipped({part: b"x"}))) == [code]


def test_the_content_counts_and_not_the_extension():
    roster = read_roster("名册.csv", made.people_xlsx(made.person()))

    assert [p.name for p in roster.people] == ["张伟"]
    assert "extension-differs" in codes(roster)


def test_a_zip_bomb_is_not_unpacked():
    started = time.monotonic()
    roster = read_roster("a.zip", made.zipped({"a.csv": bytes(200 * 2**20)}))

    assert codes(roster) == ["zip-bomb"]
    assert time.monotonic() - started < 5


def test_a_declared_size_of_two_gigabytes_is_refused():
    data = made.with_declared_size(made.zipped({"a.csv": b"x"}), 2**31)

    assert codes(read_roster("a.zip", data)) == ["zip-too-large"]


def test_a_size_declared_too_small_is_noticed():
    data = made.with_declared_size(made.zipped({"a.csv": "姓名".encode() * 99}), 7)

    assert codes(read_roster("a.zip", data)) == ["file-broken"]


def test_all_files_together_are_bounded(monkeypatch):
    packed = made.zipped({f"{i}.csv": bytes(range(256)) * 900 for i in range(10)})
    monkeypatch.setattr("tanxin.apps.org.roster.archives.MOST_BYTES", 2**20)

    assert codes(read_roster("a.zip", packed)) == ["zip-too-large"]


def test_too_many_files_are_refused():
    data = made.zipped({f"{i}.csv": b"" for i in range(5001)})

    assert codes(read_roster("a.zip", data)) == ["zip-too-many"]


def test_an_archive_within_an_archive_stays_closed():
    inner = made.zipped({"a.lrmx": made.lrmx()})

    roster = read_roster("a.zip", made.zipped({"inner.zip": inner, "b.lrmx": made.lrmx()}))

    assert len(roster.people) == 1
    assert "zip-nested" in codes(roster)


@pytest.mark.parametrize(
    "name", ["/etc/a.csv", "../a.csv", "x/../../a.csv", "C:\\a.csv", "..\\a.csv"]
)
def test_paths_that_lead_out_of_the_archive_are_refused(name):
    roster = read_roster("a.zip", made.zipped({name: made.lrmx()}))

    assert codes(roster) == ["zip-bad-path"]
    assert roster.people == ()


def test_a_link_in_an_archive_is_not_followed():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    assert codes(read_roster("a.zip", held.getvalue())) == ["zip-symlink"]


def test_a_protected_file_in_an_archive_is_named():
    packed = bytearray(made.zipped({"a.csv": b"x"}))
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1

    assert codes(read_roster("a.zip", bytes(packed))) == ["zip-encrypted"]


BOMB = '<!DOCTYPE Person [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;">]>\n'


def test_entities_in_a_form_are_refused():
    assert codes(read_roster("a.lrmx", made.lrmx(head=BOMB))) == ["xml-entities"]


def test_external_entities_are_not_fetched():
    head = '<!DOCTYPE Person [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
    data = made.lrmx(head=head).replace("汉族".encode(), b"&a;")

    roster = read_roster("a.lrmx", data)

    assert codes(roster) == ["xml-entities"]
    assert roster.people == ()


def test_entities_in_a_workbook_are_refused():
    assert codes(read_roster("a.xlsx", made.with_sheet_xml("", before=BOMB))) == ["xml-entities"]


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c s="1" r=\'XFD1\'><v>1</v></c></row>',
        '<row r="1"><c r="CW1"><v>1</v></c></row>',
        '<row r="900000"><c><v>1</v></c></row>',
        '<row r="1">' + "<c><v>1</v></c>" * 101 + "</row>",
        '<row r="300000"><c r="A300000"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_would_unfold_is_not_opened(sheet):
    started = time.monotonic()

    assert codes(read_roster("a.xlsx", made.with_sheet_xml(sheet))) == ["sheet-too-large"]
    assert time.monotonic() - started < 2


def test_empty_cells_far_away_do_no_harm():
    sheet = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576" s="0"/>'

    assert codes(read_roster("a.xlsx", made.with_sheet_xml(sheet))) == ["no-header"]


def test_a_huge_sheet_is_weighed_before_it_is_opened():
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'

    assert codes(read_roster("a.xlsx", made.with_sheet_xml(row * 3_000_000))) == ["zip-bomb"]


def test_a_damaged_workbook_is_a_finding():
    data = bytearray(made.people_xlsx(made.person()))
    data[len(data) // 3 : len(data) // 3 + 40] = bytes(40)

    assert "file-broken" in codes(read_roster("a.xlsx", bytes(data)))


def test_no_bytes_whatever_raise():
    good = made.people_xlsx(made.person())
    for cut in range(0, len(good), 97):
        read_roster("a.xlsx", good[:cut])
        flipped = bytearray(good)
        flipped[cut] ^= 0xFF
        read_roster("a.xlsx", bytes(flipped))


def test_an_endless_csv_field_is_a_finding():
    assert "csv-broken" in codes(read_roster("a.csv", b'name,"' + b"x" * 200_000))


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_row_without_end_is_a_finding(end):
    sound = "姓名,性别\r\n张伟,男\r\n".encode()
    assert codes(read_roster("a.csv", sound + b"a," * 2**20 + end)) == ["csv-broken"]
    many = sound + "李娜,女\r\n".encode() * 100_000
    assert "csv-broken" not in codes(read_roster("a.csv", many))


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("tanxin.apps.org.roster.read.MOST_BYTES", 10)
    (tmp_path / "a.csv").write_bytes(b"x" * 11)

    assert codes(read_roster("a.csv", tmp_path / "a.csv")) == ["file-too-large"]
    assert codes(read_roster("a.csv", b"x" * 11)) == ["file-too-large"]


def test_too_many_rows_are_cut_off_and_said(monkeypatch):
    monkeypatch.setattr("tanxin.apps.org.roster.sheets.MOST_ROWS", 2)

    roster = read_roster("a.xlsx", made.people_xlsx(*[made.person(工号=str(i)) for i in range(5)]))

    assert len(roster.people) == 2
    assert "too-many-rows" in codes(roster)


def test_of_many_like_findings_the_rest_is_counted_but_every_row_refused():
    rows = [
        ["姓名", "性别", "出生年月", "单位"],
        *[[f"张{i}", "男", "五月", "局"] for i in range(700)],
    ]

    roster = read_roster("a.csv", made.csv_file(rows))

    assert codes(roster).count("date-unreadable") == 500
    (more,) = [f for f in roster.findings if f.code == "more-of-these"]
    assert more.params["count"] == "200"
    assert not any(map(roster.takes, roster.people))


def test_nothing_about_a_person_is_logged_or_shown_in_a_repr(caplog):
    caplog.set_level(logging.DEBUG)

    roster = read_roster(
        "a.xlsx", made.people_xlsx(made.person(出生年月=1980.1, 手机号="1380000111"))
    )

    assert caplog.records == []
    for secret in ("张伟", "1380000111", made.id_number(), "1980"):
        assert secret not in repr(roster) + repr(roster.people) + repr(roster.findings)


def test_twenty_thousand_rows_take_seconds():
    rows = [
        made.HEADS,
        *made.rows_of([made.person(姓名=f"张{i}", 身份证号="") for i in range(20_000)]),
    ]
    data = made.csv_file(rows)
    started = time.monotonic()

    roster = read_roster("a.csv", data)

    assert len(roster.people) == 20_000
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    "cell", ["(" * 100_000, "１" * 100_000, "a@" + "a." * 50_000, "民盟" * 50_000]
)
def test_endless_cells_and_rows_take_no_time(cell):
    heads = [
        "姓名",
        "性别",
        "出生年月",
        "入党时间",
        "职级",
        "邮箱",
        "身份证号",
        "手机号",
        "简历",
        "单位",
    ]
    started = time.monotonic()

    roster = read_roster("a.csv", made.csv_file([heads, *[[cell] * 10] * 5, ["x"] * 300_000]))
    read_roster("a.csv", made.csv_file([["x"] * 300_000] * 2))

    assert roster.errors
    assert time.monotonic() - started < 8


def test_a_workbook_without_its_parts_is_a_finding():
    assert codes(read_roster("a.xlsx", made.zipped({"xl/workbook.xml": b"<workbook/>"}))) == [
        "file-broken"
    ]


def test_entities_in_other_parts_of_a_workbook_are_refused():
    data = made.zipped({"xl/workbook.xml": BOMB.encode() + b"<workbook/>"})

    assert codes(read_roster("a.xlsx", data)) == ["xml-entities"]


def test_a_tag_without_end_is_not_gathered_for_ever():
    data = made.with_sheet_xml(
        "<c " + "".join(f"a{i}='{i * 7919 % 1000}' " for i in range(500_000))
    )

    assert codes(read_roster("a.xlsx", data)) == ["file-broken"]


def test_cells_that_do_not_say_where_they_stand_are_read_all_the_same():
    cells = "".join(
        f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in ("姓名", "性别", "单位", "职级")
    )
    person = (
        cells.replace("姓名", "张伟")
        .replace("性别", "男")
        .replace("单位", "局")
        .replace("职级", "")
    )

    roster = read_roster("a.xlsx", made.with_sheet_xml(f"<row>{cells}</row><row>{person}</row>"))

    assert [p.name for p in roster.people] == ["张伟"]


def test_a_hidden_sheet_is_not_read():
    held = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(made.xlsx(("人员", [made.HEADS]), ("旧", [made.HEADS]))))
    with zipfile.ZipFile(held, "w") as archive:
        for info in source.infolist():
            data = source.read(info).replace(b'sheetId="2"', b'sheetId="2" state="hidden"')
            archive.writestr(info.filename, data)

    assert codes(read_roster("a.xlsx", held.getvalue())) == ["no-rows", "sheet-hidden"]


def test_folders_and_system_files_in_an_archive_are_passed_over():
    data = made.zipped(
        {"甲/": b"", "甲/李娜.lrmx": made.lrmx(), "__MACOSX/甲": b"x", ".DS_Store": b"x"}
    )

    roster = read_roster("a.zip", data)

    assert [p.where.file for p in roster.people] == ["a.zip/甲/李娜.lrmx"]
    assert codes(roster) == ["units-implied"]


def test_a_folder_of_too_many_files_is_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr("tanxin.apps.org.roster.archives.MOST_MEMBERS", 1)
    for name in ("1.lrmx", "2.lrmx"):
        (tmp_path / name).write_bytes(made.lrmx())

    roster = read_roster("x", tmp_path)

    assert len(roster.people) == 1
    assert "zip-too-many" in codes(roster)
