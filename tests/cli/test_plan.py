"""``tanxin plan``: propose, show, explain and approve."""

import json
from datetime import date
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.utils import timezone

from talk_steps import duty_of
from tanxin.apps.plans.models import Plan
from tanxin.cli.plan import command

YEAR = timezone.localdate().year + 1


@pytest.fixture
def owed(world):
    return duty_of(
        world, unit_id=world.units["planning"], opens=date(YEAR, 1, 1), due=date(YEAR, 12, 31)
    )


def run(*arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def proposed(world):
    done = run("propose", "--unit", world.units["commission"], "--year", YEAR, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.output)


def test_a_plan_is_proposed_shown_explained_and_approved(world, owed):
    plan = proposed(world)
    assert (plan["talks"], plan["unplaced"], plan["state"]) == (1, 0, "proposed")

    [talk] = json.loads(run("show", plan["id"], "--json").output)
    assert talk["duties"] == [str(owed.pk)]
    assert talk["day"] in run("show", plan["id"]).output
    assert plan["id"] in run("show").output
    assert json.loads(run("show", "--json").output) == [plan]

    told = json.loads(run("explain", talk["id"], "--json").output)
    assert (told["planned"]["day"], told["helps"]) == (talk["day"], None)
    assert told["wanted"] in run("explain", talk["id"]).output

    done = run("approve", plan["id"], "--by", world.ada)
    assert (done.exit_code, "approved" in done.output) == (0, True)
    assert Plan.objects.get().approved_by_id == world.ada


def test_what_has_no_day_says_what_would_help(world, owed):
    world.state("ada", "study", start=date(YEAR - 1, 1, 1), end=None)
    plan = proposed(world)
    assert plan["unplaced"] == 1
    [talk] = json.loads(run("show", plan["id"], "--json").output)

    said = run("explain", talk["id"]).output

    assert "would help: absence" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", uuid4()),
        ("explain", uuid4()),
        ("propose", "--unit", "none", "--year", YEAR),
        ("propose", "--unit", "U001", "--year", YEAR - 2),
        ("propose", "--unit", "U001"),
        ("propose", "--unit", "U001", "--between", f"{YEAR}-01-01", f"{YEAR}-02-01"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(world, arguments):
    done = run(*arguments)

    assert done.exit_code != 0
    assert "Traceback" not in done.output
    assert "Error" in done.output


def test_only_the_chief_approves_and_once(world, owed):
    plan = proposed(world)
    assert run("approve", plan["id"], "--by", world.emil).exit_code == 1
    assert run("approve", plan["id"], "--by", world.cleo).exit_code == 1

    run("approve", plan["id"], "--by", world.ada)

    assert "decided already" in run("approve", plan["id"], "--by", world.ada).output
