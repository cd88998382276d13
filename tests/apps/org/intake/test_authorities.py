"""Who manages whom (干部管理权限) comes in by its own sheet, and goes out by it."""

from datetime import date

import pytest

from tanxin.apps.org.intake.examine import examine
from tanxin.apps.org.intake.export import export_roster
from tanxin.apps.org.intake.take_in import take_in
from tanxin.apps.org.models import Authority
from tanxin.apps.org.roster import AuthorityRow, Roster
from tanxin.apps.org.roster.places import Where
from tanxin.apps.org.roster.write import write_roster
from world import FOUNDED, TODAY

pytestmark = pytest.mark.django_db
NOWHERE = Where("")


def sheet(*rows):
    found = [AuthorityRow(NOWHERE, *row) for row in rows]
    return write_roster(Roster(authorities=tuple(found)))


def look(world, data):
    return examine(world.actor("dora"), "管理权限.xlsx", data, on=TODAY)


def test_it_is_taken_in_once_ended_by_its_row_and_written_again(world):
    managed = ("测试委员会", "规划处", "chu-zheng", date(2026, 1, 1))
    seen = look(world, sheet(managed))
    assert [step.after for step in seen.difference.steps]
    done = take_in(world.actor("dora"), seen, at=FOUNDED)

    row = Authority.objects.get()
    assert (row.unit_id, row.over_id) == (world.units["commission"], world.units["planning"])
    assert (row.rank, row.start) == ("chu-zheng", date(2026, 1, 1))
    assert {world.units["commission"], world.units["planning"]} <= done.touched
    assert not look(world, sheet(managed)).difference

    file = export_roster(world.actor("dora"), on=TODAY, at=FOUNDED)
    assert not look(world, file).difference
    take_in(world.actor("dora"), look(world, sheet((*managed, date(2026, 12, 1)))), at=FOUNDED)
    row.refresh_from_db()
    assert row.end == date(2026, 12, 1)


def test_a_unit_that_is_not_there_is_named(world):
    seen = look(world, sheet(("测试委员会", "不存在处", "", None)))

    assert not seen.is_clean
    assert not seen.difference
