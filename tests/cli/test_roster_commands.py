"""``tanxin import roster``, ``tanxin export roster`` and ``tanxin realm`` as somebody types them."""

import json

import pytest
from click.testing import CliRunner
from django.contrib.auth import authenticate

from tanxin.apps.org.models import Person
from tanxin.apps.org.selectors.numbers import person_by_number
from tanxin.apps.realms.models import Realm
from tanxin.cli import realm, roster_export, roster_import

pytestmark = pytest.mark.django_db
HEAD = "单位,部门,姓名,性别,出生年月,现任职务,任现职时间,工号\n"
GOOD = "测试委员会,规划处,林一,男,1980.05,科员,2024.03,T001\n"
BAD = "测试委员会,规划处,林二,女,1885.13,科员,,T002\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="花名册.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(command, *words, **more):
    return CliRunner().invoke(command, [*words], **more)


def known(number):
    return Person.objects.filter(number=number).exists()


def test_a_dry_run_says_what_would_change_and_writes_nothing(world, file):
    done = run(roster_import.command, "roster", file(HEAD + GOOD), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "1" in done.output
    assert not known("T001")


def test_a_clean_file_is_written(world, file):
    done = run(roster_import.command, "roster", file(HEAD + GOOD))

    assert done.exit_code == 0, done.output
    assert known("T001")


def test_a_faulty_row_stops_all_with_its_place_and_what_to_do(world, file):
    done = run(roster_import.command, "roster", file(HEAD + GOOD + BAD))

    assert done.exit_code == 1
    assert "第3行" in done.output.replace(" ", "")
    assert "--accept-good" in done.output
    assert not known("T001")


def test_the_good_rows_alone_are_written_when_asked_for_and_the_code_says_not_all(world, file):
    done = run(roster_import.command, "roster", file(HEAD + GOOD + BAD), "--accept-good")

    assert done.exit_code == 1
    assert (known("T001"), known("T002")) == (True, False)


def test_the_report_as_json_is_nothing_but_json(world, file):
    done = run(roster_import.command, "roster", file(HEAD + GOOD + BAD), "--dry-run", "--json")

    report = json.loads(done.stdout)
    assert (report["clean"], report["changes"]) == (False, {"joined": 1})
    assert [finding["severity"] for finding in report["findings"]] == ["error"]


def test_the_report_speaks_english_when_asked(world, file):
    done = run(roster_import.command, "roster", file(HEAD + BAD), "--dry-run", "--language", "en")

    assert "Row 2" in done.output


def test_a_doubt_is_a_sentence_and_not_a_place_alone(world, file):
    world.person("cleo2", "单可")
    text = "姓名,状态,起\n单可,借调,2026.03\n"
    done = run(roster_import.command, "roster", file(text, "状态.csv"), "--dry-run")

    assert done.exit_code == 1
    assert "单可" in done.output
    assert "工号" in done.output


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.zip"])
def test_an_export_is_written_and_importing_it_changes_nothing(world, tmp_path, name):
    path = str(tmp_path / name)
    assert run(roster_export.command, "roster", path).exit_code == 0

    done = run(roster_import.command, "roster", path, "--complete", "--dry-run", "--json")
    assert json.loads(done.stdout)["changes"] == {}


def test_an_export_to_an_unknown_format_is_refused(world, tmp_path):
    path = tmp_path / "名册.doc"

    assert run(roster_export.command, "roster", str(path)).exit_code == 2
    assert not path.exists()


def test_a_realm_is_founded_and_a_second_of_its_name_refused(world):
    done = run(realm.command, "found", "某市科技局", "--type", "agency")

    assert done.exit_code == 0, done.output
    assert str(Realm.objects.get(name="某市科技局").pk) in done.output
    again = run(realm.command, "found", "某市科技局")
    assert (again.exit_code, Realm.objects.filter(name="某市科技局").count()) == (1, 1)


def test_a_person_of_the_roster_gets_an_account(world, file):
    run(roster_import.command, "roster", file(HEAD + GOOD))
    word = "ein-langes-Passwort-7"
    done = run(realm.command, "account", "T001", "linyi", "--organiser", "--password", word)

    assert done.exit_code == 0, done.output
    assert person_by_number(world.realm_id, "T001")
    assert authenticate(username="linyi", password=word)


@pytest.mark.parametrize(
    ("number", "password"), [("T999", "ein-langes-Passwort-7"), ("N0001", "1234")]
)
def test_no_account_for_nobody_or_with_a_weak_password(world, number, password):
    done = run(realm.command, "account", number, "wer", "--password", password)

    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_a_realm_that_cannot_be_told_is_asked_for(world, file):
    run(realm.command, "found", "另一单位")
    done = run(roster_import.command, "roster", file(HEAD + GOOD))

    assert done.exit_code == 1
    assert "--realm" in done.output
