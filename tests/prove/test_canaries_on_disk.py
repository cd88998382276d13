"""G15: of two hundred texts, names and addresses none is on any disk in a form that is known."""

import shutil
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import psycopg
import pytest

from canaries import forms, found_below, found_in
from keeper_process import KeeperProcess, environment

pytestmark = [pytest.mark.prove, pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")]
ROOT = Path(__file__).parents[2]
CANARY, COUNT = "金丝雀羽毛落在雪地上", 200


@pytest.fixture
def home():
    home = Path(tempfile.mkdtemp(prefix="tanxin-canaries-"))
    home.chmod(0o755)
    keeper = KeeperProcess(home)
    keeper.start()
    yield home
    keeper.stop()
    shutil.rmtree(home, ignore_errors=True)


def around(home, url):
    paths = (ROOT, ROOT / "src", ROOT / "tests", ROOT / "tests" / "prove")
    return environment() | {
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        "TANXIN_HOME": str(home),
        "TANXIN_DATABASE_URL": url,
        "TANXIN_KEEPER_SOCKET": str(home / "keeper.sock"),
        "TANXIN_SECRET_KEY": "only-for-canaries-" + "x" * 40,
        "TANXIN_NO_POOL": "1",
        "PYTHONPATH": ":".join(map(str, paths)),
        "TMPDIR": str(home),
    }


def test_no_canary_is_on_any_disk(home, capsys):
    server, url = import_module("postgres").start(home / "pg")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET log_statement = 'all'")
        connection.execute("SELECT pg_reload_conf()")
    command = [sys.executable, "-m", "bench.with_django", "storing_canaries", CANARY, str(COUNT)]
    done = subprocess.run(
        command, env=around(home, url), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    dump = subprocess.run(
        [server.bin_path / "pg_dump", url], capture_output=True, check=True
    ).stdout
    server.cleanup()
    files = [path for path in home.rglob("*") if path.is_file()]
    hits = found_below(home, [CANARY])
    with capsys.disabled():
        size = sum(path.stat().st_size for path in files) // 2**20
        print(f"\n{COUNT} canaries, {len(forms(CANARY))} forms; {len(files)} files, {size} MiB")
    assert "INSERT INTO" in (home / "pg" / "log").read_text(errors="replace")
    assert b"archive_recordversion" in dump
    assert found_in(dump, ["某某委员会"])  # it would be found
    assert found_in(dump, [CANARY]) == set()
    assert found_in((done.stdout + done.stderr).encode(), [CANARY]) == set()
    assert hits == {}
