"""Lists of issues, each for one person."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from tanxin.apps.issues.access import (
    WATCHING,
    helped,
    led,
    not_kept,
    own_looks,
    visible_issues,
)
from tanxin.apps.issues.looking_models import EffectCheck
from tanxin.apps.issues.models import Issue, Measure, MeasureRole, Step
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.following import EFFECT_WITHIN, Mark, mark_of
from tanxin.core.lifecycle import PROMISED, SETTLED, SOLVING, IssueMove, IssueState

IssueRow: TypeAlias = Issue
MOST_ANSWERS = 10


def issues_waiting_for(actor: Actor) -> QuerySet[Issue]:
    """What the actor has to do about issues, the most urgent first."""
    waiting = visible_issues(actor).filter(waiting_for=actor.person_id, waiting_for__isnull=False)
    return waiting.select_related("talk").order_by("wanted_on", "pk")


def issues_raised_by(actor: Actor) -> QuerySet[Issue]:
    """What the actor has raised in talks with others, the latest first."""
    raised = Issue.objects.filter(realm=actor.realm_id, talk__subject=actor.person_id)
    return raised.select_related("talk").order_by("-raised_at", "-pk")


def answers_to(actor: Actor, *, since: datetime) -> list[tuple[Issue, UUID]]:
    """What the actor raised and was lately answered or explained, with the answer's record."""
    issues = {
        issue.pk: issue
        for issue in issues_raised_by(actor).filter(
            state__in=[state.value for state in SETTLED], answered_at__gte=since
        )[:MOST_ANSWERS]
    }
    steps = Step.objects.filter(
        realm=actor.realm_id,
        issue__in=list(issues),
        move__in=[IssueMove.ANSWER.value, IssueMove.EXPLAIN.value],
    ).order_by("number")
    records = {step.issue_id: step.text_id for step in steps if step.text_id}
    return [(issues[issue_id], record) for issue_id, record in records.items()]


def issues_led_by(actor: Actor) -> QuerySet[Issue]:
    """What others have raised in talks the actor led, the latest first."""
    mine = Issue.objects.filter(led(actor), realm=actor.realm_id)
    return mine.select_related("talk").order_by("-raised_at", "-pk")


def raised_with(actor: Actor, person_id: UUID) -> QuerySet[Issue]:
    """What one person raised in talks the actor led; not what reached him as owner or verifier.

    Who solves a matter is not told whose it is, so nothing of that stands under a name.
    """
    return issues_led_by(actor).filter(talk__subject=person_id)


def open_promises(actor: Actor, people: Iterable[UUID]) -> dict[UUID, int]:
    """How many issues each of ``people`` raised have a measure, but wait for the actor's answer.

    Before a measure is set nothing was promised.
    """
    raised = issues_led_by(actor).filter(talk__subject__in=list(people)).order_by()
    promised = raised.filter(state__in=[state.value for state in PROMISED])
    return dict(promised.values_list("talk__subject").annotate(Count("pk")))


def issues_helped_by(actor: Actor) -> QuerySet[Issue]:
    """What the actor solves, verifies, or looks into, the latest wanted first.

    Ordered by nothing that would tell when, and so in which talk, the matter came up.
    """
    rows = Issue.objects.filter(not_kept(actor), helped(actor), realm=actor.realm_id)
    return rows.select_related("talk").order_by("-wanted_on", "-pk")


def issues_watched(actor: Actor) -> QuerySet[Issue]:
    """Every issue of the realm that is not kept from a supervisor, the latest first."""
    if not watches(actor):
        return Issue.objects.none()
    return visible_issues(actor).select_related("talk").order_by("-raised_at", "-pk")


def watches(actor: Actor) -> bool:
    return decide(Permission.ISSUE_VIEW, actor.standing & WATCHING).allowed


def issues_of_talk(actor: Actor, talk_id: UUID) -> QuerySet[Issue]:
    """The issues raised in one talk, for its two sides; nothing for anybody else."""
    mine = led(actor) | Q(talk__subject=actor.person_id)
    raised = Issue.objects.filter(mine, realm=actor.realm_id, talk=talk_id)
    return raised.select_related("talk").order_by("raised_at", "pk")


def dues_of(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, date]:
    """The day each issue's measure is due, for those that have one."""
    measures = Measure.objects.filter(realm=realm_id, issue__in=[issue.pk for issue in issues])
    return dict(measures.values_list("issue", "due"))


def extensions_of(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, int]:
    """How often each issue's measure was given more time, where it was."""
    measures = Measure.objects.filter(
        realm=realm_id, issue__in=[issue.pk for issue in issues], extended__gt=0
    )
    return dict(measures.values_list("issue", "extended"))


def owners_of(realm_id: UUID, issues: Iterable[Issue]) -> dict[UUID, UUID]:
    """Who solves each issue, for those that have a measure: all who see the issue are told."""
    parts = MeasureRole.objects.filter(
        realm=realm_id, role="owner", measure__issue__in=[issue.pk for issue in issues]
    )
    return dict(parts.values_list("measure__issue", "person"))


def is_overdue(state: str, due: date | None, today: date) -> bool:
    """Whether the owner has let the measure's day pass without a report."""
    return state in SOLVING and due is not None and due < today


def marks_of(
    realm_id: UUID, issues: Iterable[Issue], dues: dict[UUID, date], today: date
) -> dict[UUID, Mark]:
    """Red and yellow, by issue that is being solved; asking for more time stops no clock."""
    calendar = work_calendar(realm_id)
    return {
        issue.pk: mark_of(dues.get(issue.pk), today, calendar)
        for issue in issues
        if issue.state in SOLVING
    }


def effects_to_say(actor: Actor, *, today: date) -> QuerySet[EffectCheck]:
    """What the actor is asked now whether it helped, and has not said."""
    if actor.person_id is None:
        return EffectCheck.objects.none()
    his = Q(part="subject", issue__talk__subject=actor.person_id) | Q(
        pk__in=own_looks(actor).values("pk")
    )
    kept = Q(part="verifier") & ~Q(issue__in=Issue.objects.filter(not_kept(actor)).values("pk"))
    asked = EffectCheck.objects.filter(
        his,
        ~kept,
        realm=actor.realm_id,
        person=actor.person_id,
        word="",
        asked_on__lte=today,
        asked_on__gte=today - EFFECT_WITHIN,
        round=F("issue__times_reopened"),
        issue__state=IssueState.ANSWERED.value,
    )
    return asked.select_related("issue__talk").order_by("asked_on", "pk")


def to_look_at_again(actor: Actor, *, today: date) -> QuerySet[Issue]:
    """What the leader explained could not be solved, where the day to look again has come."""
    mine = Issue.objects.filter(
        led(actor), realm=actor.realm_id, state=IssueState.EXPLAINED.value, look_again_on__lte=today
    )
    return mine.select_related("talk").order_by("look_again_on", "pk")
