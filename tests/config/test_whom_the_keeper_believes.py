"""Outside the demo nobody serves pages beside a keeper that takes the web's word."""

import shutil
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.checks import run_checks

from keeper_process import KeeperProcess
from tanxin.apps.sealing.connection import pool
from tanxin.cli import keeper as keeper_command
from tanxin.config.checks import keeper_believes_web
from tanxin.keeper.__main__ import main


@pytest.fixture
def start(settings):
    homes = []

    def start(*, believe_web):
        home = Path(tempfile.mkdtemp(prefix="tanxin-believes-"))
        process = KeeperProcess(home, believe_web=believe_web)
        process.start()
        settings.TANXIN_KEEPER_SOCKET = str(process.socket)
        pool.close()
        homes.append((home, process))

    yield start
    pool.close()
    for home, process in homes:
        process.stop()
        shutil.rmtree(home)


def ids():
    return {problem.id for problem in run_checks(include_deployment_checks=True)}


def test_a_believing_keeper_is_refused_but_in_the_demo(start, settings):
    start(believe_web=True)
    settings.TANXIN_DEMO = False
    assert "tanxin.E006" in ids()

    settings.TANXIN_DEMO = True
    assert "tanxin.E006" not in ids()


def test_one_that_asks_for_passwords_or_does_not_answer_is_none(start, settings):
    start(believe_web=False)
    assert "tanxin.E006" not in ids()
    settings.TANXIN_KEEPER_SOCKET = "/nowhere/keeper.sock"
    assert keeper_believes_web() is False


@pytest.mark.parametrize("option", ["--believe-web", "--believe"])
def test_the_command_of_a_real_realm_starts_none(option, tmp_path):
    done = CliRunner().invoke(keeper_command.command, ["run", "--home", str(tmp_path), option])
    assert done.exit_code == 2
    assert "Only the demo" in done.output


def test_the_option_cannot_be_shortened(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(
            ["--socket", str(tmp_path / "s"), "--home", str(tmp_path / "h"), "--believe", "--init"]
        )
    assert "unrecognized" in capsys.readouterr().err
