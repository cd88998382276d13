"""The keeper as a process: its files, its end, its return."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from speaking import Kept, ask, connected, result

from keeper_process import KeeperProcess, environment
from tanxin.keeper.__main__ import main
from tanxin.keeper.claim import AlreadyRunning, claim_home, clear_stale_socket
from tanxin.keeper.root import RootKeyUnusable, read_root_key


@pytest.fixture
def own():
    """A keeper to be stopped and killed at will."""
    home = Path(tempfile.mkdtemp(prefix="tanxin-own-"))
    process = KeeperProcess(home, quota=3)
    yield process
    if process.is_running():
        process.kill()
    shutil.rmtree(home)


def caller(process):
    return lambda op, **args: result(process.socket, op, **args)


def run(process, *more):
    return subprocess.run(
        process.command(*more),
        check=False,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=30,
    )


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_user_may_read_its_files_and_speak_to_it(own):
    own.start()
    Kept(caller(own))
    home = own.home / "home"
    files = [path for path in home.rglob("*") if path.is_file()]

    assert {path.name for path in files} >= {"root.key", "lock"}
    assert {mode(path) for path in (*files, own.socket)} == {0o600}
    assert {mode(path) for path in (home, home / "realms")} == {0o700}


def test_sigterm_ends_it_cleanly_and_takes_the_socket_away(own):
    own.start()
    with connected(own.socket):
        assert own.stop() == 0
    assert not own.socket.exists()
    assert "stopped" in own.log()


def test_it_comes_back_after_a_kill_with_all_it_had(own):
    own.start()
    kept = Kept(caller(own))
    items = kept.record("说了心里话")
    kept.open(items)
    own.kill()
    assert own.socket.exists()
    own.start()

    assert kept.open(items) == ["说了心里话"]
    assert [release["seq"] for release in kept.releases(items[0]["record"])] == [1, 2]


def test_the_quota_outlives_a_kill(own):
    own.start()
    kept = Kept(caller(own))
    items = kept.record("一")
    for _ in range(3):
        kept.open(items)
    own.kill()
    own.start()

    assert ask(own.socket, "open", **kept.opening(items))["code"] == "quota_exceeded"


def test_a_second_keeper_is_sent_away(own):
    own.start()
    second = run(own)
    assert second.returncode == 1
    assert "another keeper" in second.stderr
    assert ask(own.socket, "ping")["ok"]


def test_init_makes_the_key_and_leaves(own):
    assert run(own, "--init").returncode == 0
    first = read_root_key(own.home / "home")
    assert run(own, "--init").returncode == 0
    assert read_root_key(own.home / "home") == first
    assert not own.socket.exists()


def test_a_lost_root_key_is_never_replaced(own):
    own.start()
    Kept(caller(own))
    own.stop()
    (own.home / "home" / "root.key").unlink()

    refused = run(own)
    assert refused.returncode == 1
    assert "restore it" in refused.stderr
    assert not (own.home / "home" / "root.key").exists()


def test_main_reports_and_leaves(tmp_path, capsys):
    options = ["--socket", str(tmp_path / "s"), "--home", str(tmp_path / "h"), "--init"]
    before = os.umask(0o077)
    try:
        assert main(options) == 0
        (tmp_path / "h" / "root.key").chmod(0o644)
        assert main(options) == 1
    finally:
        os.umask(before)
    assert "chmod 600" in capsys.readouterr().err


def test_a_socket_that_cannot_be_is_said_so(tmp_path, capsys):
    before = os.umask(0o077)
    try:
        assert main(["--socket", "/tmp/" + "x" * 200, "--home", str(tmp_path / "h")]) == 1
    finally:
        os.umask(before)
    assert "too long" in capsys.readouterr().err


def test_main_serves_until_it_is_told_to_stop(tmp_path, caplog):
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    before, answers = os.umask(0o077), []

    def client():
        deadline = time.monotonic() + 20
        while not answers and time.monotonic() < deadline:
            with suppress(OSError):
                answers.append(ask(tmp_path / "s", "ping"))
        if answers:
            os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=client)
    try:
        thread.start()
        options = ["--socket", str(tmp_path / "s"), "--home", str(tmp_path / "h"), "--quota", "7"]
        assert main(options) == 0
    finally:
        thread.join()
        os.umask(before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
    assert answers[0]["result"]["quota"] == 7
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"form":1,"root":"AAAA"}',
        '{"form":2,"root":"' + "A" * 43 + '="}',
        "心",
        '{"form":1,"root":5}',
    ],
)
def test_a_damaged_key_file_is_refused(tmp_path, content):
    path = tmp_path / "root.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(RootKeyUnusable, match="damaged"):
        read_root_key(tmp_path)


def test_a_missing_key_file_is_refused(tmp_path):
    with pytest.raises(RootKeyUnusable, match="missing"):
        read_root_key(tmp_path)


def test_a_home_is_claimed_once(tmp_path):
    lock = claim_home(tmp_path)
    with pytest.raises(AlreadyRunning):
        claim_home(tmp_path)
    os.close(lock)
    os.close(claim_home(tmp_path))


def test_a_stale_socket_is_removed_a_living_one_and_a_file_are_not(tmp_path):
    path = tmp_path / "s"
    clear_stale_socket(path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        with pytest.raises(AlreadyRunning):
            clear_stale_socket(path)
    clear_stale_socket(path)
    assert not path.exists()
