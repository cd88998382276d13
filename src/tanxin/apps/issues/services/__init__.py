"""The steps of an issue, from raised to answered and to its effect, one verb each.

Every step seals its text first and then changes everything in one transaction.
"""

from tanxin.apps.issues.services.answering import answer_issue
from tanxin.apps.issues.services.assigning import assign_issue
from tanxin.apps.issues.services.effects import say_effect
from tanxin.apps.issues.services.explaining import explain_issue, take_up_again
from tanxin.apps.issues.services.extending import ask_time, deny_time, give_time
from tanxin.apps.issues.services.inquiring import ask_for_facts, report_facts
from tanxin.apps.issues.services.raising import raise_issue
from tanxin.apps.issues.services.reasoning import write_cause
from tanxin.apps.issues.services.regrouping import (
    merge_issue,
    mergeable_with,
    release_issue,
    split_issue,
)
from tanxin.apps.issues.services.reporting import note_progress, report_measure
from tanxin.apps.issues.services.verifying import verify_measure

__all__ = [
    "answer_issue",
    "ask_for_facts",
    "ask_time",
    "assign_issue",
    "deny_time",
    "explain_issue",
    "give_time",
    "merge_issue",
    "mergeable_with",
    "note_progress",
    "raise_issue",
    "release_issue",
    "report_facts",
    "report_measure",
    "say_effect",
    "split_issue",
    "take_up_again",
    "verify_measure",
    "write_cause",
]
