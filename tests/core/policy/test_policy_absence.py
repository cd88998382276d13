"""An absence of half a year and more follows from the days of a leave."""

from datetime import date

import pytest

from tanxin.core.policy import StateFact
from tanxin.core.policy.absence import long_absences
from tanxin.core.policy.cases import cases_in, duties_of
from tanxin.core.policy.load import load_packs
from tanxin.packs import shipped_sources

JAN, JUN, JUL = date(2026, 1, 10), date(2026, 6, 30), date(2026, 7, 10)


@pytest.mark.parametrize(
    ("kind", "start", "end", "found"),
    [
        ("leave", JAN, JUL, [(JAN, JUL)]),
        ("study", JAN, JUN, []),
        ("leave", JAN, None, [(JUL, None)]),
        ("abroad", None, None, [(None, None)]),
        ("secondment", None, JUL, [(None, JUL)]),
        ("ill", JAN, JUL, []),
    ],
)
def test_what_is_long_enough_is_long_from_its_first_day(kind, start, end, found):
    states = [StateFact("a", "ben", kind, start, end, sensitive=False)]

    long = list(long_absences(states))

    assert [(each.start, each.end) for each in long] == found
    assert all(each.kind == "long_absent" and each.id != "a" for each in long)


NATIONAL = shipped_sources("national")["national/pack.yaml"]
CASE = """
packs: [national]
today: 2026-05-20
year: 2026
cases:
  - case: long
    given: {branch: {first: {ada: secretary, ben: member}}, state: {ben: leave %s}}
    expect: [{rule: branch-committee-member, who: ada, whom: ben}]
"""


@pytest.mark.parametrize(
    ("days", "owed"), [("2026-01-10..2026-12-20", 0), ("2026-01-10..2026-03-01", 1)]
)
def test_a_rule_that_excepts_long_absence_follows_the_days_of_a_leave(days, owed):
    text = NATIONAL.replace(
        "  - id: branch-committee-member\n",
        "  - id: branch-committee-member\n"
        "    except: [{id: branch-committee-member.away, title: {zh: 离岗半年以上, en: Away for long},"
        " state: long_absent, of: subject}]\n",
    )
    packs = load_packs({"p": text}).packs
    [case] = cases_in(CASE % days)

    found = duties_of(case, packs)

    assert sum(duty.rule.rule == "branch-committee-member" for duty in found) == owed
