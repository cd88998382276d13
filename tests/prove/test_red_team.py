"""T11: whoever runs code in the web process gets no key, no closed record, no forged leaf."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import tanxin
from keeper_process import READY_WITHIN
from tanxin.core.vault.leaf import NO_HASH
from tanxin.core.vault.suites import SUITES
from tanxin.core.vault.tree import leaf_hash

pytestmark = pytest.mark.prove
KEEPER_UID, WEB_UID, WEB_GID = 64001, 64002, 64003
SECRET, QUOTA = "红队的金丝雀", 60
HERE = Path(__file__).parent


class Installation:
    """A keeper and a web process as two users, as docs/how-to/run-it.md sets them up."""

    def __init__(self) -> None:
        self.top = Path(tempfile.mkdtemp(prefix="tanxin-red-"))
        self.top.chmod(0o755)
        self.keeper_home, self.web_home = self.top / "keeper", self.top / "web"
        self.run, self.stage = self.top / "run", self.top / "web" / "stage.json"
        for path, uid, gid, mode in (
            (self.keeper_home, KEEPER_UID, KEEPER_UID, 0o700),
            (self.run, KEEPER_UID, WEB_GID, 0o750),
            (self.web_home, WEB_UID, WEB_GID, 0o700),
        ):
            path.mkdir()
            os.chown(path, uid, gid)
            path.chmod(mode)
        self.socket = self.run / "keeper.sock"
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(
                [str(Path(tanxin.__file__).parents[1]), str(HERE.parent)]
            ),
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
            "TANXIN_HOME": str(self.web_home),
            "TANXIN_SECRET_KEY": "of-the-web-process-" + "x" * 40,
            "TANXIN_KEEPER_SOCKET": str(self.socket),
            "TANXIN_PLAIN_HTTP": "1",
        }

    def start_keeper(self) -> None:
        arguments = [
            "--socket", self.socket, "--home", self.keeper_home,
            "--web-group", WEB_GID, "--quota", QUOTA,
        ]  # fmt: skip
        with (self.top / "keeper.log").open("wb") as log:
            self.keeper = self.python(
                "keeper_as_user.py", KEEPER_UID, WEB_GID, *arguments, stderr=log
            )
        deadline = time.monotonic() + READY_WITHIN
        while not self.socket.exists() and time.monotonic() < deadline:
            time.sleep(0.05)

    def python(self, script: str, *arguments: object, **more) -> subprocess.Popen:
        command = [sys.executable, str(HERE / script), *map(str, arguments)]
        return subprocess.Popen(command, env=self.environment, cwd="/", **more)

    def set_the_scene(self) -> None:
        assert self.python("red_team_stage.py", self.stage).wait(300) == 0
        for path in self.web_home.rglob("*"):
            os.chown(path, WEB_UID, WEB_GID)

    def attack(self) -> dict:
        who = (WEB_UID, WEB_GID, self.stage, self.keeper.pid, self.keeper_home)
        process = self.python("red_team.py", *who, stdout=subprocess.PIPE, text=True)
        output, _ = process.communicate(timeout=600)
        assert process.returncode == 0
        return json.loads(output.splitlines()[-1])

    def leaves(self) -> list[tuple[str, bytes]]:
        (file,) = (self.keeper_home / "realms").glob("*.sqlite3")
        db = sqlite3.connect(file)
        rows = db.execute("SELECT content, hash FROM leaf ORDER BY seq").fetchall()
        db.close()
        return rows

    def clear(self) -> None:
        if self.keeper.poll() is None:
            self.keeper.terminate()
            self.keeper.wait(READY_WITHIN)
        shutil.rmtree(self.top)


@pytest.fixture(scope="module")
def fallen():
    if os.geteuid() != 0:
        pytest.fail(
            "not run: it starts a keeper and a web process as two users; run make prove as root"
        )
    place = Installation()
    place.start_keeper()
    try:
        place.set_the_scene()
        began = datetime.now().astimezone()
        yield place, place.attack(), began
    finally:
        place.clear()


def test_it_was_really_the_web_process(fallen):
    _, got, _ = fallen
    assert (got["uid"], got["keeper_answers"]) == (WEB_UID, True)
    assert got["reads_its_own_rows"] > 100


@pytest.mark.parametrize("way", ["a_file", "a_proc", "a_ptrace", "a_ask"])
def test_no_key_is_read(fallen, way):
    assert fallen[1][way] == []


@pytest.mark.parametrize("way", ["b_no_session", "b_named", "b_guess", "b_password"])
def test_nothing_opens_without_a_live_session(fallen, way):
    assert fallen[1][way] == []


def test_one_live_session_opens_no_more_than_its_quota_and_an_alarm_is_left(fallen):
    place, got, began = fallen
    assert got["c_bulk"] == {"opened": QUOTA, "code": "quota_exceeded", "of": 80}
    alarms = [json.loads(content) for content, _ in place.leaves() if '"quota.exceeded"' in content]
    assert alarms
    rung = datetime.fromisoformat(alarms[0]["at"])
    assert rung - began < timedelta(seconds=120)


@pytest.mark.parametrize("way", ["d_grant", "d_leaf"])
def test_neither_grant_nor_leaf_is_forged(fallen, way):
    assert fallen[1][way] == []


def test_the_log_is_whole_and_tells_of_every_text_that_left(fallen):
    place, got, _ = fallen
    prev, opened = NO_HASH, 0
    for seq, (content, stored) in enumerate(place.leaves()):
        leaf = json.loads(content)
        assert (leaf["seq"], bytes.fromhex(leaf["prev"])) == (seq, prev)
        assert leaf_hash(SUITES[leaf["suite"]], content.encode()) == stored
        prev, opened = stored, opened + (leaf["event"] == "record.opened")
    assert opened == got["c_bulk"]["opened"]
    assert not any(SECRET in content for content, _ in place.leaves())
