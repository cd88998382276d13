import pytest
from click.testing import CliRunner

from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.org.models import Person
from tanxin.cli import roster_import

ROW = "姓名,性别,出生年月,单位,工号\n林一,男,1980.05,测试委员会{0},T001\n"


def imported(path):
    return CliRunner().invoke(roster_import.command, ["roster", str(path)])


@pytest.mark.parametrize("within", ["file", "name", "folder"])
def test_a_marked_roster_is_not_read_in(world, tmp_path, within):
    name = "机密★10年.csv" if within == "name" else "花名册.csv"
    file = tmp_path / name
    file.write_text(ROW.format("" if within == "name" else "　密级：机密"), "utf-8")

    done = imported(tmp_path if within == "folder" else file)

    assert done.exit_code == 1
    assert "security officer" in done.output
    assert "机密" not in done.output
    assert not Person.objects.filter(number="T001").exists()
    assert AuditLeaf.objects.filter(realm=world.realm_id, event="marking.refused").count() == 1
