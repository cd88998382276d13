"""What the keeper costs: one record written and read, beside plain rows, in the same run.

``python -m bench.keeper [--suite gm-1]`` makes its own database and keeper and leaves nothing.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.keeper_cost import Cost

TIMES, SEARCHED, TEXT = 100, 2_000, "说了三件事：处里缺两个人，孩子上学，想换岗位。" * 40
READY_WITHIN = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", choices=["intl-1", "gm-1"], default="intl-1")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tanxin-keeper-bench-") as home:
        keeper = start_keeper(Path(home), options.suite)
        try:
            prepare_django(Path(home))
            from bench.keeper_cost import Cost  # noqa: PLC0415 - needs Django, set up just now

            sys.stdout.writelines(f"{line}\n" for line in figures(Cost(TEXT), options.suite))
        finally:
            keeper.terminate()
            keeper.wait()
    return 0


def start_keeper(home: Path, suite: str) -> subprocess.Popen[bytes]:
    path = home / "keeper.sock"
    arguments = ["--socket", path, "--home", home / "keeper", "--suite", suite, "--believe-web"]
    for limit in ("--quota", "--realm-quota", "--search-quota"):
        arguments += [limit, 1_000_000]
    command = [sys.executable, "-m", "tanxin.keeper", *map(str, arguments)]
    keeper = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(path)) == 0:
                return keeper
        time.sleep(0.05)
    raise SystemExit("The keeper did not start.")


def prepare_django(home: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tanxin.config.settings",
        "TANXIN_HOME": str(home),
        "TANXIN_KEEPER_SOCKET": str(home / "keeper.sock"),
        "TANXIN_SECRET_KEY": "only-for-the-bench-" + "x" * 40,
        "TANXIN_NO_POOL": "1",
    }
    import django  # noqa: PLC0415 - the environment comes first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)


def figures(cost: "Cost", suite: str) -> Iterator[str]:
    rows = (
        ("write one record with its leaf", cost.write_plain, cost.write_sealed),
        ("read one record", cost.read_plain, cost.read_sealed),
    )
    yield f"\nkeeper, {suite.upper()}: {TIMES} times each, texts of {len(TEXT.encode()):,} bytes"
    yield f"{'':32}{'ours ms':>9}{'p95':>7}{'plain ms':>9}{'ratio':>7}"
    for name, plain, ours in rows:
        floor, sealed = measured(plain), measured(ours)
        p95 = quantiles(sealed, n=20)[-1]
        ratio = median(sealed) / median(floor)
        yield f"{name:32}{median(sealed):9.2f}{p95:7.2f}{median(floor):9.2f}{ratio:7.1f}"
    searched = measured(cost.searching(SEARCHED), times=5)
    yield f"{f'search in {SEARCHED:,} records':32}{median(searched):9.0f}"


def measured(do: Callable[[], object], times: int = TIMES) -> list[float]:
    """Milliseconds of each; the first ones are not counted."""
    for _ in range(3):
        do()
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        do()
        took.append((time.perf_counter() - begun) * 1000)
    return took


if __name__ == "__main__":
    sys.exit(main())
