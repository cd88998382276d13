from datetime import date

import pytest

from apps.org.roster import made
from tanxin.apps.org.roster import read_roster

TODAY = date(2026, 11, 23)


def codes(roster, severity=None):
    return [f.code for f in roster.findings if severity in {None, f.severity}]


def test_a_plain_sheet_becomes_people():
    roster = read_roster("名册.xlsx", made.people_xlsx(made.person()), today=TODAY)

    (person,) = roster.people
    assert (person.name, person.gender, person.birth) == ("张伟", "m", "1980-05")
    assert (person.politics, person.rank, person.unit) == ("01", "chu-zheng", "市发展局")
    assert person.joined_party == date(2001, 6, 1)
    assert (person.where.sheet, person.where.row) == ("人员", 2)
    assert codes(roster) == ["units-implied"]
    assert roster.takes(person)


def test_titles_two_heading_rows_merged_units_and_signatures_are_understood():
    people = [
        made.person(在职="研究生"),
        made.person(姓名="王　芳", 性别="女", 身份证号=made.id_number(serial=2)),
        made.person(姓名="欧阳修文", 身份证号=made.id_number(serial=3)),
    ]

    roster = read_roster("名册.xlsx", made.office_xlsx(people), today=TODAY)

    assert [p.name for p in roster.people] == ["张伟", "王芳", "欧阳修文"]
    assert {p.unit for p in roster.people} == {"市发展局"}
    assert roster.people[0].education == "大学，研究生"
    assert roster.people[0].post_since == date(2020, 3, 1)
    assert roster.people[0].where.row == 5
    assert codes(roster, "error") == []
    (skipped,) = [f for f in roster.findings if f.code == "rows-skipped"]
    assert skipped.params["count"] == "3"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_in_use(encoding, mark):
    rows = [made.HEADS, *made.rows_of([made.person(姓名="张喆", 民族="汉族")])]

    roster = read_roster("名册.csv", made.csv_file(rows, encoding, mark), today=TODAY)

    assert [p.name for p in roster.people] == ["张喆"]
    assert codes(roster, "error") == []


def test_csv_cells_that_were_kept_as_text_are_unpacked():
    rows = [["姓名", "工号", "身份证号", "单位"], ["张伟", "'0012", f'="{made.id_number()}"', "局"]]

    (person,) = read_roster("a.csv", made.csv_file(rows)).people

    assert (person.number, person.id_number) == ("0012", made.id_number())


def test_every_kind_of_sheet_is_recognised():
    book = made.xlsx(
        ("机构", [["单位编码", "单位名称", "类别", "上级单位", "排序"],
                 ["A", "市发展局", "机关", "", 1], ["A1", "办公室", "处室", "A", 2],
                 ["P1", "第一支部", "党支部", "A", 3]]),
        ("人员", [["姓名", "工号", "单位", "部门", "所在党支部"],
                 ["张伟", "1001", "市发展局", "办公室", "第一支部"],
                 ["李娜", "1002", "市发展局", "", "P1"]]),
        ("班子", [["班子名称", "单位", "类别", "姓名/工号", "职务角色", "起", "止"],
                 ["局党组", "市发展局", "党组", "1001", "主要负责人", "2020.03", ""],
                 ["局党组", "市发展局", "党组", "李娜（1002）", "成员", "2021-01-15", "2024.06"]]),
        ("分管", [["领导", "工号", "分管部门", "起", "止"], ["李娜", "", "办公室、第一支部", "2021.01", "至今"]]),
        ("联系", [["类别", "联系人", "对象/单位", "起", "止"],
                 ["结对", "张伟", "李娜", "2022.01", ""], ["联系", "张伟", "办公室", "", ""]]),
        ("状态", [["姓名", "工号", "状态", "起", "止", "来源"], ["李娜", "1002", "出国", "2026.01", "2026.12", "审批表"]]),
        ("会议节点", [["节点", "单位/班子", "日期"], ["民主生活会", "局党组", date(2027, 1, 20)],
                   ["组织生活会", "第一支部", "2027.01.10"]]),
    )  # fmt: skip

    roster = read_roster("全部.xlsx", book, today=TODAY)

    assert roster.findings == ()
    assert [(u.code, u.kind, u.parent, u.order) for u in roster.units][1] == (
        "A1",
        "department",
        "A",
        2,
    )
    assert [(s.name, s.number, s.role) for s in roster.teams] == [
        ("", "1001", "chief"),
        ("李娜", "1002", "member"),
    ]
    assert roster.teams[1].end == date(2024, 7, 1)
    assert [c.unit for c in roster.charges] == ["办公室", "第一支部"]
    assert [(c.kind, c.other, c.unit) for c in roster.contacts] == [
        ("pair", "李娜", ""),
        ("liaison", "", "办公室"),
    ]
    assert (roster.states[0].kind, roster.states[0].end) == ("abroad", date(2027, 1, 1))
    assert [(e.kind, e.team, e.unit, e.on) for e in roster.events] == [
        ("democratic_life_meeting", "局党组", "", date(2027, 1, 20)),
        ("organisational_life_meeting", "", "第一支部", date(2027, 1, 10)),
    ]


def test_csv_files_of_few_columns_are_told_by_their_name():
    data = made.zipped(
        {
            "会议节点.csv": made.csv_file(
                [["节点", "班子", "日期"], ["民主生活会", "党组", "2027-01-20"]]
            )
        }
    )

    assert [e.team for e in read_roster("a.zip", data).events] == ["党组"]


def test_a_sheet_without_headings_says_what_was_looked_for():
    roster = read_roster("a.xlsx", made.xlsx(("Sheet1", [["甲", "乙"], ["1", "2"]])))

    (finding,) = roster.errors
    assert finding.code == "no-header"
    assert "姓名" in finding.params["heads"]
    assert roster.unreadable


def test_unknown_columns_are_named_and_not_kept():
    heads = ("姓名", "性别", "单位", "职级", "血型", "星座")

    roster = read_roster("a.xlsx", made.people_xlsx(made.person(血型="A型"), heads=heads))

    (finding,) = [f for f in roster.findings if f.code == "columns-ignored"]
    assert finding.params["heads"] == "血型、星座"
    assert "A型" not in str([getattr(roster.people[0], f) for f in roster.people[0].__slots__])


def test_formulas_without_a_result_are_counted():
    heads = ("姓名", "性别", "单位", "职级")
    book = made.people_xlsx(made.person(职级=made.Formula("=A1")), heads=heads)

    roster = read_roster("a.xlsx", book)

    (finding,) = [f for f in roster.findings if f.code == "formulas-empty"]
    assert finding.params["count"] == "1"
    assert roster.people[0].rank == ""


def test_a_merged_name_is_not_carried_to_another_person():
    rows = [
        ["姓名", "性别", "单位", "职级"],
        ["张伟", "男", "局", "正处级"],
        ["", "男", "", "副处级"],
    ]

    roster = read_roster("a.xlsx", made.xlsx(("人员", rows), merges=[(1, 0, 2, 0), (1, 2, 2, 2)]))

    assert [p.name for p in roster.people] == ["张伟", ""]
    assert roster.people[1].unit == "局"
    assert "name-missing" in codes(roster, "error")
    assert not roster.takes(roster.people[1])


def test_progress_is_told_and_ends_at_the_total():
    told = []

    read_roster(
        "a.xlsx",
        made.people_xlsx(*[made.person(姓名=f"张{i}") for i in range(2500)]),
        progress=lambda done, total: told.append((done, total)),
    )

    assert len(told) > 2
    assert told[-1] == (2501, 2501)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_folder_is_read_and_links_are_not_followed(tmp_path):
    (tmp_path / "a.lrmx").write_bytes(made.lrmx())
    (tmp_path / "b.csv").write_bytes(
        made.csv_file([["姓名", "性别", "单位", "职级"], ["张伟", "男", "局", ""]])
    )
    (tmp_path / "c.pic").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "d.csv").symlink_to(tmp_path / "b.csv")

    roster = read_roster("名册", tmp_path)

    assert [p.name for p in roster.people] == ["李娜", "张伟"]
    assert codes(roster, "note").count("file-skipped") == 2


def test_a_file_that_is_not_there_is_a_finding(tmp_path):
    assert codes(read_roster("a.csv", tmp_path / "a.csv")) == ["file-unreadable"]
