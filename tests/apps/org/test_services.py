"""Recording, ending and correcting facts; each leaves one leaf in the log."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from tanxin.apps.accounts.services import HandleTaken
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org import services
from tanxin.apps.org.access import FactsForbidden, PersonNotFound, UnitNotFound
from tanxin.apps.org.actors import actor_of
from tanxin.apps.org.models import (
    DirectoryVersion,
    Event,
    Membership,
    Person,
    Post,
    Seat,
    Team,
    Tenure,
    Unit,
    UnitSpell,
)
from tanxin.apps.org.services.people import contact_details
from tanxin.core.access import Role
from world import FOUNDED, SINCE, SOURCE, TODAY, small_world

LATER = date(2026, 6, 1)


def version(world):
    return DirectoryVersion.objects.get(pk=world.realm_id).number


def leaves(world):
    rows = AuditLeaf.objects.filter(realm=world.realm_id).order_by("seq")
    return list(rows.values_list("event", flat=True))


def tenure(world, key="ben"):
    return Tenure.objects.get(realm=world.realm_id, person=world.people[key])


def test_a_fact_is_recorded_with_its_leaf(world):
    number, count = version(world), len(leaves(world))
    seat = Seat(person_id=world.ben, team_id=world.teams["leaders"], role="member", source=SOURCE)

    saved = services.record_fact(world.actor("dora"), seat, at=FOUNDED)

    assert (saved.realm_id, saved.recorded_at) == (world.realm_id, FOUNDED)
    assert leaves(world)[count:] == ["fact.recorded"]
    assert version(world) == number


def test_the_directory_moves_with_posts_and_units(world):
    number = version(world)
    row = world.holds("cleo", "副主任")
    recorded = version(world)
    services.end_fact(world.founder, Tenure, row.pk, end=LATER, at=FOUNDED)
    ended = version(world)
    services.void_fact(world.founder, Tenure, row.pk, reason="登记错误", at=FOUNDED)

    assert number < recorded < ended < version(world)


def test_who_is_no_organiser_changes_nothing(world):
    number, count = version(world), len(leaves(world))
    ada, row = world.actor("ada"), tenure(world)
    attempts = [
        lambda: services.record_fact(ada, Seat(person_id=world.ben), at=FOUNDED),
        lambda: services.end_fact(ada, Tenure, row.pk, end=LATER, at=FOUNDED),
        lambda: services.void_fact(ada, Tenure, row.pk, reason="x", at=FOUNDED),
        lambda: services.correct_fact(ada, row.pk, Tenure(), reason="x", at=FOUNDED),
        lambda: services.add_person(ada, services.PersonDetails("x"), at=FOUNDED),
        lambda: services.change_person(ada, world.ben, at=FOUNDED, name="x"),
        lambda: services.leave_realm(ada, world.ben, on=LATER, at=FOUNDED),
        lambda: services.add_team(ada, world.units["planning"], name="x", kind="x", at=FOUNDED),
        lambda: services.record_event(ada, Event(), at=FOUNDED),
        lambda: services.open_account(ada, world.ben, handle="x", password=None, at=FOUNDED),
    ]
    for attempt in attempts:
        with pytest.raises(FactsForbidden):
            attempt()

    assert (version(world), len(leaves(world))) == (number, count)
    row.refresh_from_db()
    assert (row.end, row.voided_at) == (None, None)


def test_a_fact_ends_once(world):
    row = tenure(world)
    services.end_fact(world.founder, Tenure, row.pk, end=LATER, at=FOUNDED)

    with pytest.raises(services.FactHasEnded):
        services.end_fact(world.founder, Tenure, row.pk, end=TODAY, at=FOUNDED)
    row.refresh_from_db()
    assert row.end == LATER


def test_a_fact_lasts_a_day_at_least(world):
    with pytest.raises(services.FactEndsBeforeStart):
        services.end_fact(world.founder, Tenure, tenure(world).pk, end=SINCE, at=FOUNDED)
    with pytest.raises(services.FactEndsBeforeStart):
        world.holds("cleo", "副主任", start=LATER, end=LATER)


def test_the_database_itself_refuses_a_fact_that_ends_before_it_starts(world):
    row = tenure(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.filter(pk=row.pk).update(end=row.start)


def test_a_voided_fact_is_not_found_again(world):
    row = tenure(world)
    services.void_fact(world.founder, Tenure, row.pk, reason="登记错误", at=FOUNDED)

    for kind in (Tenure, Seat):
        with pytest.raises(services.FactNotFound):
            services.void_fact(world.founder, kind, row.pk, reason="x", at=FOUNDED)


@pytest.mark.parametrize(
    ("start", "end"), [(None, None), (SINCE, None), (LATER, TODAY), (None, LATER)]
)
def test_the_same_is_not_recorded_twice_for_a_day(world, start, end):
    with pytest.raises(services.FactOverlaps):
        world.holds("ben", "规划处处长", start=start, end=end)


def test_the_same_may_follow_or_precede(world):
    world.holds("ben", "规划处处长", start=None, end=SINCE)
    services.end_fact(
        world.founder,
        Tenure,
        Tenure.objects.get(person=world.ben, end=None).pk,
        end=LATER,
        at=FOUNDED,
    )
    world.holds("ben", "规划处处长", start=LATER)

    assert Tenure.objects.filter(person=world.ben, voided_at=None).count() == 3


def test_a_correction_that_cannot_be_recorded_voids_nothing(world):
    row = tenure(world)
    wrong = Tenure(person_id=world.ben, post_id=uuid4(), start=SINCE, source=SOURCE)

    with pytest.raises(services.FactOfAnotherRealm):
        services.correct_fact(world.founder, row.pk, wrong, reason="x", at=FOUNDED)
    row.refresh_from_db()
    assert row.voided_at is None


def test_a_fact_names_only_its_own_realm(world):
    other = small_world("另一家")

    with pytest.raises(services.FactOfAnotherRealm):
        world.fact(Tenure(person_id=world.ben, post_id=other.posts["主任"]))
    with pytest.raises(UnitNotFound):
        services.add_post(
            world.founder, other.units["planning"], title="x", level="staff", at=FOUNDED
        )
    with pytest.raises(services.FactNotFound):
        services.end_fact(other.founder, Tenure, tenure(world).pk, end=LATER, at=FOUNDED)
    with pytest.raises(services.FactOfAnotherRealm):
        other.event("democratic_life_meeting", TODAY)
    event = world.event("democratic_life_meeting", TODAY, team="leaders")
    event.pk = uuid4()
    with pytest.raises(services.FactOfAnotherRealm):
        services.record_event(other.founder, event, at=FOUNDED)


def test_a_person_is_added_once(world):
    with pytest.raises(services.PersonIsKnown):
        world.person("other", "另一人", number="N0002")
    world.person("gil", "吉儿", id_number="11010519491231002X")
    with pytest.raises(services.PersonIsKnown):
        world.person("hal", "哈尔", id_number="11010519491231002x")
    assert Person.objects.filter(realm=world.realm_id).count() == 6


def test_changes_of_a_person_are_sealed_again(world):
    services.change_person(
        world.founder, world.ben, at=FOUNDED, mail="ben@example.org", more={"籍贯": "山东"}
    )

    details = contact_details(world.actor("ben"), world.ben)
    assert (details.mail, details.phone) == ("ben@example.org", "13800000001")
    assert details.more == {"籍贯": "山东"}
    assert leaves(world)[-1] == "person.changed"
    with pytest.raises(PersonNotFound):
        services.change_person(world.founder, uuid4(), at=FOUNDED, name="x")
    with pytest.raises(services.PersonIsKnown):
        services.change_person(world.founder, world.ben, at=FOUNDED, number="N0001")


def test_who_has_left_is_no_longer_let_in(world):
    assert actor_of(world.accounts["ben"], on=TODAY).person_id == world.ben
    services.leave_realm(world.founder, world.ben, on=LATER, at=FOUNDED)

    assert actor_of(world.accounts["ben"], on=TODAY) is None
    with pytest.raises(PersonNotFound):
        services.leave_realm(world.founder, uuid4(), on=LATER, at=FOUNDED)


def test_an_account_lets_in_with_its_password_only(world):
    world.person("ivy", "艾薇")
    world.account("ivy", password="a-long-password", handle="ivy-i")
    world.person("jan", "简")
    world.account("jan", handle="jan-j")

    assert authenticate(username="ivy-i", password="a-long-password").pk == world.accounts["ivy"]
    assert authenticate(username="ivy-i", password="another") is None
    assert authenticate(username="jan-j", password="") is None


def test_one_account_for_one_person_and_one_handle_for_one_account(world):
    with pytest.raises(services.PersonHasAccount):
        world.account("ben", handle="second")
    world.person("ivy", "艾薇")
    world.account("ivy", handle="ivy")
    world.person("jan", "简")
    with pytest.raises(HandleTaken):
        world.account("jan", handle="ivy")
    with pytest.raises(PersonNotFound):
        services.open_account(world.founder, uuid4(), handle="x", password=None, at=FOUNDED)

    assert not Membership.objects.filter(person=world.people["jan"]).exists()


def test_a_role_is_a_dated_fact(world):
    world.entrust("ada", Role.ORGANISER)

    assert Role.ORGANISER in actor_of(world.accounts["ada"], on=TODAY).roles
    assert Role.ORGANISER not in actor_of(world.accounts["ada"], on=date(2020, 1, 1)).roles


def test_a_unit_changed_twice_on_a_day_is_what_was_said_last(world):
    for name in ("发展处", "规划发展处"):
        services.change_unit(
            world.founder, world.units["planning"], on=LATER, name=name, source=SOURCE, at=FOUNDED
        )

    believed = UnitSpell.objects.filter(unit=world.units["planning"], voided_at=None)
    assert set(believed.values_list("name", "start", "end")) == {
        ("规划处", None, LATER),
        ("规划发展处", LATER, None),
    }
    with pytest.raises(UnitNotFound):
        services.change_unit(world.founder, uuid4(), on=LATER, source=SOURCE, at=FOUNDED)


def test_an_event_moves_and_is_called_off(world):
    event = world.event("democratic_life_meeting", LATER, team="leaders")
    services.move_event(world.founder, event.pk, on=TODAY, at=FOUNDED)
    event.refresh_from_db()
    assert event.on == TODAY

    services.void_event(world.founder, event.pk, reason="会议取消", at=FOUNDED)
    for again in (
        lambda: services.void_event(world.founder, event.pk, reason="x", at=FOUNDED),
        lambda: services.move_event(world.founder, event.pk, on=LATER, at=FOUNDED),
    ):
        with pytest.raises(services.FactNotFound):
            again()
    assert leaves(world)[-3:] == ["event.recorded", "event.moved", "event.voided"]


def test_a_roster_is_written_in_batches(world, django_assert_max_num_queries):
    unit = Unit(code="BULK")
    post = Post(unit=unit, title="职员", level="staff")
    people = services.sealed_person_rows(
        world.realm_id,
        [services.PersonDetails(f"人{n}", number=f"B{n}", phone=f"139{n:08}") for n in range(300)],
        at=FOUNDED,
    )
    rows = [
        *(Tenure(person=person, post=post, start=SINCE, source=SOURCE) for person in people),
        *people,
        Team(unit=unit, name="班子", kind="leadership"),
        post,
        UnitSpell(unit=unit, name="大处", kind="department", source=SOURCE),
        unit,
    ]
    number = version(world)
    with transaction.atomic(), django_assert_max_num_queries(20):
        counts = services.write_facts(world.realm_id, rows, at=FOUNDED)

    assert counts == {
        "Unit": 1, "Person": 300, "UnitSpell": 1, "Post": 1, "Team": 1, "Tenure": 300,
    }  # fmt: skip
    assert version(world) > number
    assert Tenure.objects.filter(realm=world.realm_id, post=post).count() == 300


def test_who_leaves_on_a_day_to_come_may_still_log_in_until_then(world):
    to_come = TODAY + timedelta(days=30)
    services.leave_realm(world.founder, world.ben, on=to_come, at=FOUNDED)

    assert actor_of(world.accounts["ben"], on=TODAY).person_id == world.ben
    assert actor_of(world.accounts["ben"], on=to_come) is None
