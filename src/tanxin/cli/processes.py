"""Start the parts of the system as processes of their own, and stop them together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

STOP_WITHIN_SECONDS = 10


class Parts:
    """Processes that live and die together: when one ends, or a signal comes, all are stopped."""

    def __init__(self, environment: dict[str, str], log: Path | None = None) -> None:
        self.environment = environment
        self.log = log
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def start(self, name: str, *arguments: str) -> None:
        with nullcontext() if self.log is None else self.log.open("ab") as output:
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own programs
                [sys.executable, "-m", *arguments],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def run(self, *arguments: str) -> int:
        command = [sys.executable, "-m", *arguments]
        return subprocess.run(command, env=self.environment, check=False).returncode  # noqa: S603 - our own programs

    def wait(self, between: Callable[[], None] = lambda: None) -> str | None:
        """Until a signal comes (None) or a part ends by itself (its name).

        ``between`` is called all the while, a few times a second.
        """
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        while not self.stopping:
            ended = ended_part(self.running)
            if ended:
                return ended
            between()
            time.sleep(0.2)
        return None

    def stop(self) -> None:
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.running.values()):
            try:
                process.wait(STOP_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - a signal handler
        self.stopping = True


def ended_part(running: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, process in running.items() if process.poll() is not None), None)


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


def granian(host: str, port: int, *, workers: int = 1) -> Sequence[str]:
    return (
        "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "8", "--no-ws",
        "--log-level", "warning", "tanxin.config.wsgi:application",
    )  # fmt: skip
