"""A signal asks a human and changes no score: nothing that assesses may read one, or a sketch."""

import re

import pytest

from our_tools import SOURCE

ASSESSING = ("apps/appraisal", "core/appraisal", "web/appraisal", "apps/reports", "web/reports")
READS = re.compile(
    r"^\s*(from|import)\s+tanxin\.(core\.likeness|core\.oversight|apps\.archive\.likeness"
    r"|apps\.oversight(\.(models|signalling|selectors|services|access|gathering|sampling))?(\s|$))"
    r"|oversight\.Signal|archive\.Likeness",
    re.MULTILINE,
)


def test_nothing_that_assesses_reads_a_signal_or_a_sketch():
    guilty = [
        path.relative_to(SOURCE).as_posix()
        for place in ASSESSING
        for path in sorted((SOURCE / place).rglob("*.py"))
        if READS.search(path.read_text("utf-8"))
    ]

    assert guilty == []


@pytest.mark.parametrize(
    "line",
    [
        "from tanxin.apps.oversight.models import Signal",
        "from tanxin.apps.oversight import selectors",
        "    import tanxin.core.oversight.looking",
        "from tanxin.apps.archive.likeness import latest_measures",
        'apps.get_model("oversight.Signal")',
    ],
)
def test_it_would_be_seen(line):
    assert READS.search(f"x = 1\n{line}\n")


def test_signals_score_nobody_and_no_other_table_points_to_one():
    text = (SOURCE / "apps/oversight/signalling.py").read_text("utf-8")
    assert "appraisal" not in text
    pointing = [
        path.relative_to(SOURCE).as_posix()
        for path in sorted((SOURCE / "apps").rglob("models.py"))
        if "oversight" not in path.parts and "oversight." in path.read_text("utf-8")
    ]
    assert pointing == []
