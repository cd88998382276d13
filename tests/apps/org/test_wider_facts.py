"""Delegations, authorities, contacts of one's own kinds, and events of who comes to a unit."""

import pytest
from django.db import IntegrityError, transaction

from tanxin.apps.org import services
from tanxin.apps.org.models import Authority, Contact, Delegation, Event
from world import FOUNDED, TODAY, empty_world

pytestmark = pytest.mark.django_db


def delegation(world, **changed):
    facts = {
        "person_id": world.ada, "delegate_id": world.ben, "approved_by_id": world.dora,
        "approved_on": TODAY, "source": "批示", **changed,
    }  # fmt: skip
    return Delegation(**facts)


def test_a_delegation_is_recorded_with_who_approved_it(world):
    row = services.record_fact(world.founder, delegation(world), at=FOUNDED)

    assert (row.rule, row.approved_by_id) == ("", world.dora)
    with pytest.raises(services.FactOverlaps):
        services.record_fact(world.founder, delegation(world), at=FOUNDED)


@pytest.mark.parametrize("changed", [{"delegate_id": "ada"}, {"approved_by_id": "ben"}])
def test_nobody_delegates_to_himself_or_approves_his_own(world, changed):
    changed = {key: world.people[name] for key, name in changed.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        services.record_fact(world.founder, delegation(world, **changed), at=FOUNDED)

    assert not Delegation.objects.exists()


def test_an_authority_and_a_contact_of_an_own_kind_are_facts(world):
    unit = world.units["planning"]
    managed = Authority(unit_id=unit, over_id=world.units["commission"], source="分工文件")
    room = Contact(kind="caretaker", person_id=world.ada, other_id=world.ben, source="名册")

    services.record_fact(world.founder, managed, at=FOUNDED)
    services.record_fact(world.founder, room, at=FOUNDED)

    assert Authority.objects.get().rank == ""
    assert Contact.objects.filter(kind="caretaker").exists()


def test_a_person_may_come_to_a_unit_of_the_realm_only(world):
    event = world.event("request", TODAY, person="ben", unit="planning")

    assert (event.person_id, event.unit_id) == (world.ben, world.units["planning"])
    other = empty_world("别处")
    stranger = Event(kind="request", on=TODAY, person_id=world.ben, source="x", unit=event.unit)
    with pytest.raises(services.FactOfAnotherRealm):
        services.record_event(other.founder, stranger, at=FOUNDED)
