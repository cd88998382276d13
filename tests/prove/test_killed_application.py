"""G1: writers, keeper and PostgreSQL are killed again and again; what was told is there."""

import json
import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import psycopg
import pytest

from keeper_process import environment

# What the server's package says of a machine without a desktop is of no account.
pytestmark = [pytest.mark.prove, pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")]
ROOT = Path(__file__).parents[2]
KILLS, WRITERS = 1_000, 4
KILLS_UNSYNCED = 30
USABLE_WITHIN = 10


@pytest.fixture
def home():
    home = Path(tempfile.mkdtemp(prefix="tanxin-kills-"))
    home.chmod(0o755)
    yield home
    shutil.rmtree(home, ignore_errors=True)


def killed(home, kills, *, syncs=True):
    """Everything in one program of its own: what it starts ends with it."""
    _server, url = import_module("postgres").start(home / "pg")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_commit = {'on' if syncs else 'off'}")
        connection.execute("SELECT pg_reload_conf()")
    command = [sys.executable, "-m", "bench.with_django", "killing", home, kills, WRITERS]
    paths = (ROOT, ROOT / "src", ROOT / "tests", ROOT / "tests" / "prove")
    around = environment() | {
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        "TANXIN_HOME": str(home),
        "TANXIN_DATABASE_URL": url,
        "TANXIN_KEEPER_SOCKET": str(home / "keeper.sock"),
        "TANXIN_SECRET_KEY": "only-for-the-kills-" + "x" * 40,
        "TANXIN_NO_POOL": "1",
        "PYTHONPATH": ":".join(map(str, paths)),
    }
    done = subprocess.run(
        [*map(str, command)], env=around, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_that_was_told_is_lost_though_all_are_killed(home, capsys):
    found = killed(home, KILLS)
    with capsys.disabled():
        print(f"\n{found}")
    assert found["log"].startswith("intact, ")
    assert (found["lost"], found["by half"], found["unreadable"]) == (0, 0, 0)
    assert found["told"] > KILLS
    assert found["usable again, p95 s"] <= USABLE_WITHIN


def test_it_would_be_noticed_if_commits_did_not_wait_for_the_disk(home, capsys):
    found = killed(home, KILLS_UNSYNCED, syncs=False)
    with capsys.disabled():
        print(f"\nwithout waiting for the disk: {found}")
    assert found["lost"] > 0
