"""Any day can be asked, and what a day was like does not change when the next one does."""

from datetime import date, timedelta

import pytest

from tanxin.apps.org import selectors, services
from tanxin.apps.org.models import Tenure
from world import FOUNDED, SINCE, SOURCE, TODAY

MOVE = date(2026, 5, 1)
A_DAY = timedelta(days=1)


def titles(world, key, on):
    return [post.title for post in selectors.posts_of(world.realm_id, world.people[key], on)]


def test_a_fact_is_true_from_its_first_day_until_the_day_before_its_end(world):
    services.end_fact(world.founder, Tenure, tenure_of(world, "ben").pk, end=MOVE, at=FOUNDED)

    assert titles(world, "ben", SINCE - A_DAY) == []
    assert titles(world, "ben", SINCE) == ["规划处处长"]
    assert titles(world, "ben", MOVE - A_DAY) == ["规划处处长"]
    assert titles(world, "ben", MOVE) == []


def test_a_fact_without_dates_is_true_on_every_day(world):
    world.person("fay")
    world.holds("fay", "信息中心科员", start=None)

    assert titles(world, "fay", date(1999, 1, 1)) == ["信息中心科员"]
    assert titles(world, "fay", date(2099, 1, 1)) == ["信息中心科员"]


def test_who_moves_on_a_day_is_on_that_day_only_in_the_new_place(world):
    services.end_fact(world.founder, Tenure, tenure_of(world, "ben").pk, end=MOVE, at=FOUNDED)
    world.holds("ben", "副主任", start=MOVE)

    assert selectors.unit_of(world.realm_id, world.ben, MOVE - A_DAY) == world.units["planning"]
    assert titles(world, "ben", MOVE) == ["副主任"]
    assert selectors.unit_of(world.realm_id, world.ben, MOVE) == world.units["commission"]
    assert selectors.chief_of_unit(world.realm_id, world.units["planning"], MOVE) is None


def test_a_voided_fact_is_true_on_no_day(world):
    services.void_fact(
        world.founder, Tenure, tenure_of(world, "ben").pk, reason="登记错误", at=FOUNDED
    )

    assert titles(world, "ben", TODAY) == []
    assert selectors.facts_of(world.realm_id, world.ben)[0].kind != "post"


def test_a_retroactive_correction_changes_what_is_believed_of_the_past(world):
    wrong = tenure_of(world, "ben")
    right = Tenure(
        person_id=world.ben, post_id=wrong.post_id, start=date(2025, 1, 1), source=SOURCE
    )
    services.correct_fact(world.founder, wrong.pk, right, reason="任职文件", at=FOUNDED)

    assert titles(world, "ben", SINCE) == []
    assert titles(world, "ben", date(2025, 1, 1)) == ["规划处处长"]
    wrong.refresh_from_db()
    assert wrong.voided_at == FOUNDED
    assert wrong.start == SINCE


def test_the_main_post_comes_first(world):
    world.holds("ben", "副主任")

    assert titles(world, "ben", TODAY) == ["副主任", "规划处处长"]
    assert selectors.unit_of(world.realm_id, world.ben, TODAY) == world.units["commission"]
    assert selectors.units_of(world.realm_id, world.ben, TODAY) == {
        world.units["commission"],
        world.units["planning"],
    }
    everybody = selectors.main_units(world.realm_id, TODAY)
    assert everybody[world.ben] == world.units["commission"]
    assert selectors.main_units(world.realm_id, TODAY, [world.cleo]) == {
        world.cleo: world.units["centre"]
    }


def test_the_tree_of_a_day_has_the_names_and_places_of_that_day(world):
    services.change_unit(
        world.founder, world.units["planning"], on=MOVE, source=SOURCE, at=FOUNDED,
        name="规划发展处", parent_id=world.units["centre"],
    )  # fmt: skip
    planning, centre = world.units["planning"], world.units["centre"]

    before = selectors.unit_on(world.realm_id, planning, MOVE - A_DAY)
    after = selectors.unit_on(world.realm_id, planning, MOVE)
    assert (before.name, before.parent_id) == ("规划处", world.units["commission"])
    assert (after.name, after.parent_id) == ("规划发展处", centre)
    assert selectors.subtree(world.realm_id, centre, MOVE - A_DAY) == {centre}
    assert selectors.subtree(world.realm_id, centre, MOVE) == {centre, planning}


def test_a_unit_cannot_come_to_stand_under_itself(world):
    world.unit("规划一科", "section", "planning", key="section")

    with pytest.raises(services.UnitCycle):
        services.change_unit(
            world.founder, world.units["planning"], on=MOVE, source=SOURCE, at=FOUNDED,
            parent_id=world.units["section"],
        )  # fmt: skip
    kept = selectors.unit_on(world.realm_id, world.units["planning"], MOVE)
    assert kept.parent_id == world.units["commission"]


def test_the_chief_is_who_sits_first_then_the_secretary_then_the_leading_post(world):
    chiefs = selectors.chiefs_of_units(world.realm_id, None, TODAY)

    assert chiefs == {
        world.units["commission"]: world.ada,
        world.units["planning"]: world.ben,
        world.units["branch"]: world.ben,
    }
    assert selectors.units_led(world.realm_id, world.ben, TODAY) == {
        world.units["planning"],
        world.units["branch"],
    }
    assert selectors.units_led(world.realm_id, world.emil, TODAY) == frozenset()
    assert selectors.units_in_charge(world.realm_id, world.emil, TODAY) == {world.units["planning"]}


@pytest.mark.parametrize(
    ("person", "of", "expected"),
    [
        ("ben", "ada", True),
        ("ben", "emil", True),
        ("emil", "ada", True),
        ("ada", "emil", False),
        ("ada", "ben", False),
        ("cleo", "ada", True),
        ("cleo", "emil", False),
        ("ben", "ben", False),
    ],
)
def test_subordinates_are_those_under_whom_one_leads_or_is_in_charge_of(
    world, person, of, expected
):
    found = selectors.is_subordinate(world.realm_id, world.people[person], world.people[of], TODAY)
    assert found is expected


def test_a_chief_with_a_post_in_a_deputys_charge_is_not_the_deputys_subordinate(world):
    world.post("规划处顾问", "planning")
    world.holds("ada", "规划处顾问")

    assert not selectors.is_subordinate(world.realm_id, world.ada, world.emil, TODAY)
    assert selectors.is_subordinate(world.realm_id, world.emil, world.ada, TODAY)


def test_a_team_has_the_seats_of_the_day_with_the_chief_first(world):
    team = selectors.team_on(world.realm_id, world.teams["leaders"], TODAY)

    assert [seat.person_id for seat in team.seats] == [world.ada, world.emil]
    assert team.chief_id == world.ada
    assert selectors.team_on(world.realm_id, world.teams["leaders"], SINCE - A_DAY).seats == ()
    mine = selectors.teams_of_person(world.realm_id, world.emil, TODAY)
    assert [one.id for one in mine] == [world.teams["leaders"]]
    assert selectors.teams_of_unit(world.realm_id, world.units["planning"], TODAY) == []


def test_a_branch_has_its_secretary_first(world):
    members = selectors.branch_members(world.realm_id, world.units["branch"], TODAY)
    assert [(one.person_id, one.role) for one in members] == [
        (world.ben, "secretary"),
        (world.ada, "member"),
    ]


def test_the_timeline_of_a_person_takes_one_query(world, django_assert_num_queries):
    world.rank("ben", "chu-zheng")
    world.contact("ada", "liaison", other="ben")
    world.contact("ben", "area", unit="centre")
    world.state("ben", "ill", start=date(2026, 2, 1), end=date(2026, 3, 1))
    world.in_charge("ben", "centre")

    with django_assert_num_queries(1):
        lines = selectors.facts_of(world.realm_id, world.ben)

    by_kind = {line.kind: line for line in lines}
    assert set(by_kind) == {"post", "rank", "contact", "contacted", "state", "branch", "charge"}
    assert by_kind["post"].what == "规划处处长"
    assert by_kind["post"].of_id == world.units["planning"]
    assert by_kind["contacted"].other_id == world.ada
    assert by_kind["contact"].of_id == world.units["centre"]
    assert by_kind["state"].sensitive is True
    assert by_kind["post"].sensitive is False
    assert by_kind["state"].holds_on(date(2026, 2, 28))
    assert not by_kind["state"].holds_on(date(2026, 3, 1))
    assert lines[0].kind == "state"


def tenure_of(world, key):
    return Tenure.objects.get(realm=world.realm_id, person=world.people[key])
