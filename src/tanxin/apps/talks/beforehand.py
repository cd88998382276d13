"""What an initiator should know before he talks with somebody, as far as he may know it.

Whatever he watches by his task, owns or verifies is not asked: only what the two had together, what
the roster says to everybody, and facts he has need to know.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import PersonState
from tanxin.apps.org.selectors import FactLine, facts_of
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.access import led, told
from tanxin.apps.talks.holders import is_near
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import OVER
from tanxin.core.access import Actor
from tanxin.core.expiring import relied_on_until
from tanxin.core.lifecycle import BEFORE_HELD, CALLED_OFF, TalkState

PLACES = frozenset({"post", "rank", "seat", "charge", "branch"})


@dataclass(frozen=True, slots=True)
class KnownFact:
    """``until`` is the first day on which it is shown no more, None for what lasts."""

    kind: str
    source: str
    start: date | None
    until: date | None


def is_to_come(talk: Talk) -> bool:
    state = TalkState(talk.state)
    return state in BEFORE_HELD and state not in CALLED_OFF


def talks_before(actor: Actor, talk: Talk, *, most: int) -> list[Talk]:
    """The last talks of just these two that took place, the latest first."""
    other = talk.subject_id
    of_the_two = led(actor) & Q(subject=other) | told(actor) & Q(initiator=other)
    rows = Talk.objects.filter(of_the_two, realm=actor.realm_id, state__in=OVER)
    return list(rows.exclude(pk=talk.pk).order_by("-held_at", "-pk")[:most])


def facts_needed(talk: Talk, *, on: date) -> list[KnownFact]:
    """The subject's states on the day, each until it expires.

    Sensitive ones only for who owes him talks or leads him, as for the way a talk is held.
    """
    rows = PersonState.objects.filter(on_day(on), realm=talk.realm_id, person=talk.subject_id)
    found = list(rows.order_by("-start", "kind", "pk"))
    if any(row.sensitive for row in found) and not is_near(
        talk.realm_id, talk.initiator_id, talk.subject_id, on
    ):
        found = [row for row in found if not row.sensitive]
    zone = zone_of(talk.realm_id)
    facts = (
        KnownFact(
            row.kind,
            row.source,
            row.start,
            relied_on_until(row.kind, row.end, row.recorded_at.astimezone(zone).date()),
        )
        for row in found
    )
    return [fact for fact in facts if fact.until is None or fact.until > on]


def changes_since(talk: Talk, since: date, *, on: date) -> list[FactLine]:
    """The subject's posts, ranks, seats and charges that began or ended after ``since``."""
    return [
        line
        for line in facts_of(talk.realm_id, talk.subject_id)
        if line.kind in PLACES and any(day and since < day <= on for day in (line.start, line.end))
    ]
