"""The only door to issues. How somebody stands to one follows from its talk and its measure."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide


class IssueNotFound(RowNotFound):
    pass


class IssueForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, issue: Issue) -> frozenset[Relation]:
    """All ways in which ``actor`` has to do with ``issue``; he may be several people at once."""
    held = MeasureRole.objects.filter(
        realm=actor.realm_id, measure__issue=issue, person=actor.person_id
    ).values_list("role", flat=True)
    return relations_with(actor, issue, held)


def relations_with(actor: Actor, issue: Issue, held: Iterable[str]) -> frozenset[Relation]:
    """As ``relations_to``, where the actor's part in the measure is known already."""
    relations = {Relation(role) for role in held}
    if issue.talk.initiator_id == actor.person_id:
        relations.add(Relation.INITIATOR)
    if issue.talk.subject_id == actor.person_id:
        relations.add(Relation.SUBJECT)
    return frozenset(relations)


def issue_for(actor: Actor, issue_id: UUID, permission: Permission) -> Issue:
    """Return the issue if ``actor`` holds ``permission`` on it.

    Raises ``IssueNotFound`` where he may not even know of it, and ``IssueForbidden`` where he may
    see it but not do this.
    """
    issue = Issue.objects.filter(realm=actor.realm_id, pk=issue_id).select_related("talk").first()
    if issue is None or actor.person_id is None:
        raise IssueNotFound(issue_id)
    relations = relations_to(actor, issue)
    if not decide(Permission.ISSUE_VIEW, relations).allowed:
        raise IssueNotFound(issue_id)
    if not decide(permission, relations).allowed:
        raise IssueForbidden(issue_id)
    return issue


def visible_issues(actor: Actor) -> QuerySet[Issue]:
    """The issues of the actor's talks, and those whose measure he owns or verifies."""
    if actor.person_id is None:
        return Issue.objects.none()
    roles = MeasureRole.objects.filter(realm=actor.realm_id, person=actor.person_id)
    return Issue.objects.filter(
        Q(talk__initiator=actor.person_id)
        | Q(talk__subject=actor.person_id)
        | Q(pk__in=roles.values("measure__issue")),
        realm=actor.realm_id,
    )
