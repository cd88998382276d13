"""The only door to common issues: organisers, and who was asked to hold the talk."""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.common.models import CommonIssue
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.passing_on import CommonState

CommonRow: TypeAlias = CommonIssue
HELD = [CommonState.TALK.value, CommonState.PLANNED.value]


class CommonNotFound(RowNotFound):
    pass


class CommonForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, common: CommonIssue) -> frozenset[Relation]:
    relations = set(actor.standing)
    if actor.person_id is not None and common.leader_id == actor.person_id:
        relations.add(Relation.CHIEF)
    return frozenset(relations)


def common_for(actor: Actor, common_id: UUID, permission: Permission) -> CommonIssue:
    """Raises ``CommonNotFound`` or ``CommonForbidden``."""
    common = CommonIssue.objects.filter(realm=actor.realm_id, pk=common_id).first()
    relations = relations_to(actor, common) if common else frozenset()
    if common is None or not decide(Permission.COMMON_VIEW, relations).allowed:
        raise CommonNotFound(common_id)
    if not decide(permission, relations).allowed:
        raise CommonForbidden(common_id)
    return common


def visible_common(actor: Actor) -> QuerySet[CommonIssue]:
    """All for organisers; for anybody else those he was asked to hold a talk about."""
    rows = CommonIssue.objects.filter(realm=actor.realm_id)
    if not decide(Permission.COMMON_VIEW, actor.standing).allowed:
        mine = Q(leader=actor.person_id, leader__isnull=False, state__in=HELD)
        rows = rows.filter(mine)
    return rows.order_by("-found_on", "-pk")


def common_to_decide(actor: Actor) -> QuerySet[CommonIssue]:
    rows = CommonIssue.objects.filter(realm=actor.realm_id, state=CommonState.OPEN.value)
    if not decide(Permission.COMMON_DECIDE, actor.standing).allowed:
        return rows.none()
    return rows.order_by("found_on", "pk")


def common_to_plan(actor: Actor) -> QuerySet[CommonIssue]:
    rows = CommonIssue.objects.filter(realm=actor.realm_id, state=CommonState.TALK.value)
    return rows.filter(leader=actor.person_id, leader__isnull=False).order_by("decided_at", "pk")


def wished_rules(actor: Actor) -> QuerySet[CommonIssue]:
    """Common issues for which a change of the rules was wished, for who writes rules."""
    if not decide(Permission.RULE_DRAFT, actor.standing).allowed:
        return CommonIssue.objects.none()
    rows = CommonIssue.objects.filter(realm=actor.realm_id, state=CommonState.RULE.value)
    return rows.order_by("-decided_at", "-pk")
