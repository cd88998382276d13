"""What is derived near a change is what deriving everything gives, and the rest is left alone."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from random_organisation import RandomOrganisation
from wider_rules import BRANCH, MEMBER, NEAR, WIDE, pack_of

from tanxin.apps.duties import derive as derivation
from tanxin.apps.duties import services
from tanxin.apps.duties.changes import scope_of
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.models import Charge
from tanxin.apps.talks.models import DutyMatch
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS
from world import FOUNDED

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
JULY = date(2026, 7, 1)


@pytest.mark.parametrize("seed", range(20, 24))
def test_deriving_near_random_changes_gives_what_deriving_all_gives(world, adopt, derive, seed):
    organisation = RandomOrganisation(world, seed)
    adopt(NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    derive(today=TODAY)
    assert Duty.objects.count() > 10

    for _ in range(4):
        scope = scope_of(world.realm_id, organisation.change())
        near = derive(today=TODAY, scope=scope)
        stored = list(Duty.objects.order_by("pk").values())

        assert derive(today=TODAY).count == 0, f"{seed}: {near.appeared} {near.vanished}"
        assert list(Duty.objects.order_by("pk").values()) == stored
        assert derive(today=TODAY, scope=scope).count == 0


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rules", [NEAR, WIDE], ids=["near", "wide"])
def test_rules_that_look_at_more_come_out_the_same_near_a_change(world, derive, rules, seed):
    organisation = RandomOrganisation(world, seed)
    services.put_in_force(
        world.founder, {"wider.yaml": pack_of(rules)}, start=date(2026, 1, 1), at=timezone.now()
    )
    derive(today=TODAY)
    meet_some(world, organisation.random)
    derive(today=TODAY)

    for _ in range(3):
        scope = scope_of(world.realm_id, organisation.change())
        derive(today=TODAY, scope=scope)
        stored = list(Duty.objects.order_by("pk").values())

        assert derive(today=TODAY).count == 0
        assert list(Duty.objects.order_by("pk").values()) == stored
    assert len(set(Duty.objects.values_list("rule"))) > 1


def meet_some(world, random):
    """Some duties are met, so that there is a history to look at."""
    duties = list(Duty.objects.order_by("pk"))
    some = random.sample([duty.pk for duty in duties], len(duties) // 3)
    services.meet(world.realm_id, some, on=date(2026, 7, 1), at=timezone.now())


def test_a_small_change_asks_no_more_questions_in_a_larger_organisation(world, adopt, derive):
    organisation = RandomOrganisation(world, 1)
    adopt(NATIONAL, THREE_MUSTS)
    scope = scope_of(world.realm_id, {world.people["p1"]})
    asked = []
    for some in ("few", "many"):
        for number in range(20):
            world.person(f"{some}{number}")
            organisation.add(organisation.member())
        derive(today=TODAY)
        with CaptureQueriesContext(connection) as queries:
            derive(today=TODAY, scope=scope)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 60


@pytest.mark.django_db(transaction=True)
def test_a_first_large_load_gives_the_same_and_leaves_table_and_indexes_as_they_were(
    world, adopt, derive, monkeypatch
):
    adopt(NATIONAL, THREE_MUSTS)
    derive(today=TODAY)
    one_by_one = list(Duty.objects.order_by("pk").values())
    Duty.objects.all().delete()
    before = shape_of_tables()
    monkeypatch.setattr(derivation, "LARGE", 0)

    loaded = derive(today=TODAY)

    assert loaded.appeared == len(one_by_one)
    assert list(Duty.objects.order_by("pk").values()) == one_by_one
    assert shape_of_tables() == before
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=one_by_one[0]["id"]).update(state="gone")
    with pytest.raises(IntegrityError):
        owe_by(world.realm_id)


@transaction.atomic
def owe_by(nobody):
    Duty.objects.update(initiator=nobody)


def shape_of_tables():
    """Keys, indexes and references of the duties, and of what refers to them."""
    tables = (Duty._meta.db_table, DutyMatch._meta.db_table)
    with connection.cursor() as cursor:
        found = {name: connection.introspection.get_constraints(cursor, name) for name in tables}
    told = ("primary_key", "index", "unique", "foreign_key", "check")
    return {
        (table, tuple(each["columns"] or ()), *(str(each[what]) for what in told))
        for table, constraints in found.items()
        for each in constraints.values()
    }


def test_a_state_that_ended_on_the_first_day_of_the_year_is_answered(world, derive):
    after = "time: {within: {weeks: 2}, after: {ended: ill}}"
    rules = [BRANCH % "pair" + MEMBER + after]
    services.put_in_force(
        world.founder, {"wider.yaml": pack_of(rules)}, start=date(2026, 1, 1), at=timezone.now()
    )
    world.state("ada", "ill", end=date(2026, 1, 1))

    derive(today=date(2026, 1, 5))

    duty = Duty.objects.get()
    assert (duty.subject_id, duty.opens) == (world.ada, date(2026, 1, 1))


def test_differences_near_a_change_say_because_of_what(world, adopt, derive):
    adopt()
    derive()
    unit = Charge.objects.get(person=world.emil).unit_id
    Charge.objects.filter(person=world.emil).update(end=JULY)
    Charge.objects.create(
        realm_id=world.realm_id, person_id=world.ada, unit_id=unit, start=JULY,
        source="分工文件", recorded_at=FOUNDED,
    )  # fmt: skip
    scope = scope_of(world.realm_id, {world.emil, world.ada, unit})

    difference = derive(today=JULY, scope=scope)

    told = {
        (cause.because.value, cause.fact.code if cause.fact else "", cause.on)
        for cause in difference.causes
    }
    assert sum(difference.causes.values()) == difference.count
    assert told >= {("ended", "charge", JULY), ("began", "charge", JULY)}
    assert derive(today=JULY, scope=scope).causes == {}
