"""The real thing: the demo's home, built once and copied, and its processes on a free port."""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Self

from our_tools import ROOT, SOURCE

KEPT = ROOT / "var" / "e2e"
SEEDED_BY = ("apps", "core", "demo", "keeper", "packs", "config")
SUFFIXES = {".py", ".yaml", ".csv", ".json"}
SEED_WITHIN, ANSWER_WITHIN, END_WITHIN = 600, 90, 20


def key(today: date) -> str:
    """Changes with everything the demo's data depend on: what seeds them, and the day."""
    digest = hashlib.sha256(today.isoformat().encode())
    for folder in SEEDED_BY:
        for path in sorted((SOURCE / folder).rglob("*")):
            if path.suffix in SUFFIXES:
                digest.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def tanxin(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "tanxin", *arguments]


def environment() -> dict[str, str]:
    """What ``make demo`` would have: nothing of the test settings."""
    ours = ("TANXIN_", "DJANGO_", "COV_", "PYTEST_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def built_home() -> Path:
    """The seeded home, from ``var/e2e`` if nothing has changed since it was built."""
    home = KEPT / key(date.today())
    with building_alone():
        if not home.exists():
            build(home)
    return home


@contextmanager
def building_alone() -> Iterator[None]:
    """Of several test workers one builds, the others wait and take what is there."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with KEPT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def build(home: Path) -> None:
    shutil.rmtree(KEPT, ignore_errors=True)
    unfinished = KEPT / "unfinished"
    command = tanxin("demo", "--seed-only", "--fresh", "--home", str(unfinished))
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), timeout=SEED_WITHIN,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"The demo could not be built:\n{done.stdout[-4000:]}")
    unfinished.rename(home)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RunningDemo:
    """``tanxin demo`` on a copy of a home: keeper, web and worker, ended together."""

    def __init__(self, built: Path) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tanxin-e2e-")) / "demo"
        shutil.copytree(built, self.home, ignore=shutil.ignore_patterns("*.sock", "demo.log"))
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._said = (self.home.parent / "said.log").open("wb")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            tanxin("demo", "--home", str(self.home), "--port", str(self.port)),
            cwd=ROOT, env=environment(), stdout=self._said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        deadline = time.monotonic() + ANSWER_WITHIN
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                log = self.log()
                self.__exit__()
                raise RuntimeError(f"The demo did not start:\n{log}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(END_WITHIN)
        self._said.close()
        shutil.rmtree(self.home.parent, ignore_errors=True)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def log(self) -> str:
        parts = [self.home.parent / "said.log", self.home / "demo.log"]
        return "\n".join(path.read_text("utf-8") for path in parts if path.exists())[-6000:]
