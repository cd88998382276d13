"""The directory in memory: names, labels, order and search."""

from datetime import date
from threading import Thread
from uuid import UUID

import pytest
import time_machine

from tanxin.apps.org import selectors, services
from tanxin.apps.org.cards import PersonCard, TeamCard, UnitCard
from tanxin.apps.org.directory import NOBODY, Directory, directory
from tanxin.apps.org.models import Person
from tanxin.apps.org.pinyin import spell
from world import FOUNDED, SOURCE, TODAY


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23T09:00:00+08:00", tick=False):
        yield


def found(world, text):
    return [(entry.kind, entry.title) for entry in directory(world.realm_id).search(text)]


def test_it_says_who_somebody_is(world):
    known = directory(world.realm_id)

    assert known.name(world.ben) == "本明"
    assert known.label(world.ben) == "本明 · 规划处处长 · 规划处"
    assert known.unit_name(world.units["planning"]) == "规划处"
    assert known.unit_path(world.units["planning"]) == "测试委员会 / 规划处"
    assert known.team_name(world.teams["leaders"]) == "leaders"
    assert world.ben in known


def test_it_has_a_dash_for_those_it_does_not_know(world):
    known = directory(world.realm_id)

    assert known.name(None) == known.label(world.realm_id) == known.team_name(None) == NOBODY
    assert known.unit_name(None) == known.unit_path(None) == ""
    assert known.sort_key(None) == len(known.people)


def test_leaders_come_first_and_equals_by_spelling(world):
    known = directory(world.realm_id)
    world.person("zoe", "张三")
    world.holds("zoe", "信息中心科员")
    again = directory(world.realm_id)

    assert sorted([world.cleo, world.ben, world.emil, world.ada], key=known.sort_key) == [
        world.ada, world.emil, world.ben, world.cleo,
    ]  # fmt: skip
    assert again.sort_key(world.cleo) < again.sort_key(world.people["zoe"])


@pytest.mark.parametrize(
    "text",
    ["本明", "本", "明", "benming", "Ben Ming", "ming", "bm", "ＢＭ", "N0002", "处长", "规划 明"],
)
def test_a_person_is_found_by_name_spelling_initials_number_post_and_unit(world, text):
    assert ("person", "本明") in found(world, text)


@pytest.mark.parametrize("text", ["shanke", "sk", "单"])
def test_a_surname_is_read_as_a_surname(world, text):
    assert ("person", "单可") in found(world, text)
    assert ("person", "单可") not in found(world, "danke")


def test_a_surname_of_two_characters_is_read_as_one(world):
    assert found(world, "yuchi") == [("person", "尉迟明")]
    assert found(world, "ycm") == [("person", "尉迟明")]


def test_units_and_teams_are_found_too(world):
    assert found(world, "规划处")[0] == ("unit", "规划处")
    assert ("unit", "规划处") in found(world, "ghc")
    assert found(world, "leaders")[0] == ("team", "leaders")


@pytest.mark.parametrize("text", ["", "   ", "·", "王五", "规划 单"])
def test_it_finds_nothing_for_nothing(world, text):
    assert not [one for one in found(world, text) if one[0] == "person"]


def test_who_comes_later_does_not_push_out_those_who_fit_better(world):
    for number in range(30):
        world.person(f"p{number}", f"王本{number}")

    first = directory(world.realm_id).search("本", limit=5)
    assert first[0].title == "本明"
    assert len(first) == 5


def test_every_change_is_seen_at_once_and_only_then_is_it_read_again(
    world, django_assert_num_queries
):
    before = directory(world.realm_id)
    with django_assert_num_queries(1):
        assert directory(world.realm_id) is before

    services.change_person(world.founder, world.ben, at=FOUNDED, name="本亮")
    assert directory(world.realm_id).name(world.ben) == "本亮"
    assert before.name(world.ben) == "本明"


def test_a_new_day_brings_the_posts_of_that_day(world):
    world.post("信息中心主任", "centre", "chief")
    world.holds("cleo", "信息中心主任", start=date(2026, 11, 24))

    assert directory(world.realm_id).label(world.cleo).startswith("单可 · 信息中心科员")
    with time_machine.travel("2026-11-24T09:00:00+08:00", tick=False):
        assert directory(world.realm_id).label(world.cleo).startswith("单可 · 信息中心主任")


def test_a_unit_is_called_as_it_is_today(world):
    services.change_unit(
        world.founder, world.units["planning"], on=TODAY, name="发展处", source=SOURCE, at=FOUNDED
    )
    assert directory(world.realm_id).unit_name(world.units["planning"]) == "发展处"
    assert found(world, "规划处")[0][0] == "person"


def test_who_has_left_keeps_a_name_and_comes_last(world):
    services.leave_realm(world.founder, world.ada, on=TODAY, at=FOUNDED)
    known = directory(world.realm_id)

    assert known.name(world.ada) == "安雅"
    assert known.sort_key(world.ada) == len(known.people) - 1


def test_no_column_holds_a_name_or_its_spelling(world):
    row = Person.objects.get(pk=world.ben)
    stored = [getattr(row, column.attname) for column in Person._meta.concrete_fields]
    for hidden in ("本明".encode(), b"benming", b"13800000001"):
        assert not any(hidden in bytes(value) for value in stored if isinstance(value, bytes))
    assert not {"本明", "benming"} & {value for value in stored if isinstance(value, str)}


def test_many_threads_may_ask_one_directory():
    people = [card(number) for number in range(500)]
    known = Directory(people, {}, [], on=TODAY)
    answers = []
    threads = [Thread(target=lambda: answers.append(known.search("wang3"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)


def test_a_circle_among_units_ends_the_path():
    one, two = UUID(int=1), UUID(int=2)
    units = {one: UnitCard(one, "甲", "other", two), two: UnitCard(two, "乙", "other", one)}
    known = Directory([], units, [TeamCard(UUID(int=3), "班子", one)], on=TODAY)

    assert known.unit_path(one) == "乙 / 甲"


def card(number):
    name = f"王{number}"
    return PersonCard(UUID(int=number + 1), name, "", spell(name), "科员", None, (5, 0), False)


def test_people_can_be_searched_alone(world):
    entries = directory(world.realm_id).search_people("规划处")
    assert [entry.title for entry in entries] == ["本明"]


def test_the_staff_who_are_present_have_not_left(world):
    services.leave_realm(world.founder, world.ada, on=TODAY, at=FOUNDED)

    before = selectors.present_people(world.realm_id, date(2026, 11, 22))
    assert before.count() == 5
    assert world.ada not in set(
        selectors.present_people(world.realm_id, TODAY).values_list("pk", flat=True)
    )
