"""G21: killed at any line between authorised and answered, nothing was answered without a leaf."""

import shutil
import tempfile
import time
from pathlib import Path

import pytest
from speaking import Kept, ask, result

from keeper_process import KeeperProcess

FEW, ALL = 6, 40


@pytest.fixture
def place():
    home = Path(tempfile.mkdtemp(prefix="tanxin-dying-"))
    yield home
    shutil.rmtree(home)


class Dying(KeeperProcess):
    """Dies by itself at a line; ``lines`` is how many it lived through."""

    def __init__(self, home: Path, line: int) -> None:
        super().__init__(home)
        self.line, self.count = line, home / "count"

    def command(self, *more: str) -> list[str]:
        script = str(Path(__file__).with_name("dying_keeper.py"))
        python, _, _, *options = super().command(*more)
        return [python, script, str(self.line), str(self.count), *options]


@pytest.mark.parametrize("count", [FEW, pytest.param(ALL, marks=pytest.mark.prove)])
def test_no_response_is_without_its_leaf_wherever_it_dies(place, count):
    whole = KeeperProcess(place)
    whole.start()
    kept = Kept(lambda op, **args: result(whole.socket, op, **args))
    items, _ = kept.record("说了心里话"), kept.session
    opening = kept.opening(items)
    whole.stop()
    lines = lines_of_one_opening(place, opening)
    assert lines > ALL
    answered, died = 1, 0

    for line in points(lines, count):
        dying = Dying(place, line)
        dying.start()
        answer = answer_of(dying, opening)
        answered += answer
        if dying.is_running():
            settle(dying)
        died += 1
        whole.start()
        leaves = len(kept.releases(items[0]["record"]))
        whole.stop()
        assert answered <= leaves <= 1 + died

    assert leaves > 1
    print(f"killed at {died} points of {lines}: {answered - 1} answered, {leaves - 1} leaves")


def points(lines: int, count: int) -> list[int]:
    """Half of them spread over all lines, half the last ones, where leaf and answer are written."""
    half = count // 2
    return [1 + number * lines // half for number in range(half)] + [
        lines - number for number in range(count - half)
    ]


def lines_of_one_opening(place, opening) -> int:
    living = Dying(place, 0)
    living.start()
    assert ask(living.socket, "open", **opening)["ok"]
    living.stop()
    return int(living.count.read_text())


def answer_of(dying, opening) -> bool:
    try:
        answer = ask(dying.socket, "open", **opening)
    except OSError:
        return False
    return bool(answer and answer["ok"])


def settle(dying) -> None:
    deadline = time.monotonic() + 2
    while dying.is_running() and time.monotonic() < deadline:
        time.sleep(0.02)
    if dying.is_running():
        dying.stop()
