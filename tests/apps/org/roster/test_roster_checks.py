from datetime import date

import pytest

from apps.org.roster import made
from tanxin.apps.org.roster import Known, read_roster, settle

TODAY = date(2026, 11, 23)
UNITS = ["单位编码", "单位名称", "类别", "上级单位", "排序"]
PEOPLE = ["姓名", "工号", "单位", "部门", "身份证号"]


def found(roster, severity=None):
    return [(f.code, f.where.row) for f in roster.findings if severity in {None, f.severity}]


def people(*rows, **given):
    return read_roster("a.xlsx", made.xlsx(("人员", [PEOPLE, *rows])), today=TODAY, **given)


def units(*rows):
    return read_roster("a.xlsx", made.xlsx(("机构", [UNITS, *rows])))


def test_numbers_held_twice_are_errors_of_the_later_row():
    roster = people(
        ["张伟", "1", "局", "", made.id_number()], ["李娜", "1", "局", "", made.id_number()]
    )

    assert found(roster, "error") == [("number-twice", 3), ("id-twice", 3)]
    assert roster.takes(roster.people[0])
    assert not roster.takes(roster.people[1])


def test_one_name_twice_is_a_question_unless_a_number_tells_them_apart():
    assert found(people(["张伟", "", "局"], ["张伟", "2", "处"]), "question") == [("name-twice", 2)]
    assert found(people(["张伟", "1", "局"], ["张伟", "2", "处"]), "question") == []


def test_a_person_without_unit_is_an_error():
    assert found(people(["张伟", "1", "", "", made.id_number()]), "error") == [
        ("person-without-unit", 2)
    ]


def test_a_birth_to_come_is_an_error():
    roster = read_roster(
        "a.xlsx",
        made.people_xlsx(
            made.person(出生年月="2030.01", 身份证号="", 参加工作时间="", 入党时间="")
        ),
        today=TODAY,
    )

    assert found(roster, "error") == [("birth-to-come", 2)]


def test_work_before_birth_is_an_error_and_dropped():
    roster = read_roster("a.xlsx", made.people_xlsx(made.person(参加工作时间="1979.07")))

    assert found(roster, "error") == [("before-birth", 2)]
    assert roster.people[0].started_work is None


def test_units_in_a_circle_are_all_named():
    roster = units(
        ["A", "甲", "机关", "C"], ["B", "乙", "", "A"], ["C", "丙", "", "B"], ["D", "丁", "", "A"]
    )

    assert [row for code, row in found(roster) if code == "unit-cycle"] == [2, 3, 4]
    ring = next(f for f in roster.findings if f.code == "unit-cycle").params["ring"]
    assert ring.split(" → ")[0] == ring.split(" → ")[-1]


def test_a_unit_above_itself_is_a_circle():
    assert found(units(["A", "甲", "机关", "A", 1])) == [("unit-cycle", 2)]


def test_a_deep_tree_is_no_trouble():
    rows = [[f"U{i}", f"第{i}处", "处室", f"U{i - 1}" if i else "", i] for i in range(3000)]

    assert found(units(*rows)) == []


def test_unknown_upper_units_are_errors_and_near_ones_questions():
    roster = units(
        ["A", "市发展改革局", "机关", "", 1],
        ["B", "办公室", "处室", "市发展局", 2],
        ["C", "财务处", "处室", "火星", 3],
    )

    assert found(roster) == [("parent-unknown-like", 3), ("parent-unknown", 4)]
    assert (
        settle(roster, {roster.questions[0].key: "市发展改革局"}).units[1].parent == "市发展改革局"
    )


def test_codes_and_names_used_twice_are_errors():
    roster = units(
        ["A", "甲", "机关", "", 1],
        ["A", "乙", "机关", "", 2],
        ["", "丙", "", "乙", 3],
        ["", "丙", "", "乙", 4],
    )

    assert found(roster, "error") == [
        ("unit-code-twice", 2),
        ("unit-code-twice", 3),
        ("unit-twice", 4),
        ("unit-twice", 5),
    ]


def both(*rows):
    tree = [
        UNITS,
        ["A", "市发展局", "机关", "", 1],
        ["B", "市财政局", "机关", "", 2],
        ["A1", "办公室", "处室", "A", 3],
        ["B1", "办公室", "处室", "市财政局", 4],
    ]
    return read_roster("a.xlsx", made.xlsx(("机构", tree), ("人员", [PEOPLE, *rows])))


def test_a_department_of_a_common_name_is_told_apart_by_its_unit():
    roster = both(["张伟", "1", "市发展局", "办公室"], ["李娜", "2", "", "市财政局/办公室"])

    assert found(roster) == []


def test_a_department_of_a_common_name_alone_is_a_question():
    roster = both(["张伟", "1", "", "办公室", made.id_number()])

    (question,) = roster.questions
    assert (question.code, question.readings) == ("unit-ambiguous", ("A1", "B1"))
    assert settle(roster, {question.key: "B1"}).people[0].department == "B1"


def test_an_unknown_unit_is_an_error():
    assert found(both(["张伟", "1", "火星基地", "", made.id_number()])) == [("unit-unknown", 2)]


def test_what_the_realm_already_holds_is_known():
    known = Known(units=frozenset({"市发展局"}), names=frozenset({"李娜"}))
    charge = made.xlsx(
        ("分管", [["领导", "分管部门", "起", "止"], ["李娜", "市发展局", "2024.01", ""]])
    )

    assert found(read_roster("a.xlsx", charge, known=known)) == []
    assert found(read_roster("a.xlsx", charge, known=Known(names=frozenset({"王芳"})))) == [
        ("person-unknown", 2)
    ]


def seats(*rows):
    head = ["班子名称", "单位", "类别", "姓名", "工号", "职务角色", "起", "止"]
    names = [PEOPLE, ["张伟", "1", "局"], ["张伟", "2", "局"], ["李娜", "3", "局"]]
    return read_roster("a.xlsx", made.xlsx(("人员", names), ("班子", [head, *rows])))


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("张伟", "", "person-ambiguous"),
        ("王芳", "", "person-unknown"),
        ("李娜", "9", "person-unknown"),
        ("李娜", "1", "number-of-another"),
    ],
)
def test_a_seat_names_a_person_that_can_be_told(name, number, code):
    roster = seats(["党组", "局", "党组", name, number, "成员", "2020.01", ""])

    assert (code, 2) in found(roster)


def test_an_ambiguous_name_is_settled_by_a_number():
    roster = seats(["党组", "局", "党组", "张伟", "", "成员", "2020.01", ""])

    (question,) = roster.questions
    assert question.readings == ("1", "2")
    seat = settle(roster, {question.key: "2"}).teams[0]
    assert (seat.name, seat.number) == ("张伟", "2")


def test_an_end_before_the_start_is_an_error():
    roster = seats(["党组", "局", "党组", "李娜", "", "成员", "2024.05", "2020.01"])

    assert ("end-before-start", 2) in found(roster, "error")


def test_a_span_of_one_day_is_fine():
    roster = seats(["党组", "局", "党组", "李娜", "", "成员", "2024-05-01", "2024-05-01"])

    assert found(roster, "error") == []
    assert roster.teams[0].end == date(2024, 5, 2)


@pytest.mark.parametrize(
    ("title", "head", "row", "code"),
    [
        ("分管", ["领导", "工号", "分管部门", "起"], ["李娜", "3", "", "2024.01"], "unit-missing"),
        (
            "联系",
            ["类别", "联系人", "工号", "对象/单位"],
            ["结对", "李娜", "3", ""],
            "target-missing",
        ),
        (
            "会议节点",
            ["节点", "班子", "单位", "日期"],
            ["民主生活会", "党组", "局", ""],
            "event-undated",
        ),
        ("机构", UNITS, ["A", "", "机关", "B", 1], "unit-name-missing"),
        (
            "状态",
            ["姓名", "工号", "状态", "起", "来源"],
            ["", "", "流动", "2024.01", "登记"],
            "name-missing",
        ),
        (
            "班子",
            ["班子名称", "姓名", "工号", "职务角色"],
            ["", "李娜", "3", "成员"],
            "team-missing",
        ),
    ],
)
def test_what_a_row_needs_is_asked_for(title, head, row, code):
    assert code in [
        c for c, _ in found(read_roster("a.xlsx", made.xlsx((title, [head, row]))), "error")
    ]


def test_an_answer_about_one_of_several_units_in_a_cell_changes_that_one():
    book = made.xlsx(
        ("机构", [UNITS, ["A", "综合办公室", "处室", "", 1], ["B", "财务处", "处室", "", 2]]),
        (
            "分管",
            [["领导", "工号", "分管部门", "起"], ["李娜", "3", "综合办公厅、财务处、财物处", ""]],
        ),
    )
    roster = read_roster("a.xlsx", book)

    answers = {q.key: q.readings[0] for q in roster.questions}

    assert len(answers) == 2
    assert [c.unit for c in settle(roster, answers).charges] == ["综合办公室", "财务处", "财务处"]


TREE = (
    "机构",
    [
        ["单位编码", "单位名称", "类别", "上级单位"],
        ["S", "综合局", "机关", ""],
        ["S1", "综合处", "处室", "S"],
        ["P", "机关党委", "党委", "S"],
        ["P1", "综合处党支部", "党支部", "P"],
    ],
)


@pytest.mark.parametrize(
    ("column", "likely", "never"),
    [
        ("部门", {"综合处"}, {"综合处党支部", "综合局"}),
        ("单位", {"综合局"}, {"综合处", "综合处党支部"}),
        ("所在党支部", {"综合处党支部"}, {"综合处", "综合局"}),
    ],
)
def test_only_units_of_a_kind_that_fits_the_column_are_offered(column, likely, never):
    row = {
        "姓名": "李娜",
        "工号": "T1",
        "单位": "综合局",
        "部门": "综合处",
        "所在党支部": "综合处党支部",
    }
    row[column] = {"部门": "综合部", "单位": "综合厅", "所在党支部": "综合处支部"}[column]
    book = made.xlsx(("人员", [list(row), list(row.values())]), TREE)

    (question,) = read_roster("a.xlsx", book).questions
    assert likely <= {*question.readings}
    assert not never & {*question.readings}
