"""The doors to people, units and teams."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tanxin.apps.org import access
from tanxin.core.access import Actor, Permission, Relation
from world import SINCE, TODAY, small_world


def test_members_see_people_and_only_the_person_and_organisers_the_details(world):
    for name in ("ada", "ben", "cleo", "dora"):
        seen = access.person_for(world.actor(name), world.ben, Permission.ORG_VIEW)
        assert seen.pk == world.ben
    for name in ("ben", "dora"):
        assert access.person_for(world.actor(name), world.ben, Permission.CONTACT_DETAILS_VIEW)
    for name in ("ada", "cleo", "emil"):
        with pytest.raises(access.PersonForbidden):
            access.person_for(world.actor(name), world.ben, Permission.CONTACT_DETAILS_VIEW)


def test_what_is_not_there_and_what_is_elsewhere_are_the_same(world):
    other = small_world("另一家")
    ada = world.actor("ada")

    for person_id in (uuid4(), other.ben):
        with pytest.raises(access.PersonNotFound):
            access.person_for(ada, person_id, Permission.ORG_VIEW)
    for unit_id in (uuid4(), other.units["planning"]):
        with pytest.raises(access.UnitNotFound):
            access.unit_for(ada, unit_id, Permission.ORG_VIEW, on=TODAY)
    for team_id in (uuid4(), other.teams["leaders"]):
        with pytest.raises(access.TeamNotFound):
            access.team_for(ada, team_id, Permission.ORG_VIEW, on=TODAY)


def test_who_is_no_member_finds_nothing(world):
    nobody = Actor(realm_id=world.realm_id)

    with pytest.raises(access.PersonNotFound):
        access.person_for(nobody, world.ben, Permission.ORG_VIEW)
    with pytest.raises(access.UnitNotFound):
        access.unit_for(nobody, world.units["planning"], Permission.ORG_VIEW, on=TODAY)
    with pytest.raises(access.TeamNotFound):
        access.team_for(nobody, world.teams["leaders"], Permission.ORG_VIEW, on=TODAY)
    assert access.relations_to_unit(nobody, world.units["planning"], TODAY) == frozenset()


@pytest.mark.parametrize(
    ("name", "chief"),
    [("ada", True), ("emil", True), ("ben", True), ("cleo", False), ("dora", False)],
)
def test_the_chief_of_a_unit_is_also_who_leads_above_it_or_is_in_charge(world, name, chief):
    relations = access.relations_to_unit(world.actor(name), world.units["planning"], TODAY)
    assert (Relation.CHIEF in relations) is chief


def test_leading_is_a_dated_fact(world):
    before = SINCE - timedelta(days=1)
    relations = access.relations_to_unit(world.actor("ada"), world.units["planning"], before)
    assert Relation.CHIEF not in relations


def test_coverage_of_a_unit_is_for_its_chiefs_and_organisers(world):
    for name in ("ada", "emil", "ben", "dora"):
        unit = access.unit_for(
            world.actor(name), world.units["planning"], Permission.COVERAGE_VIEW, on=TODAY
        )
        assert unit.pk == world.units["planning"]
    with pytest.raises(access.UnitForbidden):
        access.unit_for(
            world.actor("cleo"), world.units["planning"], Permission.COVERAGE_VIEW, on=TODAY
        )


def test_the_matrix_of_a_team_is_for_those_who_sit_in_it_and_organisers(world):
    for name in ("ada", "emil", "dora"):
        team = access.team_for(
            world.actor(name), world.teams["leaders"], Permission.MATRIX_VIEW, on=TODAY
        )
        assert team.pk == world.teams["leaders"]
    for name in ("ben", "cleo"):
        with pytest.raises(access.TeamForbidden):
            access.team_for(
                world.actor(name), world.teams["leaders"], Permission.MATRIX_VIEW, on=TODAY
            )


def test_only_organisers_record_facts(world):
    access.may_record_facts(world.actor("dora"))
    with pytest.raises(access.FactsForbidden):
        access.may_record_facts(world.actor("ada"))
