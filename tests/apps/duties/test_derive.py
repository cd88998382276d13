from datetime import date, timedelta

import pytest
from django.utils import timezone

from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.duties import services
from tanxin.apps.duties.models import Derivation, Duty, RuleRow
from tanxin.apps.org.models import Charge, Seat
from tanxin.apps.org.services import end_fact, void_fact
from tanxin.core.policy import Scope
from world import TODAY, small_world

pytestmark = pytest.mark.django_db


def of(rule):
    return Duty.objects.filter(rule__rule=rule)


def counts(difference):
    return difference.appeared, difference.changed, difference.vanished


def test_the_three_musts_and_the_branch_give_duties(world, owed):
    chief = of("chief-with-member").get()
    head = of("charge-with-head").get()
    branch = of("branch-committee-member").get()

    assert (chief.initiator_id, chief.subject_id, chief.mutual) == (world.ada, world.emil, True)
    assert (chief.opens, chief.due) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (chief.via, chief.unit_id) == (world.teams["leaders"], world.units["commission"])
    assert (head.initiator_id, head.subject_id, head.mutual) == (world.emil, world.ben, False)
    assert (branch.initiator_id, branch.subject_id) == (world.ben, world.ada)
    assert Duty.objects.count() == 3
    assert not Duty.objects.filter(initiator=world.cleo).exists()


def test_deriving_twice_changes_nothing(owed, derive):
    before = list(Duty.objects.order_by("pk").values())

    assert counts(owed) == (3, 0, 0)
    assert counts(derive()) == (0, 0, 0)
    assert list(Duty.objects.order_by("pk").values()) == before


def test_a_derivation_leaves_one_leaf_with_count_and_digest(world, owed):
    leaf = AuditLeaf.objects.get(event="duties.derived")
    detail = AuditDetail.objects.get(leaf=leaf).content
    row = Derivation.objects.get()

    assert detail["count"] == 3
    assert detail["digest"] == bytes(row.digest).hex()
    assert leaf.subject_id == row.pk
    assert (row.appeared, row.changed, row.vanished, row.reason) == (3, 0, 0, "test")


def test_a_relation_that_ended_withdraws_what_is_open_and_leaves_what_is_met(world, owed, derive):
    met = of("charge-with-head").get()
    services.meet(world.realm_id, [met.pk], on=TODAY, at=timezone.now())
    for kind in (Charge, Seat):
        fact = kind.objects.get(person=world.emil)
        end_fact(world.founder, kind, fact.pk, end=TODAY, at=timezone.now())

    assert counts(derive()) == (0, 0, 1)
    assert of("chief-with-member").get().state == "withdrawn"
    assert of("charge-with-head").get().state == "met"


def test_a_relation_that_comes_back_opens_its_duty_again(world, owed, derive):
    charge = Charge.objects.get(person=world.emil)
    void_fact(world.founder, Charge, charge.pk, reason="typed wrongly", at=timezone.now())
    derive()
    assert of("charge-with-head").get().state == "withdrawn"

    world.in_charge("emil", "planning")
    assert counts(derive()) == (0, 1, 0)
    assert of("charge-with-head").get().state == "open"


def test_a_change_of_facts_derives_only_what_it_reaches(world, owed, derive):
    world.person("fay", "费")
    world.in_branch("fay", "branch")
    scope = Scope(persons=frozenset({world.people["fay"].bytes}))

    difference = derive(scope=scope)

    # The committee owes her a talk, and now both members have a partner.
    assert counts(difference) == (3, 0, 0)
    assert of("branch-committee-member").filter(subject=world.people["fay"]).exists()
    assert of("branch-member-member").count() == 2
    assert counts(derive()) == (0, 0, 0)


def test_a_moved_meeting_moves_the_deadline(world, owed, derive):
    meeting = world.event("democratic_life_meeting", TODAY + timedelta(days=20), team="leaders")
    derive()
    before = of("before-meeting-pairs").get()
    assert before.event_id == meeting.pk
    assert before.due == TODAY + timedelta(days=19)

    meeting.__class__.objects.filter(pk=meeting.pk).update(on=TODAY + timedelta(days=27))
    assert counts(derive())[1] >= 1
    assert of("before-meeting-pairs").get().due == TODAY + timedelta(days=26)


def test_next_year_appears_in_december_and_this_year_is_left_alone_after_it(owed, derive):
    derive(today=date(2026, 12, 5))
    assert of("chief-with-member").filter(period="2027").exists()

    this_year = Duty.objects.filter(period="2026").order_by("pk")
    before = list(this_year.values())
    derive(today=date(2027, 3, 1))
    assert list(this_year.values()) == before


def test_a_rule_version_is_written_once_and_kept_whole(world, owed, adopt):
    rows = RuleRow.objects.count()
    adopt()

    assert RuleRow.objects.count() == rows
    rule = RuleRow.objects.get(rule="chief-with-member")
    assert rule.title == "主要负责人与班子成员必谈"
    assert rule.text["channels"] == ["face"]


def test_a_realm_without_packs_owes_nothing(derive):
    assert counts(derive()) == (0, 0, 0)


def test_another_realms_facts_give_no_duties_here(world, owed, derive):
    other = small_world("别的委员会")
    assert not Duty.objects.filter(realm=other.realm_id).exists()
    assert counts(derive()) == (0, 0, 0)
