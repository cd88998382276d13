"""Two rules about the same people are noted: one talk meets both, or none can."""

import pytest

from packs import UPPER, changed, local
from tanxin.core.policy import load_packs, notes_on

TIME = "time: {at_least: often, each: year}"
WHO = "who: {seat: chief, of: leadership}"
WHOM = "whom: {seat: [deputy, member], of: leadership}"
KIND = "kind: routine"


def notes(*changes, upper=()):
    sources = {"u": changed(UPPER, *upper), "own": local("extends: upper", "", *changes)}
    checked = load_packs(sources)
    assert checked.faults == ()
    return list(notes_on(checked.packs))


def test_the_same_people_are_met_by_one_talk_and_the_stricter_rule_is_named():
    (note,) = notes(TIME, "time: {at_least: 1, each: month}")

    assert (note.code, note.file) == ("overlap", "own")
    assert note.params == {
        "rule": "upper/chief-member",
        "other": "own/chief-member",
        "more": "own/chief-member",
    }


TYPES = """\
types:
  praise: {title: {zh: 勉励谈话, en: Praise}, kind: routine}
  blame: {title: {zh: 批评谈话, en: Blame}, kind: routine}
"""


@pytest.mark.parametrize(
    ("old", "new", "respect"),
    [
        (KIND, "kind: care", "kind"),
        (KIND, KIND + "\n    form: collective", "form"),
        (KIND, KIND + "\n    channel: phone", "channel"),
    ],
)
def test_where_no_talk_can_meet_both_it_says_why(old, new, respect):
    (note,) = notes(old, new)

    assert (note.code, note.params["respect"]) == ("conflict", respect)


def test_no_talk_is_of_two_types():
    line = "    kind: routine\n"

    (note,) = notes(
        line,
        "    type: blame\n",
        upper=("rules:\n", TYPES + "rules:\n", line, "    type: praise\n"),
    )

    assert (note.code, note.params["respect"]) == ("conflict", "type")


AWARD = "time: {within: {days: 3}, after: {event: [award, petition]}}"
YEARS = "{talk: care, within: {months: 3}}"


@pytest.mark.parametrize(
    ("changes", "upper"),
    [
        ((TIME, AWARD), ()),
        ((TIME, AWARD), (TIME, "time: {within: {days: 3}, after: {event: illness}}")),
        ((WHOM, "whom: {seat: deputy, of: leadership}"), (WHOM, "whom: {seat: member, of: leadership}")),
        ((WHOM, "whom: {seat: deputy, of: party_group}"), ()),
        ((WHOM, WHOM[:-1] + ", state: ill}"), (WHOM, WHOM[:-1] + ", not_state: ill}")),
        ((WHOM, WHOM[:-1] + ", rank: chu-fu}"), (WHOM, WHOM[:-1] + ", rank: ke-zheng}")),
        ((WHOM, WHOM[:-1] + f", talked: {YEARS}}}"), (WHOM, WHOM[:-1] + f", not_talked: {YEARS}}}")),
        (("relation: team", "relation: unit"), ()),
        (("cites: clause-3", "cites: clause-3\n    replaces: upper/chief-member",
          "level: unit", "level: unit\nextends: upper"), ()),
    ],
)  # fmt: skip
def test_other_people_other_occasions_and_what_is_replaced_are_no_matter(changes, upper):
    assert notes(*changes, upper=upper) == []


@pytest.mark.parametrize(
    ("changes", "upper"),
    [
        ((TIME, AWARD), (TIME, "time: {within: {days: 5}, after: {event: award}}")),
        ((WHO, "who: {head: yes}", "relation: team", "relation: below"),
         ("relation: team", "relation: authority")),
        ((WHO, "who: {anyone: yes}", "relation: team", "relation: unit"),
         (WHO, "who: {branch: secretary}", "relation: team", "relation: unit")),
        ((WHO, "who: {anyone: yes}", WHOM, "whom: {anyone: yes}", "relation: team", "relation: contact"),
         (WHO, "who: {anyone: yes}", WHOM, "whom: {anyone: yes}",
          "relation: team", "relation: {contact: pair}")),
        ((WHO, WHOM.replace("whom", "who"), WHOM, WHO.replace("who", "whom"), "    mutual: yes\n", ""), ()),
    ],
)  # fmt: skip
def test_the_same_people_in_other_words_are_found(changes, upper):
    assert [note.code for note in notes(*changes, upper=upper)] == ["overlap"]


def test_versions_of_a_pack_and_packs_of_other_times_are_not_compared():
    ended = changed(UPPER, "valid: {from: 2020-01-01}", "valid: {from: 2020-01-01, to: 2021-01-01}")
    newer = changed(
        UPPER, "version: 1", "version: 2", "valid: {from: 2020-01-01}", "valid: {from: 2021-01-01}"
    )
    later = changed(newer, "pack: upper", "pack: later")

    assert list(notes_on(load_packs({"a": ended, "b": newer}).packs)) == []
    assert list(notes_on(load_packs({"a": ended, "b": later}).packs)) == []
