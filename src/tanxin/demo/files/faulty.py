"""A file with the faults rosters really have, for a visitor to see what the import says."""

from tanxin.demo.files.roster import PEOPLE, filled_in, person_row
from tanxin.demo.files.sheet import Cell, Sheet, workbook
from tanxin.demo.invent import Organisation

COLUMNS = ("序号", "工号", "姓名", "性别", "出生", "籍贯", "参加工作", "入党", "政治面貌",
"全日制", "在职",
           "单位", "部门", "职务", "任现职", "职级", "任现职级", "支部", "党内职务", "状态",
           "身份证", "手机")  # fmt: skip
# What is put in place of a right value, one row each; the last three rows are right.
FAULTS: tuple[dict[str, Cell], ...] = (
    {"身份证": "99010119850315013"},
    {"出生": "2026.13", "身份证": ""},
    {"部门": "企业服务外"},
    {"职级": "正处极"},
    {"手机": "140001276"},
    {"政治面貌": "中共党圆"},
    {"参加工作": "1965.07"},
    {"姓名": ""},
    {"性别": "女"},
    {"任现职": 2023.1},
    {"身份证": "9.90101198503E+17"},
    {"工号": "LF0030"},
)
FIRST = 30
RIGHT = 3


def faulty_workbook(org: Organisation) -> bytes:
    people = [human for human in org.people if human.department and not human.persona][FIRST:]
    men = [human for human in people if human.gender == "男"][: len(FAULTS) + RIGHT]
    rows = [person_row(at, human) for at, human in enumerate(men, 1)]
    for row, fault in zip(rows, FAULTS, strict=False):
        for column, value in fault.items():
            row[COLUMNS.index(column)] = value
    sheet = Sheet("花名册", "人员信息补充表（待修正）", PEOPLE, rows, signed=True)
    return workbook([sheet], filled_in=filled_in(org))
