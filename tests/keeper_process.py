"""A real keeper in its own process, for every test that seals or opens.

``tests/conftest.py`` takes it over with ``from keeper_process import keeper``.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

import tanxin
from tanxin.apps.sealing import connection, pii

READY_WITHIN = 20.0
# Memory, where there is some to write to: the shared keeper syncs its log at every step of every test.
IN_MEMORY = Path("/dev/shm")


class KeeperProcess:
    """Start, stop and kill a keeper; ``home`` survives a restart."""

    def __init__(
        self,
        home: Path,
        *more: str,
        quota: int = 1_000_000,
        suite: str = "intl-1",
        believe_web: bool = True,
    ) -> None:
        self.home = home
        self.socket = home / "keeper.sock"
        most = "1000000"
        limits = ["--realm-quota", most, "--search-quota", most, "--address-quota", most]
        self._options = ["--quota", str(quota), "--suite", suite, *limits, *more]
        if believe_web:
            self._options.append("--believe-web")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        log = (self.home / "keeper.log").open("ab")
        with log:
            self._process = subprocess.Popen(self.command(), stderr=log, env=environment())
        deadline = time.monotonic() + READY_WITHIN
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.home / "keeper.log").read_text())
            time.sleep(0.02)

    def command(self, *more: str) -> list[str]:
        paths = ["--socket", str(self.socket), "--home", str(self.home / "home")]
        return [sys.executable, "-m", "tanxin.keeper", *paths, *self._options, *more]

    def log(self) -> str:
        return (self.home / "keeper.log").read_text()

    def stop(self) -> int:
        """Ask it to end and return its exit code."""
        return self._end(signal.SIGTERM)

    def kill(self) -> int:
        return self._end(signal.SIGKILL)

    def _end(self, number: signal.Signals) -> int:
        self._process.send_signal(number)
        return self._process.wait(READY_WITHIN)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(str(self.socket)) == 0


def environment() -> dict[str, str]:
    source = str(Path(tanxin.__file__).parents[1])
    return {"PATH": os.environ["PATH"], "PYTHONPATH": source, "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def keeper() -> Iterator[KeeperProcess]:
    """One keeper for all tests of a worker. Stop or kill your own, never this one."""
    quick = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    home = Path(tempfile.mkdtemp(prefix="tanxin-keeper-", dir=quick))
    process = KeeperProcess(home)
    process.start()
    before = settings.TANXIN_KEEPER_SOCKET
    settings.TANXIN_KEEPER_SOCKET = str(process.socket)
    yield process
    settings.TANXIN_KEEPER_SOCKET = before
    connection.pool.close()
    pii.forget_keys()
    process.stop()
    shutil.rmtree(home)
