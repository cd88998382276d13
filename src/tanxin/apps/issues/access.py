"""The only door to issues. How somebody stands to one follows from its talk and its measure."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tanxin.apps.issues.looking_models import EffectCheck, Inquiry
from tanxin.apps.issues.models import Issue, MeasureRole
from tanxin.apps.org.former import is_still_his, still_his
from tanxin.apps.org.recusals import is_kept_from, not_kept_from
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide

SIDES = frozenset({Relation.INITIATOR, Relation.SUBJECT})
# See the course of every issue that is not kept from them: who, when and in which state, no text.
WATCHING = frozenset({Relation.SUPERVISOR})


class IssueNotFound(RowNotFound):
    pass


class IssueForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, issue: Issue) -> frozenset[Relation]:
    """All ways in which ``actor`` has to do with ``issue``; he may be several people at once."""
    return relations_with(actor, issue, parts_in(actor, issue))


def parts_in(actor: Actor, issue: Issue) -> frozenset[Relation]:
    """What the actor is to an issue beside the two of its talk."""
    held = own_parts(actor).filter(measure__issue=issue).values_list("role", flat=True)
    parts = {Relation(role) for role in held}
    if own_inquiries(actor).filter(issue=issue).exists():
        parts.add(Relation.INQUIRER)
    if issue.state == "answered" and own_looks(actor).filter(issue=issue).exists():
        parts.add(Relation.VERIFIER)
    return frozenset(parts)


def own_inquiries(actor: Actor) -> QuerySet[Inquiry]:
    """What the actor looks into or has looked into; not what was given to another meanwhile."""
    mine = Inquiry.objects.filter(
        still_his(actor, "since"), realm=actor.realm_id, person=actor.person_id
    )
    return mine.filter(Q(ended_at=None) | Q(found_at__isnull=False))


def own_looks(actor: Actor) -> QuerySet[EffectCheck]:
    """Of what was answered, that whose effect the actor looks at, as verifier or after him."""
    return EffectCheck.objects.filter(
        still_his(actor, "since"),
        realm=actor.realm_id,
        person=actor.person_id,
        part="verifier",
        round=F("issue__times_reopened"),
        issue__state="answered",
    )


def own_parts(actor: Actor) -> QuerySet[MeasureRole]:
    """What the actor owns or verifies, but not what came to him with a post he has left."""
    return MeasureRole.objects.filter(
        still_his(actor, "since"), realm=actor.realm_id, person=actor.person_id
    )


def relations_with(actor: Actor, issue: Issue, parts: Iterable[Relation]) -> frozenset[Relation]:
    """As ``relations_to``, where the actor's ``parts_in`` it are known already."""
    if actor.person_id is None:
        return frozenset()
    relations = set(parts) | actor.standing & WATCHING
    if issue.led_by_id == actor.person_id and is_still_his(
        actor, issue.led_since, issue.talk.subject_id
    ):
        relations.add(Relation.INITIATOR)
    if issue.talk.subject_id == actor.person_id:
        relations.add(Relation.SUBJECT)
    if relations.isdisjoint(SIDES) and relations and is_kept_from(actor, *roots(issue)):
        return frozenset()
    return frozenset(relations)


def roots(issue: Issue) -> tuple[UUID, UUID, UUID]:
    """What somebody may be recused from so that he finds nothing of the issue."""
    return issue.pk, issue.talk_id, issue.talk.subject_id


def issue_for(actor: Actor, issue_id: UUID, permission: Permission) -> Issue:
    """Return the issue if ``actor`` holds ``permission`` on it.

    Raises ``IssueNotFound`` where he may not even know of it, and ``IssueForbidden`` where he may
    see it but not do this.
    """
    return issue_and_relations(actor, issue_id, permission)[0]


def issue_and_relations(
    actor: Actor, issue_id: UUID, permission: Permission
) -> tuple[Issue, frozenset[Relation]]:
    """As ``issue_for``, with all that the actor is to the issue."""
    issue = Issue.objects.filter(realm=actor.realm_id, pk=issue_id).select_related("talk").first()
    if issue is None or actor.person_id is None:
        raise IssueNotFound(issue_id)
    relations = relations_to(actor, issue)
    if not decide(Permission.ISSUE_VIEW, relations).allowed:
        raise IssueNotFound(issue_id)
    if not decide(permission, relations).allowed:
        raise IssueForbidden(issue_id)
    return issue, relations


def visible_issues(actor: Actor) -> QuerySet[Issue]:
    """The issues of the actor's talks, of measures he owns or verifies, and those he watches."""
    if actor.person_id is None:
        return Issue.objects.none()
    if actor.standing & WATCHING:
        shown = led(actor) | Q(talk__subject=actor.person_id) | not_kept(actor)
        return Issue.objects.filter(shown, realm=actor.realm_id)
    return Issue.objects.filter(
        led(actor) | Q(talk__subject=actor.person_id) | helped(actor) & not_kept(actor),
        realm=actor.realm_id,
    )


def issues_to_follow(actor: Actor, *, today: date) -> QuerySet[Issue]:
    """What an organiser sees go on: with a measure, or raised before this month; not kept from him.

    Sooner, that it is there would tell the day, and so the talk, in which it was raised. Whoever
    lists them tells neither what they are about nor who raised or led them.
    """
    if actor.person_id is None or not decide(Permission.ISSUE_FOLLOW, actor.standing).allowed:
        return Issue.objects.none()
    month = timezone.make_aware(datetime.combine(today.replace(day=1), time()))
    begun = Q(measures__isnull=False) | Q(raised_at__lt=month)
    return Issue.objects.filter(begun & not_kept(actor), realm=actor.realm_id).order_by("pk")


def dated_issues(actor: Actor) -> QuerySet[Issue]:
    """Of which the actor may know when they were raised, and so in which talk."""
    rows = visible_issues(actor)
    if actor.standing & WATCHING:
        return rows
    return rows.filter(led(actor) | Q(talk__subject=actor.person_id))


def own_issues(actor: Actor) -> QuerySet[Issue]:
    """Of which the actor is a side, or which he solves or verifies, on a ground that holds.

    Nothing of what he helps with and is kept from him.
    """
    if actor.person_id is None:
        return Issue.objects.none()
    return Issue.objects.filter(
        led(actor) | Q(talk__subject=actor.person_id) | helped(actor) & not_kept(actor),
        realm=actor.realm_id,
    )


def helped(actor: Actor) -> Q:
    return (
        Q(pk__in=own_parts(actor).values("measure__issue"))
        | Q(pk__in=own_inquiries(actor).values("issue"))
        | Q(pk__in=own_looks(actor).values("issue"))
    )


def led(actor: Actor) -> Q:
    return Q(led_by=actor.person_id) & still_his(actor, "led_since", "talk__subject")


def not_kept(actor: Actor) -> Q:
    return not_kept_from(actor, "pk", "talk", "talk__subject")


def kept_issues(actor: Actor) -> QuerySet[Issue]:
    """The issues of which the actor finds nothing, whatever his part in their measures is."""
    if actor.person_id is None:
        return Issue.objects.none()
    return Issue.objects.filter(~not_kept(actor), realm=actor.realm_id)
