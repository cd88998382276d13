"""Run every test: the suite on SQLite, what meets a database again on PostgreSQL, then the browser.

Arguments are handed to pytest. Exit code 0 only if all three passed.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen, run

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


def pytest(title: str, *arguments: str, **environment: str) -> bool:
    print(f"\n── {title} ──", flush=True)
    begun = time.monotonic()
    command = [str(PYTHON), "-m", "pytest", "-q", *arguments, *sys.argv[1:]]
    done = run(command, cwd=ROOT, env={**os.environ, **environment}, check=False)
    print(f"{title}: {time.monotonic() - begun:.0f} s", flush=True)
    return done.returncode == 0


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
    passed = [pytest("SQLite", *quick)]
    left_out = [f"--ignore=tests/{folder}" for folder in ONCE]
    with postgres_server() as url:
        passed.append(pytest("PostgreSQL", *quick, *left_out, TANXIN_DATABASE_URL=url))
    in_order = ("-p", "no:randomly", "--dist", "loadfile", *workers)
    passed.append(pytest("Browser", "-m", "e2e and not prove", *in_order))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
