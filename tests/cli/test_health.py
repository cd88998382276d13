"""``tanxin health``: what answers, and why the keeper does not."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from keeper_process import KeeperProcess
from tanxin.apps.sealing import connection
from tanxin.cli.health import command
from tanxin.core.vault.suites import SUITES
from tanxin.keeper.custody.custodians import Custodians, set_up

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_both_answer(keeper):
    assert run().output.splitlines() == ["database: ok", "keeper: ok"]
    assert json.loads(run("--json").output) == {"database": True, "keeper": True}


def test_a_keeper_that_is_not_there_is_told(keeper, settings, tmp_path):
    settings.TANXIN_KEEPER_SOCKET = str(tmp_path / "none.sock")
    told = run()
    assert told.exit_code == 1
    assert told.output.splitlines() == ["database: ok", "keeper: does not answer"]


def test_a_sealed_keeper_is_told_from_one_that_is_not_there(keeper, settings, tmp_path_factory):
    place = tmp_path_factory.mktemp("s")
    (place / "home").mkdir(mode=0o700)
    set_up(
        place / "home", SUITES[1], custodians=Custodians(2, ["a", "b", "c"]),
        hand_out=lambda *_: None, stored=False, at=datetime(2026, 11, 23, tzinfo=UTC),
    )  # fmt: skip
    sealed = KeeperProcess(place)
    sealed.start()
    settings.TANXIN_KEEPER_SOCKET = str(sealed.socket)
    try:
        told = run()
    finally:
        connection.pool.close()
        sealed.stop()
    assert told.exit_code == 1
    assert told.output.splitlines()[-1] == "The keeper is sealed: tanxin keeper unseal"
