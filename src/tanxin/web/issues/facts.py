"""What stands beside the way of an issue: marks, the effect, and how it belongs to others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tanxin.apps.issues.course import EffectSeen, IssueSeen
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.following import Mark, Reply, mark_of, reply_of
from tanxin.core.lifecycle import SOLVING, UNDECIDED, IssueState
from tanxin.web.issues import words
from tanxin.web.issues.course import actions_for
from tanxin.web.tones import Tone

# Where no measure runs any more, its day says nothing.
NO_DUE = (*UNDECIDED, IssueState.EXPLAINED, IssueState.MERGED)
TONES = {Mark.NEAR: Tone.WARN, Mark.LATE: Tone.LATE}


@dataclass(frozen=True, slots=True)
class EffectLine:
    who: Promise
    word: Promise
    asked_on: date
    is_said: bool


@dataclass(frozen=True, slots=True)
class Other:
    id: UUID
    number: str


def facts_of(issue: IssueSeen, realm_id: UUID, today: date) -> dict[str, object]:
    is_solving = issue.state in SOLVING
    mark = mark_of(issue.due, today, work_calendar(realm_id)) if is_solving else Mark.NONE
    actions = actions_for(issue)
    return {
        "actions": actions,
        "more": [action for action in actions if not action.is_next],
        "has_next": any(action.is_next for action in actions),
        "number": words.number_of(issue.id),
        "is_solving": is_solving,
        "has_due": issue.state not in NO_DUE,
        "mark": mark.value,
        "mark_word": words.MARKS.get(mark, ""),
        "mark_tone": TONES.get(mark, Tone.INFO),
        "again": words.AGAIN.get(issue.again, ""),
        "effects": [effect_line(one, today) for one in issue.effects],
        "together": list(together(issue)),
    }


def effect_line(one: EffectSeen, today: date) -> EffectLine:
    reply = reply_of(one.word, one.asked_on, today)
    is_said = reply is Reply.SAID
    word = words.EFFECTS[one.word] if is_said else words.REPLIES[reply]
    return EffectLine(words.WHO_IS_ASKED[one.part], word, one.asked_on, is_said)


def together(issue: IssueSeen) -> Iterator[tuple[Promise, list[Other]]]:
    its = issue.together
    groups = (
        (_("Part of"), (its.split_from,)),
        (_("Parts of it"), its.parts),
        (_("Dealt with in"), (its.merged_into,)),
        (_("Dealt with in this one"), its.merged),
    )
    for label, ids in groups:
        found = [Other(one, words.number_of(one)) for one in ids if one]
        if found:
            yield label, found
