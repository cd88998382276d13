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
# What meets a database again on PostgreSQL. A page asks its questions through the apps, whose tests
# are here; the access matrix opens every address in every state, and what attackers sent is sent
# again, because the two databases refuse different things. All the rest runs once, on SQLite.
ON_BOTH = ("apps", "cli", "web/policy", "web/hostile")
MEETS_NONE = (
    "apps/org/roster",
    "cli/test_rules.py",
    "cli/test_rules_cases.py",
    "web/policy/test_pairs.py",
    "web/hostile/test_marked_texts.py",
    "web/hostile/test_without_a_keeper.py",
)
SERVE_POSTGRES = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests")
import postgres
server, url = postgres.start(Path(sys.argv[1]), syncs=False)
print(url, flush=True)
sys.stdin.read()
"""
BUILD_DEMO = """
import sys
sys.path.insert(0, "tests")
from e2e.running_demo import built_home
built_home()
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
    both = [f"tests/{folder}" for folder in ON_BOTH]
    both += [f"--ignore=tests/{folder}" for folder in MEETS_NONE]
    # The browser's demo is built by one process: beside these tests, so that nobody waits for it.
    demo = Popen([str(PYTHON), "-c", BUILD_DEMO], cwd=ROOT)
    with postgres_server() as url:
        # Here the tables come from the migrations, on SQLite straight from the models.
        quick = (*quick, "--migrations")
        passed.append(pytest("PostgreSQL", *quick, *both, TANXIN_DATABASE_URL=url))
    passed.append(demo.wait() == 0)
    in_order = ("-p", "no:randomly", "--dist", "loadfile", *workers, "tests/e2e")
    passed.append(pytest("Browser", "-m", "e2e and not prove", *in_order))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
