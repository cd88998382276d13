from datetime import date

import pytest

from tanxin.apps.duties.models import Duty, PackInForce
from tanxin.apps.duties.packs import PacksHaveFaults, RulesForbidden
from tanxin.apps.duties.preview import preview
from tanxin.packs import THREE_MUSTS, shipped_sources
from world import TODAY

pytestmark = pytest.mark.django_db
START = date(2026, 12, 1)
(SOURCE,) = shipped_sources(THREE_MUSTS).values()
NEXT = SOURCE.replace("version: 2026.1", "version: 2026.2")


def ask(world, text, *, start=TODAY, actor=None):
    return preview(actor or world.founder, {"three-musts.yaml": text}, start=start, today=TODAY)


def test_the_same_rules_change_nothing(world, owed):
    shown = ask(world, NEXT)

    assert (shown.appearing, shown.changing, shown.vanishing) == ((), (), ())


def test_it_says_what_would_come_and_go_and_saves_nothing(world, owed):
    before = list(Duty.objects.order_by("pk").values())
    of_pairs = NEXT.replace("id: chief-with-member", "id: chief-and-member")

    shown = ask(world, of_pairs, start=date(2026, 1, 1))

    assert shown.by_rule == {
        ("three-musts", "chief-and-member"): (1, 0, 0),
        ("three-musts", "chief-with-member"): (0, 0, 1),
    }
    assert shown.burden() == {}
    assert list(Duty.objects.order_by("pk").values()) == before
    assert PackInForce.objects.count() == 2


def test_it_says_what_would_change_and_for_whom_there_is_more(world, owed):
    of_care = NEXT.replace("kind: routine", "kind: care", 1)
    twice = NEXT.replace("value: 1}]", "value: 2}]", 1)

    changed = ask(world, of_care, start=date(2026, 1, 1))
    more = ask(world, twice, start=date(2026, 1, 1))

    ((old, new),) = changed.changing
    assert (old.kind, new.kind) == ("routine", "care")
    assert more.burden()[world.ada.bytes] == 1
    assert all(duty.ordinal == 2 for duty in more.appearing)


def test_a_period_that_has_begun_stays_with_the_rules_it_began_with(world, owed):
    twice = NEXT.replace("value: 1}]", "value: 2}]", 1)

    shown = ask(world, twice, start=START)

    assert {duty.period for duty in shown.appearing} <= {"2027"}


def test_only_who_may_publish_rules_sees_it_and_faults_are_said(world, owed):
    with pytest.raises(RulesForbidden):
        ask(world, NEXT, actor=world.actor("ada"))
    with pytest.raises(PacksHaveFaults):
        ask(world, NEXT.replace("kind: routine", "kind: rutine", 1))
