"""T08: of so many random changes to the rows, every one is noticed, in both suites."""

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from forging import WAYS, Rows
from speaking import Kept, ask, result

from keeper_process import KeeperProcess

FEW, ALL = 51, 1_000


@pytest.mark.parametrize("suite", ["intl-1", "gm-1"])
@pytest.mark.parametrize("count", [FEW, pytest.param(ALL, marks=pytest.mark.prove)])
def test_every_tampering_is_noticed(suite, count):
    home = Path(tempfile.mkdtemp(prefix="tanxin-forged-"))
    process = KeeperProcess(home, suite=suite)
    process.start()
    try:
        kept = Kept(lambda op, **args: result(process.socket, op, **args))
        rows = Rows(kept, Random(count))
        before = [len(kept.releases(item["record"])) for *_, item in rows.records]
        passed = [
            way.__name__
            for way in (WAYS[number % len(WAYS)] for number in range(count))
            if ask(process.socket, "open", **kept.opening([way(rows)]))["ok"]
        ]
        after = [len(kept.releases(item["record"])) for *_, item in rows.records]
    finally:
        process.stop()
        shutil.rmtree(home)

    assert passed == []
    assert after == before
    print(f"{suite}: {count} of {count} tamperings noticed")
