"""A person's appointment form and his row of a sheet, sent together, are one person."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from apps.org.roster import made
from tanxin.apps.org.intake import examine, take_in
from tanxin.apps.org.intake.people import MORE
from tanxin.apps.org.models import Person
from tanxin.apps.org.roster import read_roster, settle
from tanxin.apps.org.roster.words import reading_word, sentence

ON = date(2026, 11, 23)
HEADS = ("姓名", "性别", "出生年月", "民族", "籍贯", "参加工作时间", "入党时间", "学历", "单位", "部门",
         "现任职务", "工号", "手机号", "身份证号")  # fmt: skip
ID = made.id_number("19791003", 2)
LI_NA = {
    "姓名": "李娜", "性别": "女", "出生年月": "1979.10", "民族": "汉族", "籍贯": "山东省济南市",
    "参加工作时间": "2002.07", "入党时间": "2001.06", "学历": "大学", "单位": "市发展局",
    "部门": "办公室", "现任职务": "主任", "工号": "T001", "手机号": "13800001111", "身份证号": ID,
}  # fmt: skip


def packed(*rows, form=None, kind="xlsx", **forms):
    table = [HEADS, *[[row.get(head, "") for head in HEADS] for row in rows]]
    sheet = made.xlsx(("人员", table)) if kind == "xlsx" else made.csv_file(table)
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("李娜.lrmx", form or made.lrmx(**forms))
        archive.writestr(f"花名册.{kind}", sheet)
    return held.getvalue()


def read(*rows, **more):
    return read_roster("名册.zip", packed(*rows, **more), today=ON)


def told(roster):
    return [(f.severity.value, f.code, f.field) for f in roster.findings if f.where.row]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("known_id", [ID, ""], ids=["by-id", "by-birth"])
def test_form_and_row_are_one_person_with_the_facts_of_both(kind, known_id):
    roster = read(LI_NA | {"身份证号": known_id}, kind=kind)

    assert told(roster) == []
    (person,) = roster.people
    assert (person.number, person.phone, person.id_number) == ("T001", "13800001111", ID)
    assert (person.unit, person.department, person.post) == ("市发展局", "办公室", "主任")
    assert person.education == "全日制大学（经济学学士），在职研究生"
    assert person.origin == "山东省济南市"
    assert len(person.career) == 3


def test_an_older_form_is_taken_in_the_same_way():
    row = {"姓名": "王芳", "出生年月": "1983.01", "单位": "市发展局", "工号": "T002"}
    (person,) = read(row, form=made.lrm()).people

    assert (person.number, person.birth) == ("T002", "1983-01")
    assert person.career


def test_where_the_two_differ_somebody_is_asked_and_the_answer_counts():
    roster = read(LI_NA | {"参加工作时间": "2003.08", "身份证号": ""}, JiGuan="河北保定")

    assert told(roster) == [
        ("question", "form-differs", "started_work"), ("question", "form-differs", "origin"),
    ]  # fmt: skip
    first, second = roster.questions
    assert sentence(first) == (
        "文件「花名册.xlsx」「人员」表第2行「参加工作时间」：表中为「2003-08-01」，"
        "审批表 李娜.lrmx 中为「2002-07-01」。请选定以哪一个为准。"
    )
    answers = {first.key: first.readings[1], second.key: second.readings[0]}
    settled = settle(roster, answers)
    assert not settled.questions
    assert settled.people[0].started_work == date(2002, 7, 1)
    assert settled.people[0].origin == "山东省济南市"


def test_a_differing_gender_is_asked_in_words():
    roster = read(LI_NA | {"性别": "男", "身份证号": ""})

    (question,) = roster.questions
    assert [reading_word(question, reading) for reading in question.readings] == ["男", "女"]
    assert "表中为「男」" in sentence(question)


def test_a_differing_birth_of_the_only_one_of_the_name_is_asked():
    roster = read(LI_NA | {"出生年月": "1979.11", "身份证号": ""})

    assert told(roster) == [("question", "form-differs", "birth")]
    assert len(roster.people) == 1


def test_a_month_and_a_day_of_it_are_no_contradiction():
    roster = read(LI_NA | {"参加工作时间": "2002-07-15"})

    assert told(roster) == []
    assert roster.people[0].started_work == date(2002, 7, 15)


def test_another_of_the_name_with_another_id_stays_another_person():
    other = LI_NA | {
        "工号": "T009",
        "身份证号": made.id_number("19850505", 4),
        "出生年月": "1985.05",
    }
    roster = read(other)

    assert told(roster) == []
    assert sorted(person.birth for person in roster.people) == ["1979-10", "1985-05"]


def test_a_form_that_two_might_have_is_asked_about_and_left_out():
    rows = [LI_NA | {"工号": number, "身份证号": ""} for number in ("T001", "T002")]
    roster = read(*rows)

    (question,) = roster.questions
    assert (question.code, question.where.file) == ("form-of-several", "名册.zip/李娜.lrmx")
    assert sentence(question).startswith("文件「李娜.lrmx」：")
    assert len(roster.people) == 3


def test_the_form_of_whom_decides_the_birth_where_two_bear_the_name():
    other = LI_NA | {"工号": "T002", "身份证号": "", "出生年月": "1985.05"}
    roster = read(LI_NA | {"身份证号": ""}, other)

    assert told(roster) == []
    assert [(person.number, bool(person.career)) for person in roster.people] == [
        ("T001", True), ("T002", False),
    ]  # fmt: skip


def test_a_question_of_the_form_itself_is_answered_for_the_row_it_went_into():
    roster = read(LI_NA | {"出生年月": "", "身份证号": ""}, ChuShengNianYue="197911")

    (question,) = roster.questions
    assert question.code == "id-birth-differs"
    settled = settle(roster, {question.key: "1979-10"})
    assert (len(settled.people), settled.people[0].birth) == (1, "1979-10")


def test_a_faulty_form_adds_nothing_and_makes_nobody_twice():
    roster = read(LI_NA | {"身份证号": ""}, ShenFenZheng=ID[:-1] + "0")

    assert [finding.code for finding in roster.errors] == ["id-check-digit"]
    (person,) = roster.people
    assert (person.career, roster.takes(person)) == ((), True)


@pytest.mark.django_db
def test_it_goes_in_as_one_person_and_the_same_files_again_change_nothing(world):
    data = packed(LI_NA | {"单位": "测试委员会", "部门": "规划处"})
    found = examine(world.actor("dora"), "名册.zip", data, on=ON)
    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)

    assert Person.objects.filter(number="T001").count() == 1
    (step,) = [step for step in found.difference.steps if step.person]
    assert {"career", "education"} <= set(step.person.details.more) <= {*MORE, "career"}
    assert not examine(world.actor("dora"), "名册.zip", data, on=ON).difference


@pytest.mark.django_db
def test_an_unanswered_difference_leaves_the_person_out(world):
    here = {"单位": "测试委员会", "部门": "规划处"}
    data = packed(LI_NA | here | {"参加工作时间": "2003.08"})
    found = examine(world.actor("dora"), "名册.zip", data, on=ON)

    assert not found.roster.errors
    assert not [step for step in found.difference.steps if step.person]
