"""What a reader has to say about a file, in codes; ``words`` has the sentences."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from tanxin.apps.org.roster.places import RowKey, Where

NOTHING: Mapping[str, str] = MappingProxyType({})
# So many findings of one code are kept; the rest is counted (a file of 100,000 bad rows).
KEPT_PER_CODE = 500
# An unknown word means the same wherever it stands: one answer settles all rows that have it.
ASKED_ONCE = frozenset({
    "event-unknown", "gender-unknown", "kind-unknown", "parent-unknown-like", "politics-unknown",
    "rank-several", "rank-unknown", "role-unknown", "state-unknown", "unit-unknown-like",
})  # fmt: skip


class Severity(StrEnum):
    ERROR = "error"
    QUESTION = "question"
    NOTE = "note"


class Problem(NamedTuple):
    """Something wrong with a value, before anyone knows where it stands."""

    severity: Severity
    code: str
    params: Mapping[str, str] = NOTHING
    readings: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """``params`` and ``readings`` may hold personal data: for the page, never for a log.

    A question lists its ``readings``: the values ``field`` of the row may take, as ``settle``
    accepts them.
    """

    severity: Severity
    code: str
    where: Where
    params: Mapping[str, str] = field(default_factory=lambda: NOTHING, repr=False)
    readings: tuple[str, ...] = field(default=(), repr=False)
    hint: str = ""
    field: str = ""

    @property
    def key(self) -> str:
        """Names the finding in a form; the same file read again gives the same key."""
        value = self.params.get("value", "")
        place: tuple[object, ...] = (self.code, self.field, value)
        if self.code not in ASKED_ONCE:
            place = (*self.where.key, self.where.column, *place)
        return blake2b("\x1f".join(map(str, place)).encode(), digest_size=12).hexdigest()


class Report:
    """Gathers findings; remembers every refused row, also where the finding is only counted."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.refused: set[RowKey] = set()
        self.counts: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.asked: set[tuple[str, str, str]] = set()

    def add(self, where: Where, problem: Problem, field: str = "") -> None:
        kept = self.is_kept(problem, field)
        # A question that is only counted cannot be answered: its row is refused like a faulty one.
        if where.row and must_be_refused(problem.severity, kept=kept):
            self.refused.add(where.key)
        if kept:
            self.findings.append(
                Finding(
                    problem.severity,
                    problem.code,
                    where,
                    problem.params,
                    problem.readings,
                    problem.hint,
                    field,
                )
            )

    def is_kept(self, problem: Problem, field: str) -> bool:
        asked = (problem.code, field, problem.params.get("value", ""))
        if asked in self.asked:
            return True
        self.counts[problem.code] += 1
        kept = self.counts[problem.code] <= KEPT_PER_CODE
        if kept and problem.code in ASKED_ONCE and problem.severity is Severity.QUESTION:
            self.asked.add(asked)
        if not kept:
            self.left_out[problem.code] += 1
        return kept

    def tells(self, where: Where, field: str) -> bool:
        """Whether something was found in this cell of the row that is just being read."""
        for finding in reversed(self.findings):
            if finding.where.key != where.key:
                return False
            if finding.field == field:
                return True
        return False

    def error(self, where: Where, code: str, hint: str = "", **params: object) -> None:
        self.add(where, Problem(Severity.ERROR, code, texts(params), hint=hint))

    def note(self, where: Where, code: str, hint: str = "", **params: object) -> None:
        self.add(where, Problem(Severity.NOTE, code, texts(params), hint=hint))

    def closed(self, where: Where) -> tuple[Finding, ...]:
        """All findings, with a last one for each code of which not all were kept."""
        for code, count in sorted(self.left_out.items()):
            self.note(where, "more-of-these", of=code, count=count)
        return tuple(self.findings)


def must_be_refused(severity: Severity, *, kept: bool) -> bool:
    return severity is Severity.ERROR or (severity is Severity.QUESTION and not kept)


def texts(params: Mapping[str, object]) -> Mapping[str, str]:
    return {name: str(value) for name, value in params.items()}


def wrong(code: str, hint: str = "", **params: object) -> Problem:
    return Problem(Severity.ERROR, code, texts(params), hint=hint)


def unclear(code: str, *readings: str, hint: str = "", **params: object) -> Problem:
    return Problem(Severity.QUESTION, code, texts(params), readings, hint)


def remark(code: str, hint: str = "", **params: object) -> Problem:
    return Problem(Severity.NOTE, code, texts(params), hint=hint)
