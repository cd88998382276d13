"""Ours beside a floor of hand-written SQL, on SQLite and PostgreSQL, in the same run.

``--size full`` takes a million people instead of a hundred thousand. Exit code 0 also where a
budget is missed: the figures are for reading.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"small": (3_000, 10_000), "default": (10_000, 100_000), "full": (100_000, 1_000_000)}
BUDGETS = {"D1": 1.5, "D2 1 %": 2.0, "D2 10 units": 3.0}
MEMORY, EXPONENT, ROSTER = 2048, 1.1, 3.0
PLANNING, MOVE_MS = 3.0, 50.0
PAIRS = {"small": 3, "default": 5, "full": 1}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="default")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    parser.add_argument("--json", action="store_true", help="the figures as JSON lines")
    options = parser.parse_args()
    for database in ("sqlite", "postgresql"):
        if options.only in (None, database):
            show(measured(database, options.size), as_json=options.json)
    if options.only is None:
        show_roster(as_json=options.json)
        show_planning(as_json=options.json)
        subprocess.run([sys.executable, "-m", "bench.keeper"], cwd=ROOT, check=True)
    return 0


def measured(database: str, size: str) -> list[dict[str, Any]]:
    """The figures of the smaller and of the larger organisation."""
    return [one(database, people, PAIRS[size]) for people in SIZES[size]]


def one(database: str, people: int, pairs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="tanxin-bench-") as home:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
            "TANXIN_HOME": home,
            "TANXIN_SECRET_KEY": "only-for-the-bench-" + "x" * 40,
            "TANXIN_NO_POOL": "1",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        }
        server = None
        if database == "postgresql":
            sys.path.insert(0, str(ROOT / "tests"))
            import postgres  # noqa: PLC0415 - needs the test packages, and only here

            server, environment["TANXIN_DATABASE_URL"] = postgres.start(Path(home) / "pg")
        done = subprocess.run(
            [sys.executable, "-m", "bench.with_django", "bench.run", str(people), str(pairs)],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        del server
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def show(figures: list[dict[str, Any]], *, as_json: bool) -> None:
    small, large = figures
    if as_json:
        print(json.dumps(figures))
        return
    print(
        f"\n{large['database']}: {large['people']:,} people, {large['units']:,} units,"
        f" {large['duties']:,} duties (floor {large['floor_duties']:,})"
    )
    print(f"{'':14}{'ours s':>9}{'floor s':>9}{'ratio':>7}{'budget':>8}")
    for name, budget in BUDGETS.items():
        ours, theirs = (median(column) for column in zip(*large[name], strict=True))
        ratio = median(mine / floor for mine, floor in large[name])
        print(f"{name:14}{ours:9.3f}{theirs:9.3f}{ratio:7.2f}{verdict(ratio, budget)}")
    exponent = grown(small, large)
    print(f"{'D3 exponent':14}{'':18}{exponent:7.2f}{verdict(exponent, EXPONENT)}")
    print(f"{'memory MiB':14}{large['memory']:9}{'':16}{verdict(large['memory'], MEMORY)}")


def show_roster(*, as_json: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.roster"], cwd=ROOT, check=True, stdout=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    if as_json:
        print(json.dumps(found))
        return
    print(f"\nroster: {found['rows']:,} rows of {found['columns']} columns, {found['memory']} MiB")
    ours, theirs = (median(column) for column in zip(*found["X2"], strict=True))
    ratio = found["ratio"]
    print(f"{'X2':14}{ours:9.3f}{theirs:9.3f}{ratio:7.2f}{verdict(ratio, ROSTER)}")


def show_planning(*, as_json: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.planning"], cwd=ROOT, check=True, stdout=subprocess.PIPE,
        text=True, env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    if as_json:
        print(json.dumps(found))
        return
    print(f"\nplanning: {found['talks']:,} talks of {found['leaders']:,} leaders, 120 days")
    print(f"placed {found['placed']:,}, by the floor {found['floor_placed']:,}")
    ours, theirs = (median(column) for column in zip(*found["S1"], strict=True))
    ratio = found["ratio"]
    print(f"{'S1':14}{ours:9.3f}{theirs:9.3f}{ratio:7.2f}{verdict(ratio, PLANNING)}")
    print(f"{'one move ms':14}{found['move_ms']:9.1f}{'':16}{verdict(found['move_ms'], MOVE_MS)}")


def grown(small: dict[str, Any], large: dict[str, Any]) -> float:
    """Return the power of the number of people by which the time of D1 grows."""
    before, after = (median(ours for ours, _ in each["D1"]) for each in (small, large))
    return log(after / before) / log(large["people"] / small["people"])


def verdict(value: float, budget: float) -> str:
    return f"{budget:8}  {'met' if value <= budget else 'missed'}"


if __name__ == "__main__":
    sys.exit(main())
