"""Eight writers at once leave no gap and no double, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from writers import LEAVES, WRITERS, write_together

from keeper_process import environment
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.realms.models import Realm

HERE = Path(__file__).parent
EXPECTED = f"intact, {WRITERS * LEAVES} entries"


def on_a_file(home: Path) -> str:
    """The test database of SQLite is in memory and knows no waiting; a real one is a file."""
    paths = os.pathsep.join([environment()["PYTHONPATH"], str(HERE.parents[1])])
    env = {
        **environment(),
        "PYTHONPATH": paths,
        "DJANGO_SETTINGS_MODULE": "settings_for_tests",
        "TANXIN_HOME": str(home),
    }
    command = [sys.executable, str(HERE / "writers.py")]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


@pytest.mark.django_db(transaction=True)
def test_eight_writers_leave_one_chain(tmp_path):
    if connection.vendor == "sqlite":
        assert on_a_file(tmp_path) == EXPECTED
        return
    realm = Realm.objects.create(name="委员会")
    assert write_together(realm.pk) == []
    assert str(verify_chain(realm.pk)) == EXPECTED
