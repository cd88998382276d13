"""X2: reading and checking a roster, beside python-calamine's bare read of the same file.

``python -m bench.roster [ROWS] [PAIRS]`` needs no database and prints one line of JSON. Both are
measured in CPU time, one after the other, so that a busy machine slows both.
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from random import Random
from statistics import median

import xlsxwriter
from python_calamine import CalamineWorkbook

from tanxin.apps.org.roster import Roster, read_roster
from tanxin.apps.org.roster.values import check_digit

TODAY = date(2026, 11, 23)
ROWS, PAIRS, IN_A_UNIT = 100_000, 3, 100
HEAD = (
    "工号", "姓名", "性别", "出生年月", "民族", "参加工作时间", "入党时间", "单位", "部门",
    "现任职务", "职级", "任现职时间", "身份证号", "手机号",
)  # fmt: skip
RANKS = ("正处级", "副处级", "一级主任科员", "二级主任科员", "三级主任科员", "一级科员")
POSTS = ("处长", "副处长", "一级主任科员", "二级主任科员", "科员")
PEOPLES = ("汉族", "汉族", "汉族", "汉族", "满族", "回族", "壮族")


def people(rows: int) -> Iterator[tuple[str, ...]]:
    """Invented people: as many names, numbers and dates as an honest roster would have."""
    random = Random(11)  # noqa: S311 - invented people
    for number in range(rows):
        born = date(1962, 1, 1) + timedelta(days=random.randrange(14_000))
        gender = random.randrange(2)
        first17 = f"{110000 + number // 500}{born:%Y%m%d}{number % 500 * 2 + gender:03}"
        yield (
            f"N{number:06}",
            f"张{chr(0x4E00 + number % 2000)}{chr(0x5000 + number // 2000)}",
            "女男"[gender],
            f"{born:%Y.%m}",
            random.choice(PEOPLES),
            f"{born.year + 22}.{random.randrange(1, 13):02}",
            f"{born.year + 20}.{random.randrange(1, 13):02}" if random.randrange(5) else "",
            "市直机关",
            f"第{number // IN_A_UNIT}处",
            random.choice(POSTS),
            random.choice(RANKS),
            f"{random.randrange(2012, 2026)}.{random.randrange(1, 13):02}",
            first17 + check_digit(first17),
            f"1380{number:07}",
        )


def workbook(rows: int) -> bytes:
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("人员")
    sheet.write_row(0, 0, HEAD)
    for at, row in enumerate(people(rows), 1):
        sheet.write_row(at, 0, row)
    units = book.add_worksheet("机构")
    units.write_row(0, 0, ("单位编码", "单位名称", "类别", "上级单位"))
    units.write_row(1, 0, ("S", "市直机关", "机关", ""))
    for unit in range(rows // IN_A_UNIT):
        units.write_row(unit + 2, 0, (f"S{unit}", f"第{unit}处", "处室", "S"))
    book.close()
    return file.getvalue()


def bare(data: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return [list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names]


def ours(data: bytes) -> Roster:
    found = read_roster("bench.xlsx", data, today=TODAY)
    if found.findings:
        raise SystemExit(f"the bench's own roster has findings: {found.findings[:3]}")
    return found


def took(do: Callable[[bytes], object], data: bytes) -> float:
    begun = time.process_time()
    do(data)
    return time.process_time() - begun


def main(rows: int = ROWS, pairs: int = PAIRS) -> None:
    data = workbook(rows)
    spent = [(took(ours, data), took(bare, data)) for _ in range(pairs)]
    figures = {
        "rows": rows,
        "columns": len(HEAD),
        "X2": spent,
        "ratio": median(mine / floor for mine, floor in spent),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
