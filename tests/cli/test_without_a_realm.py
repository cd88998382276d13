import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tanxin.cli.rules import command
from tanxin.packs import shipped_sources


@pytest.fixture
def pack(tmp_path):
    file = tmp_path / "pack.yaml"
    file.write_text(shipped_sources("national")["national/pack.yaml"], encoding="utf-8")
    return file


@pytest.mark.parametrize("arguments", [("preview",), ("publish", "--file")])
def test_a_home_without_a_database_is_said_to_be_one(tmp_path, pack, arguments):
    home = tmp_path / "home"
    home.mkdir()
    own = {key: value for key, value in os.environ.items() if not key.startswith("TANXIN_")}
    program = "from tanxin.cli.main import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", program, "rules", *arguments, str(pack)],
        env={**own, "TANXIN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tanxin.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"{home} 里还没有单位数据" in done.stderr
    assert f"tanxin demo --home {home}" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == 1


@pytest.mark.django_db
def test_a_database_without_a_realm_is_said_to_be_one(pack):
    done = CliRunner().invoke(command, ["preview", str(pack), "--language", "en"])

    assert "There is no organisation in" in done.output
    assert done.exit_code == 1
