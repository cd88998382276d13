"""From a roster to facts: match its rows, show the difference, and apply exactly what was shown.

Reading files is the business of ``apps.org.roster``; nothing is stored before somebody accepts.
"""

from tanxin.apps.org.intake.difference import Difference, Group, Step
from tanxin.apps.org.intake.examine import Examination, examine
from tanxin.apps.org.intake.export import export_roster
from tanxin.apps.org.intake.take_in import (
    DifferenceMoved,
    NothingGood,
    RosterHasFaults,
    TakenIn,
    take_in,
)

__all__ = [
    "Difference",
    "DifferenceMoved",
    "Examination",
    "Group",
    "NothingGood",
    "RosterHasFaults",
    "Step",
    "TakenIn",
    "examine",
    "export_roster",
    "take_in",
]
