"""From duties to the lines of lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise

from tanxin.apps.duties.reading.reasons import may_know_reason
from tanxin.apps.duties.reading.states import SOON, DutyRow, standing
from tanxin.apps.org.directory import Directory
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.web.duties import words
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.showing import state_for


@dataclass(frozen=True, slots=True)
class DutyLine:
    """``who`` owes ``whom``; ``other`` is the other one of the reader.

    ``promises`` counts what that other one raised with the reader and has no answer to yet.
    """

    id: UUID
    who: str
    whom: str
    other: str
    mutual: bool
    kind: Promise
    title: str
    period: str
    rule_id: UUID | None
    opens: date
    due: date
    state: str
    label: Promise
    is_open: bool
    group: str
    last: datetime | None
    planned: Promise | None
    planned_state: str
    planned_id: UUID | None
    promises: int


def duty_line(
    actor: Actor,
    duty: DutyRow,
    names: Directory,
    today: date,
    *,
    last: Mapping[UUID, datetime] | None = None,
    planned: Mapping[UUID, TalkRow] | None = None,
    promises: Mapping[UUID, int] | None = None,
) -> DutyLine:
    known = may_know_reason(actor, duty)
    state = standing(duty, today)
    other_id = other_of(actor, duty)
    talk = (planned or {}).get(duty.pk)
    return DutyLine(
        id=duty.pk,
        who=names.name(duty.initiator_id),
        whom=name_of_subject(duty, names),
        other=names.label(other_id) if other_id else str(words.NO_SUBJECT),
        mutual=duty.mutual,
        kind=talk_words.KINDS[duty.kind],
        title=title_known(actor, duty),
        period=words.period(duty.period),
        rule_id=duty.rule_id if known else None,
        opens=duty.opens,
        due=duty.due,
        state=state,
        label=words.STATES[state],
        is_open=duty.state == DutyState.OPEN,
        group=group_of(duty, today),
        last=(last or {}).get(other_id) if other_id else None,
        planned=state_for(actor, talk) if talk else None,
        planned_state=talk.state if talk else "",
        planned_id=talk.pk if talk and talk.initiator_id == actor.person_id else None,
        promises=(promises or {}).get(other_id, 0) if other_id else 0,
    )


def title_known(actor: Actor, duty: DutyRow) -> str:
    """What the duty is called to this reader; the rule alone may say too much."""
    return words.title(duty) if may_know_reason(actor, duty) else str(words.PRIVATE)


def other_of(actor: Actor, duty: DutyRow) -> UUID | None:
    if duty.initiator_id == actor.person_id:
        return duty.subject_id
    return duty.initiator_id


def name_of_subject(duty: DutyRow, names: Directory) -> str:
    return names.name(duty.subject_id) if duty.subject_id else str(words.NO_SUBJECT)


def group_of(duty: DutyRow, today: date) -> str:
    if duty.state != DutyState.OPEN:
        return ""
    if duty.due < today:
        return "late"
    return "soon" if duty.due <= today + SOON else "later"
