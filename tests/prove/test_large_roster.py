"""A roster of 100,000 people goes in whole, within bounded memory, and comes back the same."""

import resource
import time
from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tanxin.apps.org.intake import examine, take_in
from tanxin.apps.org.models import Person, Tenure
from tanxin.apps.org.roster import read_roster

# Rolled back, not flushed: without an index on them, foreign keys make deleting quadratic.
pytestmark = [pytest.mark.prove, pytest.mark.django_db]
PEOPLE = 100_000
ON = date(2026, 11, 23)
HEAD = ("姓名", "性别", "出生年月", "单位", "部门", "现任职务", "任现职时间", "工号")
MOST_MIB = 2048
MOST_OF_BARE_READ = 4


def workbook(people):
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, HEAD)
    for number in range(people):
        unit = number // 100
        row = (
            f"张{chr(0x4E00 + number % 2000)}{chr(0x5000 + number // 2000)}", "男女"[number % 2],
            f"{1960 + number % 40}.0{1 + number % 9}", "市直机关", f"第{unit}处", "科员", "2020.03",
            f"N{number:06}",
        )  # fmt: skip
        sheet.write_row(number + 1, 0, row)
    units = book.add_worksheet("机构")
    units.write_row(0, 0, ("单位编码", "单位名称", "类别", "上级单位"))
    units.write_row(1, 0, ("S", "市直机关", "机关", ""))
    for unit in range(people // 100):
        units.write_row(unit + 2, 0, (f"S{unit}", f"第{unit}处", "处室", "S"))
    book.close()
    return file.getvalue()


def test_100_000_people_go_in_and_the_same_file_changes_nothing(world):
    data = workbook(PEOPLE)
    actor = world.actor("dora")
    seen = examine(actor, "大名册.xlsx", data, on=ON)
    assert not seen.roster.errors, seen.roster.errors[:3]

    take_in(actor, seen, at=timezone.now(), accept_good=True)
    assert Person.objects.filter(number__startswith="N", tenures__isnull=False).count() >= PEOPLE
    assert Tenure.objects.count() >= PEOPLE

    assert not examine(actor, "大名册.xlsx", data, on=ON).difference
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 < MOST_MIB


def test_reading_and_checking_stays_near_the_bare_read_of_the_file(record_property):
    data = workbook(PEOPLE)
    bare = took(lambda: [list(sheet.iter_rows()) for sheet in sheets(data)])
    ours = took(lambda: read_roster("大名册.xlsx", data, today=ON))

    record_property("times_the_bare_read", round(ours / bare, 1))
    print(f"{PEOPLE:,} rows read and checked in {ours:.1f} s, {ours / bare:.1f} × the bare read")
    assert ours < MOST_OF_BARE_READ * bare


def sheets(data):
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return (book.get_sheet_by_name(name) for name in book.sheet_names)


def took(do):
    start = time.process_time()
    do()
    return time.process_time() - start
