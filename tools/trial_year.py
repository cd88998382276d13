"""Measure in an invented year how often each sign of supervision errs.

``write`` keeps the figures in ``core/oversight/measured.py``, where pages read them; ``check`` says
whether they are those of today's signs; without a word they are printed.
"""

import sys
from pathlib import Path

from tanxin.core.oversight.facts import Sign
from tanxin.core.oversight.measured import MEASURED, Measured
from tanxin.demo.trial.measuring import measure, trial_year

PLACE = (
    Path(__file__).resolve().parent.parent / "src" / "tanxin" / "core" / "oversight" / "measured.py"
)
BEGINS = "MEASURED: dict[Sign, Measured] = {"


def written(figures: dict[Sign, Measured]) -> str:
    lines = [f"    Sign.{sign.name}: {measured!r},\n" for sign, measured in figures.items()]
    head = PLACE.read_text("utf-8").partition(BEGINS)[0]
    return f"{head}{BEGINS}\n{''.join(lines)}}}\n"


def main(word: str) -> int:
    figures = measure(trial_year())
    if word == "write":
        PLACE.write_text(written(figures), "utf-8")
        return 0
    for sign, measured in figures.items():
        print(f"{sign:12} {measured}")
    if word == "check" and figures != MEASURED:
        print("The figures have moved: python tools/trial_year.py write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
