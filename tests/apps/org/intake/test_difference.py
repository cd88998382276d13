"""What a second file changes: each kind of fact, compared with what is held."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from apps.org.roster.made import id_number
from tanxin.apps.org.intake import DifferenceMoved, Group, examine, export_roster, take_in
from tanxin.apps.org.models import (
    Charge,
    Contact,
    Event,
    Person,
    PersonState,
    Seat,
    Tenure,
    Unit,
    UnitSpell,
)

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
PEOPLE = "姓名,工号,性别,单位,部门,现任职务,任现职时间,手机号,身份证号,状态\n"
ID = id_number("19800307")
LIN = "林一,T001,男,测试委员会,规划处,科员,2024.03,13800000011,,\n"


def zipped(**files):
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return held.getvalue()


def look(world, data, name="", **more):
    data = data.encode() if isinstance(data, str) else data
    name = name or ("花名册.zip" if data[:2] == b"PK" else "花名册.csv")
    return examine(world.actor("dora"), name, data, on=more.pop("on", ON), **more)


def bring(world, data, **more):
    found = look(world, data, **more)
    assert found.is_clean, told(found)
    assert found.difference
    take_in(world.actor("dora"), found, at=timezone.now(), shown=found.difference.digest)
    assert not look(world, data, **more).difference
    return [(step.group, step.about, step.before, step.after) for step in found.difference.steps]


def told(found):
    told = [(f.code, f.where.row, dict(f.params)) for f in found.roster.findings]
    return told + [(doubt.code, doubt.where.row) for doubt in found.difference.doubts]


def test_somebody_new_is_one_line_however_much_is_said_about_him(world):
    steps = bring(world, PEOPLE + LIN.replace(",,\n", ",,借调\n"))

    assert [(group, about) for group, about, _, _ in steps] == [(Group.JOINED, "林一")]
    assert "规划处 科员" in steps[0][3]
    assert PersonState.objects.filter(person__number="T001", kind="secondment").exists()


def test_a_unit_gets_another_name_and_keeps_its_past(world):
    steps = bring(
        world, "单位编码,单位名称,类别,上级单位\nU002,规划发展处,处室,U001\n", name="机构.csv"
    )

    assert steps == [(Group.UNIT_CHANGED, "规划处 → 规划发展处", "", "测试委员会")]
    old, new = UnitSpell.objects.filter(unit__code="U002").order_by("recorded_at")
    assert (old.name, old.end, new.name, new.start) == ("规划处", ON, "规划发展处", ON)


def test_a_unit_moves_below_another(world):
    steps = bring(
        world, "单位编码,单位名称,类别,上级单位\nU002,规划处,处室,U003\n", name="机构.csv"
    )

    assert steps == [(Group.UNIT_CHANGED, "规划处", "", "信息中心")]
    spell = UnitSpell.objects.get(unit__code="U002", end=None)
    assert spell.parent_id == world.units["centre"]


def test_a_chain_of_thousands_of_units_is_put_parents_first(world):
    rows = [f"D{n},第{n}级,处室,D{n - 1}" for n in range(3000, 0, -1)]
    text = "单位编码,单位名称,类别,上级单位\n" + "\n".join([*rows, "D0,顶级,机关,"])

    assert len(look(world, text, name="机构.csv").difference.steps) == 3001


def test_another_role_in_a_team_ends_one_seat_and_begins_another(world):
    steps = bring(
        world,
        "班子名称,单位,姓名,职务角色,起\nleaders,测试委员会,尉迟明,成员,2026.10\n",
        name="班子.csv",
    )

    assert [(group, about) for group, about, *_ in steps] == [(Group.TEAM, "尉迟明 · leaders")]
    old, new = Seat.objects.filter(person=world.emil).order_by("start")
    assert (old.role, old.end) == ("deputy", date(2026, 10, 1))
    assert (new.role, new.start, new.end) == ("member", date(2026, 10, 1), None)


def test_a_charge_that_ended_is_ended_and_not_doubled(world):
    bring(world, "领导,分管部门,起,止\n尉迟明,规划处,2024.03,2026.09\n", name="分管.csv")

    charge = Charge.objects.get(person=world.emil)
    assert (charge.start, charge.end) == (date(2024, 3, 1), date(2026, 10, 1))


def test_a_wrong_start_is_voided_and_another_fact_added(world):
    bring(world, "领导,分管部门,起\n尉迟明,规划处,2025.05\n", name="分管.csv")

    old, new = Charge.objects.filter(person=world.emil).order_by("start")
    assert (old.start, old.voided_at is None) == (date(2024, 3, 1), False)
    assert (new.start, new.voided_at) == (date(2025, 5, 1), None)


def test_a_wrong_day_of_taking_a_post_is_corrected_the_same_way(world):
    bring(world, PEOPLE + LIN)
    steps = bring(world, PEOPLE + LIN.replace("2024.03", "2023.07"))

    assert [group for group, *_ in steps] == [Group.MOVED]
    rows = Tenure.objects.filter(person__number="T001")
    assert [row.start for row in rows.filter(voided_at=None)] == [date(2023, 7, 1)]
    assert rows.exclude(voided_at=None).count() == 1


def test_a_contact_by_staff_number_alone_is_found(world):
    number = Person.objects.get(pk=world.cleo).number
    steps = bring(world, f"类别,联系人,对象工号,起\n联系,安雅,{number},2026.01\n", name="联系.csv")

    assert [(group, about) for group, about, *_ in steps] == [(Group.CONTACT, "安雅 · 单可")]
    assert Contact.objects.get().other_id == world.cleo


def test_a_contact_with_oneself_is_a_doubt_and_not_a_crash(world):
    found = look(world, "类别,联系人,对象\n联系,安雅,安雅\n", name="联系.csv")

    assert [doubt.code for doubt in found.difference.doubts] == ["contact-with-oneself"]
    assert not found.difference


def test_a_state_is_added_and_later_gets_its_end(world):
    bring(world, "姓名,状态,起\n单可,借调,2026.03\n", name="状态.csv")
    bring(world, "姓名,状态,起,止\n单可,借调,2026.03,2026.12\n", name="状态.csv")

    state = PersonState.objects.get(person=world.cleo, voided_at=None)
    assert (state.kind, state.start, state.end) == (
        "secondment",
        date(2026, 3, 1),
        date(2027, 1, 1),
    )


def test_a_meeting_that_moved_by_a_week_is_the_same_meeting(world):
    head = "节点,单位,日期\n"
    bring(world, f"{head}民主生活会,测试委员会,2026-12-11\n", name="会议节点.csv")
    before = Event.objects.get()
    steps = bring(world, f"{head}民主生活会,测试委员会,2026-12-18\n", name="会议节点.csv")

    assert [group for group, *_ in steps] == [Group.EVENT]
    moved = Event.objects.get()
    assert (moved.pk, moved.on) == (before.pk, date(2026, 12, 18))


HEAD = "节点,单位,日期\n"
MEETING = "民主生活会,测试委员会,"


def days():
    return sorted(Event.objects.filter(voided_at=None).values_list("on", flat=True))


@pytest.mark.parametrize("on", [ON, date(2027, 1, 4)], ids=["ahead", "afterwards"])
def test_a_meeting_moved_across_new_year_is_the_same_meeting(world, on):
    bring(world, f"{HEAD}{MEETING}2026-12-28\n", name="会议节点.csv")
    before = Event.objects.get()
    steps = bring(world, f"{HEAD}{MEETING}2027-01-08\n", name="会议节点.csv", on=on)

    moved = ("民主生活会 2026-12-28", "民主生活会 2027-01-08")
    assert steps == [(Group.EVENT, "测试委员会", *moved)]
    assert (Event.objects.get().pk, days()) == (before.pk, [date(2027, 1, 8)])


def test_next_years_meeting_is_another_one(world):
    bring(world, f"{HEAD}{MEETING}2025-12-18\n", name="会议节点.csv")
    bring(world, f"{HEAD}{MEETING}2026-12-20\n", name="会议节点.csv")

    assert days() == [date(2025, 12, 18), date(2026, 12, 20)]


def test_of_several_meetings_only_the_one_the_file_no_longer_names_has_moved(world):
    first = [f"支部党员大会,测试委员会,2026-{day}" for day in ("06-20", "09-20", "12-28")]
    bring(world, HEAD + "\n".join(first), name="会议节点.csv")
    steps = bring(
        world,
        HEAD + "\n".join([*first[:2], "支部党员大会,测试委员会,2027-01-05"]),
        name="会议节点.csv",
    )

    assert len(steps) == 1
    assert days() == [date(2026, 6, 20), date(2026, 9, 20), date(2027, 1, 5)]


def test_two_meetings_moved_by_a_week_keep_their_order(world):
    bring(world, f"{HEAD}{MEETING}2026-12-25\n{MEETING}2027-01-05\n", name="会议节点.csv")
    before = dict(Event.objects.values_list("on", "pk"))
    bring(world, f"{HEAD}{MEETING}2027-01-01\n{MEETING}2027-01-12\n", name="会议节点.csv")

    after = dict(Event.objects.values_list("on", "pk"))
    assert after[date(2027, 1, 1)] == before[date(2026, 12, 25)]
    assert after[date(2027, 1, 12)] == before[date(2027, 1, 5)]


def test_a_meeting_that_might_be_either_of_two_is_a_new_one(world):
    bring(world, f"{HEAD}{MEETING}2026-12-25\n{MEETING}2027-01-15\n", name="会议节点.csv")
    bring(world, f"{HEAD}{MEETING}2027-01-05\n", name="会议节点.csv")

    assert days() == [date(2026, 12, 25), date(2027, 1, 5), date(2027, 1, 15)]


def test_an_unclear_row_with_the_old_day_says_that_the_meeting_has_not_moved(world):
    bring(world, f"{HEAD}{MEETING}2026-12-28\n", name="会议节点.csv")
    text = f"{HEAD}民主生活会义,测试委员会,2026-12-28\n{MEETING}2027-01-08\n"
    found = look(world, text, name="会议节点.csv")

    assert [finding.where.row for finding in found.roster.questions] == [2]
    assert [step.before for step in found.difference.steps] == [""]


def test_what_only_ends_or_moves_touches_whom_it_is_about(world):
    bring(world, f"{HEAD}{MEETING}2026-12-28\n", name="会议节点.csv")
    found = look(world, f"{HEAD}{MEETING}2027-01-08\n", name="会议节点.csv")
    moved = take_in(world.actor("dora"), found, at=timezone.now())
    found = look(world, "领导,分管部门,起,止\n尉迟明,规划处,2024.03,2026.09\n", name="分管.csv")
    ended = take_in(world.actor("dora"), found, at=timezone.now())

    assert moved.touched == {Unit.objects.get(code="U001").pk}
    assert ended.touched == {world.emil, Unit.objects.get(code="U002").pk}


def test_an_event_of_nobody_is_an_error_and_not_dropped_in_silence(world):
    found = look(world, f"{HEAD}民主生活会,,2026-12-28\n", name="会议节点.csv")

    assert [(finding.code, finding.where.row) for finding in found.roster.errors] == [
        ("event-of-nobody", 2)
    ]


def test_two_files_of_one_archive_are_one_roster(world):
    both = zipped(
        人员一=PEOPLE + LIN,
        人员二=PEOPLE + LIN.replace("林一,T001", "林二,T002").replace("0011", "0012"),
        班子="班子名称,单位,姓名,职务角色\nleaders,测试委员会,林二,成员\n",
    )
    bring(world, both)

    assert Person.objects.filter(number__in=["T001", "T002"]).count() == 2
    assert Seat.objects.filter(person__number="T002").exists()


def test_somebody_named_twice_with_different_columns_is_one_person(world):
    card = "姓名,身份证号,单位,部门,现任职务,民族\n林一," + ID + ",测试委员会,规划处,科员,汉族\n"
    number = LIN.replace("13800000011,,", "13800000011," + ID + ",")
    found = look(world, PEOPLE + number)
    assert not found.roster.errors, told(found)
    bring(world, PEOPLE + number)
    bring(world, card)

    person = Person.objects.get(number="T001")
    assert person.details_sealed
    assert Tenure.objects.filter(person=person, voided_at=None).count() == 1


def test_a_phone_that_changes_for_everybody_is_written_for_everybody(world):
    def roster(tail):
        rows = (
            f"林{n:03},T{n:03},男,测试委员会,规划处,科员,2024.03,1390000{n:03}{tail},,\n"
            for n in range(300)
        )
        return PEOPLE + "".join(rows)

    bring(world, roster("1"))
    before = set(Person.objects.values_list("phone_index", flat=True))
    steps = bring(world, roster("2"))

    assert {(group, after) for group, _, _, after in steps} == {(Group.CORRECTED, "phone")}
    assert len(steps) == 300
    assert len({*Person.objects.values_list("phone_index", flat=True)} - before) == 300


def test_a_staff_number_of_somebody_else_is_a_doubt_and_not_a_crash(world):
    first = LIN.replace("13800000011,,", "13800000011," + ID + ",")
    second = "林二,T002,男,测试委员会,规划处,科员,2024.03,13800000012,,\n"
    bring(world, PEOPLE + first + second)
    found = look(world, PEOPLE + first.replace("T001", "T002"))

    assert [doubt.code for doubt in found.difference.doubts] == ["number-of-another"]


def test_whoever_comes_back_is_here_again(world):
    bring(world, PEOPLE + LIN)
    bring(world, PEOPLE + LIN.replace(",,\n", ",,调出\n"))
    assert Person.objects.get(number="T001").left_on == ON

    later = date(2027, 2, 1)
    bring(world, PEOPLE + LIN.replace("2024.03", "2027.01"), on=later)
    assert Person.objects.get(number="T001").left_on is None
    assert Tenure.objects.get(person__number="T001", end=None).start == date(2027, 1, 1)


def everybody(world):
    return export_roster(world.actor("dora"), on=ON, at=timezone.now(), format="csv")


def without(data, *names, of="人员"):
    """The exported archive with rows of some people left out of the sheet ``of``."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            lines = old.read(name).decode("utf-8-sig").splitlines()
            if of in name:
                lines = [line for line in lines if not any(gone in line for gone in names)]
            new.writestr(name, "\ufeff" + "\n".join(lines))
    return held.getvalue()


def test_an_export_of_everything_changes_nothing(world):
    world.contact("ada", "liaison", other="cleo")
    found = look(world, everybody(world), complete=True)

    assert found.is_clean, told(found)
    assert [step.line for step in found.difference.steps] == []


def test_a_complete_file_without_a_seat_ends_it(world):
    found = look(world, without(everybody(world), "尉迟明", of="班子"), complete=True)
    assert [(step.group, step.about) for step in found.difference.steps] == [(Group.TEAM, "尉迟明")]
    take_in(world.actor("dora"), found, at=timezone.now())

    assert Seat.objects.get(person=world.emil).end == ON
    assert Seat.objects.get(person=world.ada).end is None


def test_whoever_leaves_with_seat_charge_and_contact_is_ended_once(world):
    world.contact("emil", "liaison", other="cleo")
    data = everybody(world)
    for sheet in ("人员", "班子", "分管", "联系"):
        data = without(data, "尉迟明", of=sheet)
    found = look(world, data, complete=True)
    assert found.is_clean, told(found)
    take_in(world.actor("dora"), found, at=timezone.now())

    assert Person.objects.get(pk=world.emil).left_on == ON
    assert {Seat.objects.get(person=world.emil).end, Charge.objects.get().end} == {ON}
    assert Contact.objects.get().end == ON


def test_a_faulty_row_of_a_complete_file_ends_nobody(world):
    bring(world, PEOPLE + LIN)
    rows = [LIN.replace("2024.03", "1885.13")]
    rows += [f"{p},{n},,测试委员会,,,,,,\n" for p, n in present(world)]
    found = look(world, PEOPLE + "".join(rows), complete=True)
    assert found.roster.errors

    take_in(world.actor("dora"), found, at=timezone.now(), accept_good=True)
    assert Person.objects.get(number="T001").left_on is None


def present(world):
    names = {"ada": "安雅", "ben": "本明", "cleo": "单可", "dora": "杜若", "emil": "尉迟明"}
    return [(name, Person.objects.get(pk=world.people[key]).number) for key, name in names.items()]


def test_more_questions_than_are_shown_leave_their_rows_out(world):
    rows = (
        f"林{n:03},T{n:03},男,测试委员会,规划处,科员,2020.1,1380000{n:04},,\n" for n in range(510)
    )
    found = look(world, PEOPLE + "".join(rows))

    assert len(found.roster.questions) == 500
    assert not found.difference


def test_accepting_twice_at_the_same_moment_writes_once(world):
    first, second = look(world, PEOPLE + LIN), look(world, PEOPLE + LIN)
    take_in(world.actor("dora"), first, at=timezone.now())

    with pytest.raises(DifferenceMoved):
        take_in(world.actor("dora"), second, at=timezone.now())
    assert Person.objects.filter(number="T001").count() == 1
