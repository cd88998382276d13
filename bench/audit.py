"""What the log costs when many write at once, beside the same rows without a chain, in one run.

``python -m bench.audit [--only sqlite] [--json]``. A transaction is a row of the application's and
its leaf with a detail; the floor writes the same three rows and takes no place in the log.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WRITERS, EACH, ROUNDS = 8, 50, 3
LEAST_A_SECOND, MOST_MILLISECONDS = 200, 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON lines")
    options = parser.parse_args()
    for database in ("sqlite", "postgresql"):
        if options.only in {None, database}:
            show(measured(database), as_json=options.json)
    return 0


def measured(database: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="tanxin-log-bench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
            "TANXIN_HOME": home,
            "TANXIN_SECRET_KEY": "only-for-the-bench-" + "x" * 40,
            "TANXIN_NO_POOL": "1",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }
        environment.pop("TANXIN_DATABASE_URL", None)
        server = None
        if database == "postgresql":
            sys.path.insert(0, str(ROOT / "tests"))
            postgres = import_module("postgres")  # of the tests, and only here
            server, environment["TANXIN_DATABASE_URL"] = postgres.start(Path(home) / "pg")
        numbers = map(str, (WRITERS, EACH, ROUNDS))
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bench.with_django", "bench.audit_writers", *numbers],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        del server
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"database": database, **figures}


def show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(f"{json.dumps(found)}\n")
        return
    ours, floor = found["ours"], found["floor"]
    share = ours["rate"] / floor["rate"]
    met = ours["rate"] >= LEAST_A_SECOND and ours["p95"] <= MOST_MILLISECONDS
    sys.stdout.write(
        f"\nlog of changes, {found['database']}, {WRITERS} writers: {found['verdict']}\n"
        f"{'':10}{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}\n"
        f"{'ours':10}{ours['rate']:10.0f}{ours['p50']:9.1f}{ours['p95']:9.1f}\n"
        f"{'no chain':10}{floor['rate']:10.0f}{floor['p50']:9.1f}{floor['p95']:9.1f}\n"
        f"{share:.2f} of the floor; {LEAST_A_SECOND} a second, p95 {MOST_MILLISECONDS} ms:"
        f" {'met' if met else 'missed'}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
