"""G4: a disk is full; what was told is there, nothing is there by half, and work goes on."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from keeper_process import environment

pytestmark = pytest.mark.prove
ROOT = Path(__file__).parents[2]
SIZES = {"database": "6m", "keeper": "2m"}


@pytest.fixture
def home():
    home = Path(tempfile.mkdtemp(prefix="tanxin-full-"))
    yield home
    for volume in SIZES:
        subprocess.run(["umount", str(home / volume)], check=False, capture_output=True)
    shutil.rmtree(home, ignore_errors=True)


def filled(home, volume):
    assert os.geteuid() == 0, "a disk of its own needs root"
    for name, size in SIZES.items():
        (home / name).mkdir()
        options = f"size={size if name == volume else '256m'}"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", home / name], check=True)
    paths = (ROOT, ROOT / "src", ROOT / "tests", ROOT / "tests" / "prove")
    around = environment() | {
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        "TANXIN_HOME": str(home / "database"),
        "TANXIN_KEEPER_SOCKET": str(home / "keeper" / "keeper.sock"),
        "TANXIN_SECRET_KEY": "only-for-the-disk-" + "x" * 40,
        "PYTHONPATH": ":".join(map(str, paths)),
    }
    command = [sys.executable, "-m", "bench.with_django", "filling", str(home / volume)]
    done = subprocess.run(
        command, env=around, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("volume", SIZES)
def test_a_full_disk_loses_nothing_that_was_told(home, capsys, volume):
    found = filled(home, volume)

    with capsys.disabled():
        print(f"\n{volume}: {found}")
    assert found["filled"]
    assert found["told"] > found["went on"] > 0
    for what in ("lost", "by half", "unreadable", "shown without a leaf"):
        assert found[what] == 0
    assert found["log"].startswith("intact, ")
