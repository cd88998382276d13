"""An examination in words: counts, findings row by row, and the difference in groups."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tanxin.apps.org.intake import Examination, Group, Step
from tanxin.apps.org.intake.difference import Doubt
from tanxin.apps.org.intake.words import GROUPS, doubt_sentence
from tanxin.apps.org.roster import Finding, Severity
from tanxin.apps.org.roster.words import reading_word, sentence

SHOWN_STEPS = 200
SHOWN_FINDINGS = 500

COLUMN_WORDS: Mapping[str, Promise] = {
    "name": gettext_lazy("name"),
    "number": gettext_lazy("staff number"),
    "phone": gettext_lazy("phone"),
    "id_number": gettext_lazy("ID number"),
    "mail": gettext_lazy("mail"),
    "gender": gettext_lazy("gender"),
    "birth": gettext_lazy("date of birth"),
    "politics": gettext_lazy("political status"),
    "joined_party": gettext_lazy("joined the Party"),
    "started_work": gettext_lazy("started work"),
    "ethnicity": gettext_lazy("ethnic group"),
    "origin": gettext_lazy("native place"),
    "education": gettext_lazy("education"),
    "party_post": gettext_lazy("post in the Party"),
    "note": gettext_lazy("note"),
    "career": gettext_lazy("résumé"),
}


@dataclass(frozen=True)
class Line:
    severity: str
    text: str
    key: str = ""
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    count: int
    steps: list[Step]

    @property
    def more(self) -> int:
        return self.count - len(self.steps)


def lines(seen: Examination) -> list[Line]:
    """Errors first, then doubts, questions and notes; within each, in the order of the file."""
    order = {Severity.ERROR: 0, Severity.QUESTION: 2, Severity.NOTE: 3}
    rows = Counter(finding.key for finding in seen.roster.questions)
    once = {finding.key: finding for finding in reversed(seen.roster.questions)}
    found = [
        (order[finding.severity], line_of(finding, rows[finding.key]))
        for finding in seen.roster.findings
        if once.get(finding.key, finding) is finding
    ]
    found += [(1, doubt_line(doubt)) for doubt in seen.difference.doubts]
    found.sort(key=lambda item: item[0])
    return [line for _order, line in found]


def line_of(finding: Finding, rows: int) -> Line:
    text = sentence(finding)
    if rows > 1:
        text = _("%(text)s The same in %(count)s rows; answer once.") % {
            "text": text,
            "count": rows,
        }
    readings = tuple((reading, reading_word(finding, reading)) for reading in finding.readings)
    return Line(finding.severity.value, text, finding.key, readings)


def doubt_line(doubt: Doubt) -> Line:
    return Line("doubt", doubt_sentence(doubt))


def sections(seen: Examination) -> list[Section]:
    counts = seen.difference.counts
    shown: dict[Group, list[Step]] = {group: [] for group in counts}
    for step in seen.difference.steps:
        if len(shown[step.group]) < SHOWN_STEPS:
            shown[step.group].append(worded(step))
    return [Section(str(GROUPS[group]), counts[group], shown[group]) for group in counts]


def worded(step: Step) -> Step:
    """Corrected columns are named in the reader's language."""
    if step.group is not Group.CORRECTED:
        return step
    columns = [str(COLUMN_WORDS.get(name, name)) for name in step.after.split("、")]
    return Step(step.group, step.about, after=_(", ").join(columns))


def summary(seen: Examination) -> list[tuple[str, int]]:
    roster = seen.roster
    return [
        (_("people read"), len(roster.people)),
        (_("changes"), len(seen.difference.steps)),
        (_("errors"), len(roster.errors) + len(seen.difference.doubts)),
        (_("questions"), len({finding.key for finding in roster.questions})),
    ]
