"""Run every test: the suite on SQLite, then what meets a database on PostgreSQL beside the browser.

A browser waits more than it computes, so it shares the processors with the second run; what it says
is shown when it ends. Arguments are handed to pytest. Exit code 0 only if all three passed.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
# These meet no database, ask eighteen people what Python decides, or build the demo on SQLite.
ONCE = (
    "core", "packs", "keeper", "architecture", "apps/org/roster", "demo",
    "web/policy/test_policy.py", "web/policy/test_pairs.py",
)  # fmt: skip
SERVE_POSTGRES = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests")
import postgres
server, url = postgres.start(Path(sys.argv[1]), syncs=False)
print(url, flush=True)
sys.stdin.read()
"""


def begin(*arguments: str, output: IO[str] | None = None, **environment: str) -> Popen[str]:
    command = [str(PYTHON), "-m", "pytest", "-q", *arguments, *sys.argv[1:]]
    return Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, text=True,
        stdout=output, stderr=STDOUT if output else None,
    )  # fmt: skip


def ended(title: str, run: Popen[str], begun: float) -> bool:
    passed = run.wait() == 0
    print(f"{title}: {time.monotonic() - begun:.0f} s", flush=True)
    return passed


def say(title: str) -> float:
    print(f"\n── {title} ──", flush=True)
    return time.monotonic()


@contextmanager
def postgres_server() -> Iterator[str]:
    """Ended with this process, which holds its standard input."""
    home = tempfile.mkdtemp(prefix="tanxin-pg-")
    command = [str(PYTHON), "-c", SERVE_POSTGRES, home]
    server = Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True)
    try:
        yield server.stdout.readline().strip() if server.stdout else ""
    finally:
        server.communicate("")
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    workers = ("-n", os.environ.get("WORKERS", "2"))
    quick = ("-m", "not e2e and not prove", *workers)
    begun = say("SQLite")
    passed = [ended("SQLite", begin(*quick), begun)]
    left_out = [f"--ignore=tests/{folder}" for folder in ONCE]
    in_order = ("-p", "no:randomly", "--dist", "loadfile", *workers)
    with postgres_server() as url, tempfile.TemporaryFile("w+") as said:
        begun = say("PostgreSQL, and the browser beside it")
        browser = begin("-m", "e2e and not prove", *in_order, output=said)
        passed.append(ended("PostgreSQL", begin(*quick, *left_out, TANXIN_DATABASE_URL=url), begun))
        passed.append(ended("Browser", browser, begun))
        say("Browser")
        said.seek(0)
        print(said.read(), flush=True)
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
