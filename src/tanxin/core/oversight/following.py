"""What came of talks: the same issue for all, never one, done before it could be done."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from tanxin.core.oversight.entering import about, by_half
from tanxin.core.oversight.facts import Found, IssueFact, Sign, Year, by_initiator

FEWEST_ALIKE = 6
NEARLY_ALL = 80
FEWEST_TALKS = 10
AT_ONCE = timedelta(seconds=60)
FEWEST_AT_ONCE = 3
FEWEST_SAME_DAY = 3
FEWEST_SILENT = 5
MOST_OF_THEM = 80


def same_for_all(year: Year) -> Iterator[Found]:
    """Nearly all issues somebody took down are of one kind, from many people."""
    for person, issues in by_leader(year.issues).items():
        [(kind, _)] = Counter(issue.kind for issue in issues).most_common(1)
        alike = [issue for issue in issues if issue.kind == kind]
        people = {issue.subject for issue in alike}
        if len(people) >= FEWEST_ALIKE and 100 * len(alike) >= NEARLY_ALL * len(issues):
            yield of_issues(
                Sign.SAME_ISSUE, person, alike, kind, people=len(people), whole=len(issues)
            )


def never_any(year: Year) -> Iterator[Found]:
    """Many talks within a year, and nothing was ever raised."""
    with_issues = {issue.led_by for issue in year.issues}
    for person, talks in by_initiator(year.talks).items():
        written = [talk for talk in talks if talk.entered]
        if len(written) >= FEWEST_TALKS and person not in with_issues:
            yield about(Sign.NO_ISSUE, person, written, anchor="year")


def closed_the_same_day(year: Year) -> Iterator[Found]:
    """Raised, solved, verified and answered within one day, several times."""

    def is_so(issue: IssueFact) -> bool:
        return issue.answered is not None and issue.answered.date() == issue.raised.date()

    yield from repeated(year, Sign.SAME_DAY, is_so, FEWEST_SAME_DAY)


def verified_at_once(year: Year) -> Iterator[Found]:
    """Verified within a minute of the report, several times: nobody looked."""

    def is_so(issue: IssueFact) -> bool:
        return within(issue.reported, issue.verified, AT_ONCE)

    yield from repeated(year, Sign.AT_ONCE, is_so, FEWEST_AT_ONCE)


def never_confirmed(year: Year) -> Iterator[Found]:
    """Most of somebody's records of a half-year were left without a word by their subjects."""
    for person, talks in by_initiator(year.talks).items():
        for half, of_half in by_half(talks).items():
            asked = [talk for talk in of_half if talk.lapsed or talk.confirmed]
            silent = [talk for talk in asked if talk.lapsed]
            if len(silent) >= FEWEST_SILENT and 100 * len(silent) >= MOST_OF_THEM * len(asked):
                yield about(Sign.UNCONFIRMED, person, silent, anchor=half, whole=len(asked))


def repeated(
    year: Year, sign: Sign, is_so: Callable[[IssueFact], bool], fewest: int
) -> Iterator[Found]:
    for person, issues in by_leader(year.issues).items():
        found = [issue for issue in issues if is_so(issue)]
        if len(found) >= fewest and 2 * len(found) >= len(issues):
            yield of_issues(sign, person, found, "year", whole=len(issues))


def within(begin: datetime | None, end: datetime | None, most: timedelta) -> bool:
    return begin is not None and end is not None and timedelta(0) <= end - begin <= most


def by_leader(issues: Sequence[IssueFact]) -> dict[UUID, list[IssueFact]]:
    found: dict[UUID, list[IssueFact]] = {}
    for issue in sorted(issues, key=lambda one: (one.raised, one.id)):
        found.setdefault(issue.led_by, []).append(issue)
    return found


def of_issues(
    sign: Sign, person: UUID, issues: Sequence[IssueFact], anchor: str, **told: int
) -> Found:
    return Found(
        sign,
        person,
        anchor=anchor,
        talks=tuple(dict.fromkeys(issue.talk for issue in issues)),
        issues=tuple(issue.id for issue in issues),
        told={"issues": len(issues), **told},
    )
