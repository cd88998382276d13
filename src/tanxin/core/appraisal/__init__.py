"""The yearly result: declared schemes, and what they make of the evidence of one unit.

Exact arithmetic on whole numbers, so that a frozen year computed again gives the same bytes.
"""

from tanxin.core.appraisal.evidence import Evidence, together
from tanxin.core.appraisal.frozen import (
    Document,
    Judged,
    UnknownMethod,
    document_of,
    is_unchanged,
    judged_again,
)
from tanxin.core.appraisal.indicators import INDICATORS, Indicator, Nature
from tanxin.core.appraisal.measure import Line, Result, Standing, result_of
from tanxin.core.appraisal.scheme import (
    DEFAULT,
    Fault,
    Scheme,
    SchemeUnreadable,
    faults_of,
    scheme_from,
)

__all__ = [
    "DEFAULT",
    "INDICATORS",
    "Document",
    "Evidence",
    "Fault",
    "Indicator",
    "Judged",
    "Line",
    "Nature",
    "Result",
    "Scheme",
    "SchemeUnreadable",
    "Standing",
    "UnknownMethod",
    "document_of",
    "faults_of",
    "is_unchanged",
    "judged_again",
    "result_of",
    "scheme_from",
    "together",
]
