import json
from uuid import uuid4

import pytest
from click.testing import CliRunner

from talk_steps import duty_of
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.tallied import DutyTally
from tanxin.cli import rules
from tanxin.cli.duties import command
from world import TODAY

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(command, [*map(str, arguments)])


@pytest.fixture
def derived(world):
    CliRunner().invoke(
        rules.command, ["publish", "national", "three-musts", "--start", "2026-01-01"]
    )
    return run("derive", "--on", TODAY, "--json")


def test_deriving_says_what_differs(derived):
    assert json.loads(derived.output) == {"appeared": 3, "changed": 0, "vanished": 0}
    assert "appeared 0" in run("derive", "--on", TODAY).output


def test_duties_are_listed_by_person_rule_and_state(world, derived):
    assert len(json.loads(run("list", "--json").output)) == 3
    own = json.loads(run("list", "--person", world.emil, "--json").output)
    assert {line["rule"] for line in own} == {
        "three-musts/charge-with-head", "three-musts/chief-with-member",
    }  # fmt: skip
    (line,) = run("list", "--rule", "charge-with-head").output.splitlines()
    assert f"{world.emil} → {world.ben}" in line
    assert run("list", "--state", "met").output == ""


def test_no_name_is_printed(derived):
    assert "尉迟明" not in run("list").output


def test_a_duty_is_explained_with_its_clause_and_the_facts_used(derived):
    duty = Duty.objects.get(rule__rule="charge-with-head")

    words = run("explain", duty.pk).output
    told = json.loads(run("explain", duty.pk, "--json").output)

    assert "「未核对原文」" in words
    assert told["numbers"]["at_least"] == "1"
    assert {fact["code"] for fact in told["facts"]} == {"seat", "charge", "post"}


def test_a_duty_that_is_not_there_is_said_so(derived):
    done = run("explain", uuid4())
    assert done.exit_code == 1
    assert "There is no duty" in done.output


def test_the_roll_ups_are_counted_anew(world):
    duty_of(world, unit_id=world.units["planning"])
    DutyTally.objects.update(open=7)
    result = run("recount", "--json")

    assert json.loads(result.output) == {"tallies": 1}
    assert DutyTally.objects.get().open == 1
