"""The roll-ups of duties are what counting the duties gives, whatever happens to these."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.utils import timezone
from random_organisation import RandomOrganisation

from talk_steps import duty_of
from tanxin.apps.duties import services, tallies
from tanxin.apps.duties.changes import scope_of
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.coverage import coverage_of, unit_duties
from tanxin.apps.duties.reading.reasons import reason_is_open
from tanxin.apps.duties.reading.states import conditions
from tanxin.apps.duties.tallies import kept, rebuild, recounted
from tanxin.apps.duties.waiving import waive_duty
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.core.lifecycle import IllegalMove
from tanxin.packs import DEMO_COMMISSION, NATIONAL, THREE_MUSTS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)


class Life:
    """Anybody does anything to duties; facts change, and duties follow."""

    def __init__(self, world, seed: int) -> None:
        self.world, self.chance = world, Random(seed)
        self.organisation = RandomOrganisation(world, seed)

    def some(self) -> list:
        ids = list(Duty.objects.order_by("pk").values_list("pk", flat=True))
        return self.chance.sample(ids, min(len(ids), self.chance.randrange(1, 6)))

    def step(self, derive) -> None:
        realm, at = self.world.realm_id, timezone.now()
        verb = self.chance.choice(("meet", "confirm", "contest", "reopen", "waive", "change"))
        if verb == "meet":
            services.meet(realm, self.some(), on=TODAY, at=at)
        elif verb == "waive":
            self.waive()
        elif verb == "change":
            derive(today=TODAY, scope=scope_of(realm, self.organisation.change()))
        else:
            getattr(services, verb)(realm, self.some(), at=at)

    def waive(self) -> None:
        duty, dora = Duty.objects.get(pk=self.some()[0]), self.world.actor("dora")
        others = {one for name, one in self.world.people.items() if name != "dora"}
        approver = min(others - {duty.initiator_id, duty.subject_id})
        if dora.person_id in (duty.initiator_id, duty.subject_id):
            return
        try:
            waive_duty(
                dora, duty.pk, reason="借调", approved_by=approver, approved_on=TODAY,
                at=timezone.now(),
            )  # fmt: skip
        except IllegalMove:
            return


@pytest.mark.parametrize("seed", range(3))
def test_after_random_lives_they_are_what_counting_anew_gives(world, adopt, derive, seed):
    life = Life(world, seed)
    adopt(NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    derive(today=TODAY)
    assert kept(world.realm_id) == recounted(world.realm_id) != {}

    for _ in range(12):
        life.step(derive)
        assert kept(world.realm_id) == recounted(world.realm_id)

    before = kept(world.realm_id)
    assert rebuild(world.realm_id) >= 1
    assert kept(world.realm_id) == before


def test_many_at_once_are_counted_anew(world, owed, monkeypatch):
    monkeypatch.setattr(tallies, "MANY", 1)
    ids = list(Duty.objects.values_list("pk", flat=True))

    assert services.meet(world.realm_id, ids, on=TODAY, at=timezone.now()) == 3
    assert kept(world.realm_id) == recounted(world.realm_id)


def test_a_duty_of_no_unit_counts_nowhere(world, owed):
    before = kept(world.realm_id)
    duty = duty_of(world)
    services.meet(world.realm_id, [duty.pk], on=TODAY, at=timezone.now())

    assert kept(world.realm_id) == before


def test_what_counts_is_forgotten_with_the_transaction_that_failed(world, owed):
    before = kept(world.realm_id)
    duty = Duty.objects.filter(unit__isnull=False).first()

    with pytest.raises(RuntimeError), tallies.counted_again(world.realm_id, [duty.pk]):
        raise RuntimeError
    assert kept(world.realm_id) == before


@pytest.mark.parametrize("name", ["dora", "ada", "emil", "ben"])
def test_coverage_is_what_counting_the_duties_one_may_see_gives(world, adopt, derive, name):
    """Also where something is kept from the reader, and where he may not know every reason."""
    adopt(NATIONAL, THREE_MUSTS, DEMO_COMMISSION)
    derive(today=TODAY)
    for other, more in (("cleo", {}), ("emil", {"sensitive": True}), ("ada", {"sensitive": True})):
        duty_of(world, "ben", other, unit_id=world.units["planning"], due=date(2026, 5, 1), **more)
    services.meet(
        world.realm_id, Duty.objects.values_list("pk", flat=True)[:2], on=TODAY, at=timezone.now()
    )
    keep = recuse_from_person(
        world.actor("cleo"), world.people["emil" if name != "emil" else "ada"], world.cleo,
        because="dispute", at=timezone.now(),
    )  # fmt: skip
    assert keep.pk
    actor = world.actor(name)
    unit = world.units["planning" if name in {"ben", "emil"} else "commission"]

    found = coverage_of(actor, unit, on=TODAY, year=2026)

    rows = unit_duties(actor, unit, on=TODAY, year=2026)
    asked = conditions(TODAY)
    expected = {
        field: rows.filter(asked[field]).count()
        for field in ("owed", "held", "confirmed", "contested", "open", "late")
    }
    assert {field: getattr(found.whole, field) for field in expected} == expected
    told = rows.filter(reason_is_open(actor), asked["owed"])
    by_rule = {row.rule_id: row.tally.owed for row in found.rules if row.rule_id}
    assert by_rule == Counter(told.values_list("rule", flat=True))
    assert sum(tally.owed for _, tally in found.quarters) == expected["owed"]
