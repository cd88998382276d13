"""The résumé (简历): ``2018.03--2021.06  单位职务``, an open end left blank, asides in brackets."""

import re

from tanxin.apps.org.roster.dates import When, read_when
from tanxin.apps.org.roster.findings import Problem, remark
from tanxin.apps.org.roster.rows import CareerLine
from tanxin.apps.org.roster.values import lines, plain

LINE = re.compile(
    r"\s*(\d{4}[.年/]?\d{1,2}月?)\s*(?:--|—+|-|–|至|~|～|－+)\s*"
    r"(\d{4}[.年/]?\d{1,2}月?|至今|今)?(?:\s+(.*)|(.*))"
)
LONGEST = 500
MOST_LINES = 80


def read_career(raw: str) -> tuple[tuple[CareerLine, ...], Problem | None]:
    """The lines that could be read; a note where some could not."""
    found: list[CareerLine] = []
    lost = 0
    for line in lines(raw).split("\n")[:MOST_LINES]:
        read = read_line(line)
        if read:
            found.append(read)
        elif line.strip() and found:
            found[-1] = continued(found[-1], plain(line)[:LONGEST])
        else:
            lost += bool(line.strip())
    return tuple(found), remark("career-lines-lost", count=lost) if lost else None


def read_line(line: str) -> CareerLine | None:
    match = LINE.fullmatch(line)
    if not match:
        return None
    start = read_when(match[1])
    end = read_when(match[2]) if match[2] and "今" not in match[2] else None
    if not isinstance(start, When) or isinstance(end, Problem):
        return None
    what = plain(match[3] or match[4] or "")[:LONGEST].strip()
    return CareerLine(month_of(start), month_of(end) if end else "", what)


def continued(line: CareerLine, more: str) -> CareerLine:
    """An aside （其间：…） stays apart; anything else was only wrapped."""
    if more.startswith(("（", "(")):
        return CareerLine(line.start, line.end, line.text, (*line.asides, more))
    if line.asides:
        joined = (*line.asides[:-1], line.asides[-1] + more)
        return CareerLine(line.start, line.end, line.text, joined)
    return CareerLine(line.start, line.end, line.text + more)


def month_of(when: When) -> str:
    return f"{when.year:04}-{when.month:02}"


def career_text(career: tuple[CareerLine, ...]) -> str:
    """As the form writes it; an open end is seven blanks."""
    written = []
    for line in career:
        end = line.end.replace("-", ".") or " " * 7
        written.append(f"{line.start.replace('-', '.')}--{end}  {line.text}".rstrip())
        written.extend(line.asides)
    return "\n".join(written)
