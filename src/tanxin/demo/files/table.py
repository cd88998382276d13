"""One institution's list as its own office software exports it: GB18030, other headings."""

import csv
import io

from tanxin.demo.invent import Organisation

HEADS = (
    "人员编号", "人员姓名", "性别", "出生日期", "参工时间", "政治面貌", "入党日期", "文化程度",
    "工作单位", "科室",
    "岗位", "任职时间", "职务级别", "所在支部", "党内任职", "身份证号码", "联系电话",
)  # fmt: skip


def institution_table(org: Organisation, institution: str) -> bytes:
    held = io.StringIO(newline="")
    table = csv.writer(held)
    table.writerow(HEADS)
    for human in org.people:
        if human.unit == institution:
            table.writerow([
                human.number, human.name, human.gender, f"{human.born:%Y/%m/%d}",
                f"{human.started:%Y/%m/%d}", human.politics,
                f"{human.joined:%Y/%m/%d}" if human.joined else "", human.schooling, human.unit,
                human.department, human.title,
                f"{human.post_since:%Y/%m/%d}" if human.post_since else "", human.rank,
                human.branch, human.party_post, f"'{human.id_number}", human.phone,
            ])  # fmt: skip
    return held.getvalue().encode("gb18030")
