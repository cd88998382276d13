"""Makes roster files as offices really send them, and files nobody should send.

All people are invented; ID numbers carry a right check digit so that only what a test is about
is wrong.
"""

import csv
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from xml.sax.saxutils import escape

import xlsxwriter

from tanxin.apps.org.roster.values import check_digit

HEADS = (
    "序号", "姓名", "性别", "出生年月", "民族", "籍贯", "参加工作时间", "入党时间", "政治面貌", "学历学位", "单位",
    "部门", "现任职务", "职级", "任现职时间", "任现职级时间", "身份证号", "手机号", "备注",
)  # fmt: skip
Cells = Sequence[object]


def id_number(born: str = "19800512", serial: int = 1, region: str = "110105") -> str:
    """A well-formed ID number; odd serials are men's."""
    first17 = f"{region}{born}{serial:03}"
    return first17 + check_digit(first17)


def person(**given: object) -> dict[str, object]:
    """One row by heading; what is not given is plausible."""
    usual: dict[str, object] = {
        "姓名": "张伟", "性别": "男", "出生年月": "1980.05", "民族": "汉族", "籍贯": "河北保定",
        "参加工作时间": "2002.07", "入党时间": "2001.06", "政治面貌": "中共党员", "学历学位": "大学",
        "单位": "市发展局", "部门": "办公室", "现任职务": "主任", "职级": "正处级",
        "任现职时间": "2020.03", "任现职级时间": "2019.11", "身份证号": id_number(), "手机号": "13800001111",
    }  # fmt: skip
    return usual | given


def rows_of(people: Sequence[Mapping[str, object]], heads: Sequence[str] = HEADS) -> list[list]:
    return [
        [at if head == "序号" else one.get(head, "") for head in heads]
        for at, one in enumerate(people, 1)
    ]


def xlsx(*sheets: tuple[str, Sequence[Cells]], merges: Sequence[tuple] = ()) -> bytes:
    """``merges``: (first row, first column, last row, last column) of the first sheet.

    Text stays text and numbers numbers; ``Formula`` cells are written without a result.
    """
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, (name, rows) in enumerate(sheets):
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for index, cell in enumerate(row):
                put(sheet, at, index, cell, day)
        for first, left, last, right in merges if number == 0 else ():
            top = rows[first][left] if left < len(rows[first]) else ""
            sheet.merge_range(first, left, last, right, top)
    book.close()
    return held.getvalue()


class Formula(str):
    """A formula that was never computed."""

    __slots__ = ()


def put(sheet, at: int, index: int, cell: object, day) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(at, index, cell, value="")
    elif isinstance(cell, date):
        sheet.write_datetime(at, index, cell, day)
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(at, index, cell)
    elif cell is not None:
        sheet.write(at, index, cell)


def people_xlsx(*people: Mapping[str, object], heads: Sequence[str] = HEADS) -> bytes:
    """A plain sheet of people: one heading row, then the rows."""
    return xlsx(("人员", [heads, *rows_of(people, heads)]))


def office_xlsx(people: Sequence[Mapping[str, object]]) -> bytes:
    """As an organisation department keeps it: title, unit and date line, two heading rows, the unit
    merged down, a section heading, the heading once more, and the signatures.
    """
    upper = [
        "序号",
        "姓名",
        "性别",
        "出生\n年月",
        "学历学位",
        "",
        "单　位",
        "任职",
        "",
        "身份证号码",
    ]
    lower = ["", "", "", "", "全日制", "在职", "", "现任职务", "任现职时间", ""]
    names = [
        "姓名",
        "性别",
        "出生年月",
        "学历学位",
        "在职",
        "单位",
        "现任职务",
        "任现职时间",
        "身份证号",
    ]
    body: list[list] = []
    for at, one in enumerate(people, 1):
        body.append([at, *(one.get(name, "") for name in names)])
    for row in body[1:]:
        row[6] = ""
    rows = [
        ["市发展局干部花名册"],
        ["填报单位：市发展局", "", "", "", "", "", "", "2026年11月"],
        upper,
        lower,
        *body,
        ["二、所属单位"],
        upper,
        ["制表人：　　　", "", "", "审核人：", "", "", "日期："],
    ]
    last = 3 + len(body)
    merges = [
        (0, 0, 0, 9),
        *((2, c, 3, c) for c in (0, 1, 2, 3, 6, 9)),
        (2, 4, 2, 5),
        (2, 7, 2, 8),
    ]
    if len(body) > 1:
        merges.append((4, 6, last, 6))
    return xlsx(("Sheet1", rows), merges=merges)


def csv_file(rows: Sequence[Cells], encoding: str = "utf-8-sig", mark: str = ",") -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=mark).writerows(rows)
    return held.getvalue().encode(encoding)


CAREER = (
    "1998.09--2002.07  北京某大学经济系学习\n"
    "2002.07--2010.03  市发展局科员、副主任科员\n"
    "（其间：2005.09--2008.07在职研究生学习）\n"
    "2010.03--         市发展局办公室主任"
)


def lrmx(photo: str = "aGVsbG8=", head: str = "", **fields: str) -> bytes:
    """The form as its editor writes it: empty elements hold a newline, the photograph is inline."""
    usual = {
        "XingMing": "李　娜",
        "XingBie": "女",
        "ChuShengNianYue": "197910",
        "MinZu": "汉族",
        "JiGuan": "山东济南",
        "ChuShengDi": "山东济南",
        "RuDangShiJian": "200106",
        "CanJiaGongZuoShiJian": "200207",
        "JianKangZhuangKuang": "健康",
        "QuanRiZhiJiaoYu_XueLi": "大学",
        "QuanRiZhiJiaoYu_XueWei": "经济学学士",
        "ZaiZhiJiaoYu_XueLi": "研究生",
        "ZaiZhiJiaoYu_XueWei": "\n    ",
        "XianRenZhiWu": "市发展局办公室主任",
        "NiRenZhiWu": "\n    ",
        "JianLi": CAREER,
        "JiangChengQingKuang": "(无)",
        "ChengBaoDanWei": "市发展局",
        "ShenFenZheng": id_number("19791003", 2),
    } | fields
    body = "".join(f"  <{name}>{escape(text)}</{name}>\n" for name, text in usual.items())
    family = "  <JiaTingChengYuan><Item><XingMing>王强</XingMing></Item></JiaTingChengYuan>\n"
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n{head}<Person>\n{body}{family}'
        f"  <ZhaoPian>{photo}</ZhaoPian>\n  <Version>3.2.1.16</Version>\n</Person>"
    )
    return text.encode()


def lrm(**fields: str) -> bytes:
    """The older form: one quoted GB18030 record of 33 fields."""
    usual = dict.fromkeys(map(str, range(33)), "")
    usual |= {
        "0": "王　芳", "1": "女", "2": "198301", "3": "汉族", "4": "江苏南京", "5": "200512",
        "8": "200607", "9": "大学#管理学学士@研究生#", "17": CAREER, "25": "市发展局人事处处长",
        "29": "市发展局",
    }  # fmt: skip
    record = usual | fields
    return ('"' + '","'.join(record[str(at)] for at in range(33)) + '"').encode("gb18030")


def zipped(files: Mapping[str, bytes], *, gb_names: bool = False) -> bytes:
    """``gb_names``: names as Windows packs them, GB18030 without saying so."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            shown = name.encode("gb18030").decode("cp437") if gb_names else name
            archive.writestr(shown, data)
    packed = held.getvalue()
    # zipfile marks every non-ASCII name as UTF-8; the bytes it writes are swapped for the old ones.
    return relabelled(packed, files) if gb_names else packed


def relabelled(packed: bytes, files: Mapping[str, bytes]) -> bytes:
    out, infos = io.BytesIO(), []
    for name, data in files.items():
        raw = name.encode("gb18030")
        crc = zipfile.crc32(data)
        infos.append((raw, crc, len(data), out.tell()))
        out.write(
            struct.pack(
                "<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, crc, len(data), len(data), len(raw), 0
            )
        )
        out.write(raw + data)
    start = out.tell()
    for raw, crc, size, at in infos:
        out.write(
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\x01\x02",
                20,
                20,
                0,
                0,
                0,
                0,
                crc,
                size,
                size,
                len(raw),
                0,
                0,
                0,
                0,
                0,
                at,
            )
        )
        out.write(raw)
    size = out.tell() - start
    out.write(struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(infos), len(infos), size, start, 0))
    return out.getvalue()


def with_declared_size(packed: bytes, size: int) -> bytes:
    """A zip whose directory claims that its first file unpacks to ``size`` bytes."""
    at = packed.index(b"PK\x01\x02") + 24
    return packed[:at] + struct.pack("<L", size) + packed[at + 4 :]


def with_sheet_xml(sheet_data: str, workbook: bytes | None = None, before: str = "") -> bytes:
    """A workbook whose only sheet is the XML given."""
    source = zipfile.ZipFile(io.BytesIO(workbook or xlsx(("人员", [["x"]]))))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            data = source.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                data = (
                    f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns='
                    '"http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"<sheetData>{sheet_data}</sheetData></worksheet>"
                ).encode()
            archive.writestr(info.filename, data)
    return held.getvalue()
