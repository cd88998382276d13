"""When a talk was closed, and from when on its texts may be destroyed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from tanxin.apps.issues.models import Issue
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.core.lifecycle import CALLED_OFF, SETTLED, TalkState
from tanxin.core.retention import kept_until, years_kept

# What is said to a record, or not said, by then; a dispute stays with it for ever.
AT_AN_END = frozenset({TalkState.CONFIRMED, TalkState.DISPUTED, TalkState.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Term:
    talk: Talk
    closed_on: date
    years: int

    @property
    def due_on(self) -> date:
        return kept_until(self.closed_on, self.years)


@dataclass(frozen=True, slots=True)
class Facts:
    zone: ZoneInfo
    said: Mapping[UUID, datetime]
    issues: Mapping[UUID, Sequence[Issue]]


def terms_of(realm_id: UUID, talks: Iterable[Talk]) -> list[Term]:
    """Of the talks that are closed; one with an issue that is not settled is not."""
    rows = list(talks)
    ids = [talk.pk for talk in rows]
    said = Confirmation.objects.filter(realm=realm_id, talk__in=ids).order_by()
    issues: dict[UUID, list[Issue]] = defaultdict(list)
    for issue in Issue.objects.filter(realm=realm_id, talk__in=ids):
        issues[issue.talk_id].append(issue)
    facts = Facts(
        zone_of(realm_id), dict(said.values_list("talk").annotate(Max("said_at"))), issues
    )
    terms = (term_of(talk, facts) for talk in rows)
    return [term for term in terms if term is not None]


def term_of(talk: Talk, facts: Facts) -> Term | None:
    """None while it is not closed."""
    moment = closed_at(talk, facts)
    if moment is None:
        return None
    years = years_kept(talk.kind, conduct_of(talk).retention)
    return Term(talk, moment.astimezone(facts.zone).date(), years)


def closed_at(talk: Talk, facts: Facts) -> datetime | None:
    """The last of: held, entered, what was said to it, the last answer to what was raised."""
    state = TalkState(talk.state)
    if state in CALLED_OFF:
        return max(talk.planned_for, talk.created_at)
    raised = facts.issues.get(talk.pk, ())
    if state not in AT_AN_END or any(issue.state not in SETTLED for issue in raised):
        return None
    last = [talk.held_at, talk.entered_at, facts.said.get(talk.pk)]
    last += [issue.answered_at for issue in raised]
    return max((moment for moment in last if moment), default=None)
