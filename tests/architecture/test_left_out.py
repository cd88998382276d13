"""What runs on both databases, and what of it does not, is there under the name it is given."""

from our_tools import ROOT, tool


def test_nothing_is_named_that_is_not_there():
    named = (*tool("run_tests").ON_BOTH, *tool("run_tests").MEETS_NONE)

    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
