"""The preparation sheet: built only from what this initiator may see, nothing else even counted."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.delegating import principals_of
from tanxin.apps.duties.reading.reasons import may_know_reason
from tanxin.apps.duties.reading.why import why
from tanxin.apps.issues import selectors as issues
from tanxin.apps.issues.selectors import IssueRow
from tanxin.apps.org.directory import Directory
from tanxin.apps.org.intake.examine import VARIANTS
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.realms.selectors import organisation_type
from tanxin.apps.talks.beforehand import (
    KnownFact,
    changes_since,
    facts_needed,
    talks_before,
)
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.selectors import TalkRow
from tanxin.core.access import Actor
from tanxin.core.lifecycle import SETTLED
from tanxin.core.policy.schema import Citation
from tanxin.web.issues.kinds import KindNames
from tanxin.web.issues.lines import Line, line
from tanxin.web.org import words as org_words
from tanxin.web.org.asked_day import AskedDay
from tanxin.web.org.people import Teller
from tanxin.web.org.spans import Span
from tanxin.web.preparing import words
from tanxin.web.talks import words as talk_words
from tanxin.web.talks.kinds import kind_name

MOST_TALKS, MOST_OPEN, MOST_ANSWERED = 5, 20, 5
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Earlier:
    id: UUID
    on: datetime
    kind: Promise | str
    by_other: bool
    state: str
    label: Promise
    said: Promise | str
    tone: str


@dataclass(frozen=True, slots=True)
class Promised:
    """``line`` as on the list of issues; ``unit`` is where it is solved."""

    line: Line
    unit: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Known:
    what: str
    purpose: Promise | str
    source: str
    start: date | None
    until: date | None


# How sure the place is stands with the rule, not before somebody who is about to talk.
UNSURE = re.compile(r"（[^（）]*待核）")


@dataclass(frozen=True, slots=True)
class Clause:
    document: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Owed:
    id: UUID
    duty: object
    due: date
    clauses: list[Clause]


@dataclass(frozen=True, slots=True)
class Sheet:
    earlier: list[Earlier]
    promised: list[Promised]
    changes: list[Span]
    since: date
    facts: list[Known]
    owed: list[Owed]
    principals: list[UUID]

    @property
    def open_count(self) -> int:
        return sum(one.is_open for one in self.promised)


def sheet_of(actor: Actor, talk: TalkRow, names: Directory, *, today: date) -> Sheet:
    """For who leads the talk and has asked its door."""
    before = talks_before(actor, talk, most=MOST_TALKS)
    last = next((one.held_at for one in before if one.held_at), None)
    since = timezone.localdate(last) if last else today - A_YEAR
    return Sheet(
        earlier=[earlier(actor, one) for one in before],
        promised=list(promised(actor, talk, names, today)),
        changes=list(changes(talk, since, names, today)),
        since=since,
        facts=[known(fact) for fact in facts_needed(talk, on=today)],
        owed=list(owed(actor, talk)),
        principals=principals_of(
            talk.realm_id,
            talk.initiator_id,
            talk.duty_ids,
            timezone.localdate(talk.held_at or talk.planned_for),
        ),
    )


def earlier(actor: Actor, talk: TalkRow) -> Earlier:
    stands = standing_of(talk)
    said, tone = talk_words.STANDINGS[stands.state] if stands else ("", "")
    return Earlier(
        id=talk.pk,
        on=talk.held_at or talk.planned_for,
        kind=kind_name(talk),
        by_other=talk.initiator_id != actor.person_id,
        state=talk.state,
        label=talk_words.STATES[talk.state],
        said=said,
        tone=tone,
    )


def promised(actor: Actor, talk: TalkRow, names: Directory, today: date) -> Iterator[Promised]:
    """What is still open, the first wanted first; then what was answered lately."""
    raised = issues.raised_with(actor, talk.subject_id)
    rows = [
        *raised.exclude(state__in=SETTLED).order_by("wanted_on", "pk")[:MOST_OPEN],
        *raised.filter(state__in=SETTLED).order_by("-answered_at", "-pk")[:MOST_ANSWERED],
    ]
    dues, owners = issues.dues_of(actor.realm_id, rows), issues.owners_of(actor.realm_id, rows)
    kinds = KindNames(actor.realm_id)
    for row in rows:
        yield Promised(
            line(actor, row, dues.get(row.pk), today, owners.get(row.pk), names=kinds),
            unit_of(row, names),
            is_open=row.state not in SETTLED,
        )


def unit_of(issue: IssueRow, names: Directory) -> str:
    return names.unit_name(issue.unit_id) if issue.unit_id else ""


def changes(talk: TalkRow, since: date, names: Directory, today: date) -> Iterable[Span]:
    found = changes_since(talk, since, on=today)
    if not found:
        return []
    variant = VARIANTS[organisation_type(talk.realm_id)]
    teller = Teller(names, unit_tree(talk.realm_id, today), variant, AskedDay(today, today))
    return [teller.span(one) for one in found]


def known(fact: KnownFact) -> Known:
    return Known(
        what=org_words.word(org_words.STATES, fact.kind),
        purpose=words.PURPOSES.get(fact.kind, words.OTHER_PURPOSE),
        source=fact.source,
        start=fact.start,
        until=fact.until,
    )


def owed(actor: Actor, talk: TalkRow) -> Iterator[Owed]:
    """Why the talk is owed, with the clause; the reason only where the reader may know it."""
    duties = visible_duties(actor).filter(pk__in=talk.duty_ids).select_related("rule")
    for duty in duties.order_by("due", "pk"):
        cites = why(duty).rule.cites if may_know_reason(actor, duty) else ()
        yield Owed(duty.pk, duty, duty.due, [clause_of(cite) for cite in cites])


def clause_of(cite: Citation) -> Clause:
    return Clause(cite.document, UNSURE.sub("", cite.place), cite.clause)
