"""``tanxin keeper``: what an administrator and the custodians type."""

import json
import os
from itertools import islice

import pytest
from click.testing import CliRunner

import talk_steps as steps
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.realms.models import Realm
from tanxin.apps.sealing.keys import key_state
from tanxin.cli import realm as realm_command
from tanxin.cli.keeper import KeeperGroup, command
from tanxin.core.vault.suites import GM_1, INTL_1
from tanxin.keeper.claim import claim_home
from tanxin.keeper.root import read_root_key, stored_root

HOLDERS = [
    word for name in ("办公室", "组织", "纪检", "档案", "保密") for word in ("--holder", name)
]


def run(*arguments, typed=None):
    return CliRunner().invoke(command, [*map(str, arguments)], input=typed)


def split(tmp_path, *more):
    done = run(
        "init",
        "--home",
        tmp_path / "k",
        "--escrow",
        "3/5",
        "--sheets",
        tmp_path / "s",
        *HOLDERS,
        *more,
    )
    assert done.exit_code == 0, done.output
    return tmp_path / "k"


def sheets(tmp_path, *numbers, directory="s"):
    return [word for n in numbers for word in ("--share", tmp_path / directory / f"share-{n}.txt")]


def test_by_default_the_root_key_is_a_file_for_its_owner_alone(tmp_path):
    done = run("init", "--home", tmp_path / "k")
    assert done.exit_code == 0
    assert (tmp_path / "k" / "root.key").stat().st_mode & 0o777 == 0o600
    assert len(read_root_key(tmp_path / "k")) == 32
    again = run("init", "--home", tmp_path / "k")
    assert again.exit_code == 1
    assert "has a root key" in again.output


def test_five_sheets_are_written_once_and_not_beside_the_key(tmp_path):
    home = split(tmp_path, "--not-stored")
    assert stored_root(home) is None
    assert len(list((tmp_path / "s").iterdir())) == 5
    for place in (["--sheets", home / "s"], []):
        refused = run("escrow", "--home", home, "--new", "3/5", *place, *sheets(tmp_path, 1, 2, 3))
        assert refused.exit_code == 2
    over = run(
        "escrow",
        "--home",
        home,
        "--new",
        "3/5",
        "--sheets",
        tmp_path / "s",
        *sheets(tmp_path, 1, 2, 3),
    )
    assert "nothing is written over a sheet" in over.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--not-stored"],
        ["--escrow", "3/5"],
        ["--escrow", "3/5", "--sheets", "s", "--holder", "only one"],
        ["--escrow", "1/5", "--sheets", "s"],
    ],
    ids=["not stored, not split", "no place for sheets", "four holders missing", "one is enough"],
)
def test_what_would_protect_nobody_is_not_made(tmp_path, arguments):
    home = tmp_path / "k"
    assert run("init", "--home", home, *arguments).exit_code == 2
    assert not (home / "root.key").exists()
    assert not (home / "escrow.json").exists()


def test_it_says_who_holds_which_share_and_when_they_were_tried(tmp_path):
    home = split(tmp_path)
    assert "Last drill: never" in run("escrow", "--home", home).output
    drill = run("escrow", "--home", home, "--drill", *sheets(tmp_path, 2, 4, 5))
    told = run("escrow", "--home", home).output.splitlines()

    assert drill.output.startswith("Shares 2, 4, 5 open the root key")
    assert [line.split()[1] for line in islice(told, 1, 6)] == [
        "办公室",
        "组织",
        "纪检",
        "档案",
        "保密",
    ]
    assert [("never" in line) for line in islice(told, 1, 6)] == [True, False, True, False, False]


def test_a_wrong_share_is_named_and_nothing_noted(tmp_path):
    home = split(tmp_path)
    sheet = tmp_path / "s" / "share-2.txt"
    sheet.write_text(sheet.read_text().replace("    6.  ", "    6.  Z")[:-1])
    two = run("escrow", "--home", home, "--drill", *sheets(tmp_path, 1, 3))
    bent = run("escrow", "--home", home, "--drill", *sheets(tmp_path, 1, 2, 3))

    assert (two.exit_code, bent.exit_code) == (1, 1)
    assert "share-2.txt" in bent.output
    assert "Last drill: never" in run("escrow", "--home", home).output


def test_shares_can_be_typed(tmp_path):
    home = split(tmp_path)
    rows = []
    for number in (1, 3, 5):
        lines = (tmp_path / "s" / f"share-{number}.txt").read_text().splitlines()
        rows += [
            line.split()[1].lower() for line in lines if line.startswith("    ") and line[5] == "."
        ]
    done = run("escrow", "--home", home, "--drill", typed="\n".join(rows) + "\n")
    assert "Shares 1, 3, 5 open" in done.output


def test_a_new_root_key_makes_the_old_sheets_worthless(tmp_path):
    home = split(tmp_path, "--not-stored")
    done = run(
        "rotate-root", "--home", home, "--sheets", tmp_path / "t", *sheets(tmp_path, 1, 2, 3)
    )
    assert done.exit_code == 0, done.output
    assert (
        "not in force"
        in run("escrow", "--home", home, "--drill", *sheets(tmp_path, 1, 2, 3)).output
    )
    assert (
        run(
            "escrow", "--home", home, "--drill", *sheets(tmp_path, 3, 4, 5, directory="t")
        ).exit_code
        == 0
    )
    assert "办公室" in run("escrow", "--home", home).output


def test_nothing_is_done_in_a_home_where_a_keeper_runs(tmp_path):
    home = split(tmp_path)
    lock = claim_home(home)
    for words in (
        ["rotate-root", "--sheets", tmp_path / "t"],
        ["escrow", "--new", "3/5", "--sheets", tmp_path / "t"],
    ):
        refused = run(words[0], "--home", home, *words[1:])
        assert "stop it first" in refused.output
    assert not (tmp_path / "t").exists()
    os.close(lock)


def test_a_key_that_was_never_split_has_no_custodians_to_try(tmp_path):
    run("init", "--home", tmp_path)
    for words in ([], ["--drill"]):
        assert "never split" in run("escrow", "--home", tmp_path, *words).output


def test_a_keeper_that_works_says_so(keeper):
    told = run("status", "--socket", keeper.socket)
    assert (told.exit_code, told.output) == (0, "The keeper works.\n")
    assert json.loads(run("status", "--socket", keeper.socket, "--json").output)["sealed"] is False
    assert "not sealed" in run("unseal", "--socket", keeper.socket).output


def test_where_no_keeper_answers_it_is_said(tmp_path):
    assert "No keeper answers" in run("status", "--home", tmp_path).output
    assert run("unseal").exit_code == 2
    assert run().exit_code == 2


def test_every_command_has_its_help():
    group = command
    assert isinstance(group, KeeperGroup)
    names = group.list_commands(None)
    assert names == [
        "escrow", "init", "migrate", "rotate", "rotate-root", "run", "status", "token", "unseal",
    ]  # fmt: skip
    for name in names:
        assert run(name, "--help").exit_code == 0
    assert "No such command" in run("rewind").output


# ── with a database


@pytest.mark.django_db
def test_a_realm_is_given_a_new_key_and_then_another_suite(world, keeper):
    steps.confirmed(world)
    home = ["--home", keeper.home / "home"]
    turned = run("rotate", world.realm_id, *home)
    moved = run("migrate", world.realm_id, "--to", "gm-1", *home, "--json")
    again = run("migrate", world.realm_id, "--to", "gm-1", *home, "--json")

    assert turned.exit_code == 0, turned.output
    assert "Everything is under the newest key." in turned.output
    last = json.loads(moved.output.splitlines()[-1])
    assert (last["key"], last["suite"], last["older"], last["left"]) == (3, GM_1, [1, 2], {})
    assert json.loads(again.output)["moved"] == 0
    assert json.loads(run("migrate", world.realm_id, "--json").output)["key"] == 3
    assert verify_chain(world.realm_id).intact


@pytest.mark.django_db
def test_an_old_key_is_not_destroyed_at_once(world, keeper):
    home = ["--home", keeper.home / "home"]
    run("rotate", world.realm_id, *home)
    refused = run("rotate", world.realm_id, *home, "--destroy-old")
    assert refused.exit_code == 1
    assert "kept for an hour" in refused.output
    assert key_state(world.realm_id).older == [1]


@pytest.mark.django_db
def test_whoever_cannot_read_the_keepers_home_orders_nothing(world, tmp_path):
    for words in (["rotate"], ["migrate", "--to", "gm-1"]):
        refused = run(words[0], world.realm_id, "--home", tmp_path, *words[1:])
        assert refused.exit_code == 1
        assert "somebody who can read" in refused.output
    (tmp_path / "operator.token").write_text('{"token": "0"}')
    (tmp_path / "operator.token").chmod(0o600)
    assert "started anew" in run("rotate", world.realm_id, "--home", tmp_path).output
    assert key_state(world.realm_id).versions == {1: INTL_1}


@pytest.mark.django_db
def test_a_realm_is_founded_in_a_suite_and_says_which(keeper):
    found = CliRunner().invoke(realm_command.command, ["found", "国密委员会", "--suite", "gm-1"])
    realm = Realm.objects.get(name="国密委员会")
    told = CliRunner().invoke(realm_command.command, ["suite", str(realm.pk)]).output

    assert found.exit_code == 0, found.output
    assert (realm.suite, key_state(realm.pk).versions) == (GM_1, {1: GM_1})
    assert "chosen: GM-1" in told
    assert "keys: 1 (GM-1); sealed with 1" in told
    assert verify_chain(realm.pk).intact
