"""What the second database is not asked is there, under the name it is left out by."""

from our_tools import ROOT, tool


def test_nothing_is_left_out_that_is_not_there():
    missing = [name for name in tool("run_tests").ONCE if not (ROOT / "tests" / name).exists()]

    assert missing == []
