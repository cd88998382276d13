"""The steps of an issue, from raised to answered, one verb each.

Every step seals its text first and then changes everything in one transaction.
"""

from tanxin.apps.issues.services.answering import answer_issue
from tanxin.apps.issues.services.assigning import assign_issue
from tanxin.apps.issues.services.raising import raise_issue
from tanxin.apps.issues.services.reporting import report_measure
from tanxin.apps.issues.services.verifying import verify_measure

__all__ = ["answer_issue", "assign_issue", "raise_issue", "report_measure", "verify_measure"]
