"""Killed at any moment: what was answered had been logged, what was logged is one chain."""

import shutil
import tempfile
import threading
import time
from pathlib import Path

import pytest
from speaking import Kept, result

from keeper_process import KeeperProcess

ROUNDS = 5


@pytest.fixture
def own():
    home = Path(tempfile.mkdtemp(prefix="tanxin-own-"))
    process = KeeperProcess(home)
    process.start()
    yield process
    if process.is_running():
        process.kill()
    shutil.rmtree(home)


def test_no_answer_without_a_leaf(own):
    kept = Kept(lambda op, **args: result(own.socket, op, **args))
    items, _ = kept.record("说了心里话"), kept.session
    answered = 0

    def open_until_killed():
        nonlocal answered
        while True:
            try:
                texts = kept.open(items)
            except (OSError, TypeError):
                return
            assert texts == ["说了心里话"]
            answered += 1

    for number in range(ROUNDS):
        client = threading.Thread(target=open_until_killed)
        client.start()
        time.sleep(0.1 + number * 0.013)
        own.kill()
        client.join()
        own.start()
        seqs = [release["seq"] for release in kept.releases(items[0]["record"])]
        assert seqs == list(range(1, len(seqs) + 1))
        assert answered <= len(seqs) <= answered + number + 1
    assert answered > ROUNDS
