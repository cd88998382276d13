"""Taking a ledger out: who asks, who decides, how long, how often."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from talk_steps import events_about
from tanxin.apps.duties.deciding import DecidedAlready, DecisionForbidden, ReasonMissing
from tanxin.apps.org.access import UnitForbidden
from tanxin.apps.reports import exporting
from tanxin.apps.reports.exporting import Wanted
from tanxin.apps.reports.models import Export, Taken
from tanxin.core.access import Role

pytestmark = pytest.mark.django_db
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def now():
    return {"on": timezone.localdate(), "at": timezone.now()}


def ask(world, who="dora", unit="planning", reason="年底检查", **more):
    wanted = Wanted(world.units[unit] if unit else None, *YEAR, **more)
    return exporting.ask_export(world.actor(who), wanted, reason=reason, **now())


@pytest.fixture
def sol(world):
    """A supervisor, who leads nobody and is led by nobody of the tests."""
    world.person("sol", "孙立")
    world.account("sol")
    world.entrust("sol", Role.SUPERVISOR)
    return world.actor("sol")


def test_a_unit_waits_for_a_second_person_and_is_open_for_a_day(world, sol):
    row = ask(world)
    assert (row.verdict, row.open_until) == ("", None)
    with pytest.raises(exporting.ExportIsOver):
        exporting.export_to_take(world.actor("dora"), row.pk, **now())

    row = exporting.approve_export(sol, row.pk, **now())

    assert row.decided_by_id == sol.person_id
    assert row.open_until == row.decided_at + timedelta(hours=24)
    assert exporting.export_to_take(world.actor("dora"), row.pk, **now()).pk == row.pk
    tomorrow = {**now(), "at": row.open_until}
    with pytest.raises(exporting.ExportIsOver):
        exporting.export_to_take(world.actor("dora"), row.pk, **tomorrow)
    assert events_about(row) == ["export.asked", "export.approved"]
    assert "年底检查".encode() not in bytes(row.reason_sealed)


def test_nobody_decides_about_his_own_nor_who_works_under_the_asker(world, sol):
    row = ask(world, "ada")
    world.entrust("emil", Role.SUPERVISOR)
    for name in ("ada", "ben", "cleo"):
        assert exporting.exports_to_decide(world.actor(name), on=timezone.localdate()) == []
    with pytest.raises(DecisionForbidden):
        exporting.approve_export(world.actor("ada"), row.pk, **now())
    with pytest.raises(exporting.ExportNotFound):
        exporting.approve_export(world.actor("emil"), row.pk, **now())
    with pytest.raises(exporting.ExportNotFound):
        exporting.approve_export(world.actor("ben"), row.pk, **now())

    exporting.refuse_export(sol, row.pk, answer="范围太大", **now())

    row.refresh_from_db()
    assert (row.verdict, exporting.export_words(row)) == ("refused", ("年底检查", "范围太大"))
    with pytest.raises(DecidedAlready):
        exporting.approve_export(sol, row.pk, **now())


def test_the_database_refuses_an_asker_who_decides_about_a_unit(world):
    row = ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.filter(pk=row.pk).update(
            verdict="approved", decided_by=row.asked_by_id, open_until=timezone.now()
        )


def test_ones_own_is_open_at_once_and_taken_five_times_at_most(world):
    row, ben = ask(world, "ben", unit=None), world.actor("ben")
    for number in range(exporting.MOST_TAKEN):
        exporting.export_to_take(ben, row.pk, **now())
        exporting.note_taken(
            ben, row, taken_id=Taken().pk, content=b"%d" % number, file="xlsx", at=timezone.now()
        )
    with pytest.raises(exporting.TooMuchTaken):
        exporting.export_to_take(ben, row.pk, **now())
    with pytest.raises(exporting.ExportNotFound):
        exporting.export_to_take(world.actor("cleo"), row.pk, **now())
    assert events_about(row).count("export.taken") == 5


def test_who_may_not_see_a_unit_asks_for_none(world):
    with pytest.raises(UnitForbidden):
        ask(world, "cleo")
    with pytest.raises(UnitForbidden):
        ask(world, "ben", unit="commission")
    assert ask(world, "emil").verdict == ""


def test_a_day_takes_ten_and_a_span_and_a_reason_are_needed(world):
    with pytest.raises(ReasonMissing):
        ask(world, reason=" \u200b")
    with pytest.raises(exporting.SpanUnfit):
        ask(world, sheets=("memos",))
    wanted = Wanted(None, YEAR[1], YEAR[0])
    with pytest.raises(exporting.SpanUnfit):
        exporting.ask_export(world.actor("ben"), wanted, reason="想看", **now())
    for _ in range(exporting.MOST_ASKED):
        ask(world, "ben", unit=None)
    with pytest.raises(exporting.TooMuchTaken):
        ask(world, "ben", unit=None)


def test_what_was_taken_back_is_decided_by_nobody(world, sol):
    row = ask(world)
    exporting.withdraw_export(world.actor("dora"), row.pk, **now())
    assert exporting.exports_to_decide(sol, on=timezone.localdate()) == []
    with pytest.raises(DecidedAlready):
        exporting.approve_export(sol, row.pk, **now())
    with pytest.raises(DecisionForbidden):
        exporting.withdraw_export(sol, row.pk, **now())
