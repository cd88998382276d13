"""The only doors to answers to all and to summaries."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.issues.replies.models import Reply, Summary
from tanxin.apps.issues.sources import places_of
from tanxin.apps.org.selectors.leading import units_led
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.passing_on import ReplyState

ReplyRow: TypeAlias = Reply
SummaryRow: TypeAlias = Summary


class ReplyNotFound(RowNotFound):
    pass


class ReplyForbidden(RowForbidden):
    pass


class SummaryNotFound(RowNotFound):
    pass


class SummaryForbidden(RowForbidden):
    pass


def relations_to(actor: Actor, reply: Reply, *, on: date) -> frozenset[Relation]:
    """A member is whoever belongs to the unit, once it was published."""
    if actor.person_id is None:
        return frozenset()
    relations = set()
    if reply.author_id == actor.person_id:
        relations.add(Relation.AUTHOR)
    if reply.reviewer_id == actor.person_id:
        relations.add(Relation.ENDORSER)
    if reply.published_at and belongs(actor, reply.unit_id, on=on):
        relations.add(Relation.MEMBER)
    return frozenset(relations)


def belongs(actor: Actor, unit: UUID | None, *, on: date) -> bool:
    if actor.person_id is None:
        return False
    return unit is None or unit in places_of(actor.realm_id, actor.person_id, on)


def reply_for(actor: Actor, reply_id: UUID, permission: Permission, *, on: date) -> Reply:
    """Raises ``ReplyNotFound`` or ``ReplyForbidden``."""
    reply = Reply.objects.filter(realm=actor.realm_id, pk=reply_id).first()
    relations = relations_to(actor, reply, on=on) if reply else frozenset()
    if reply is None or not decide(Permission.REPLY_VIEW, relations).allowed:
        raise ReplyNotFound(reply_id)
    if not decide(permission, relations).allowed:
        raise ReplyForbidden(reply_id)
    return reply


def published_replies(actor: Actor, *, on: date) -> QuerySet[Reply]:
    """What everybody of the actor's units may read, the latest first; not what was withdrawn."""
    mine = Q(unit=None)
    if actor.person_id is None:
        return Reply.objects.none()
    mine |= Q(unit__in=places_of(actor.realm_id, actor.person_id, on))
    rows = Reply.objects.filter(mine, realm=actor.realm_id, state=ReplyState.PUBLISHED.value)
    return rows.order_by("-published_at", "-pk")


def own_replies(actor: Actor) -> QuerySet[Reply]:
    """What the actor wrote, and what he reviews or reviewed, the latest first."""
    mine = Q(author=actor.person_id) | Q(reviewer=actor.person_id)
    rows = Reply.objects.filter(mine, realm=actor.realm_id, author__isnull=False)
    return rows.order_by("-written_at", "-pk")


def replies_to_review(actor: Actor) -> QuerySet[Reply]:
    return Reply.objects.filter(
        realm=actor.realm_id, reviewer=actor.person_id, state=ReplyState.REVIEW.value
    ).order_by("written_at", "pk")


def may_write(actor: Actor, unit: UUID | None, *, on: date) -> bool:
    """Organisers for any unit, who heads a unit for his own."""
    relations = set(actor.standing)
    if unit is not None and unit in led_units(actor, on=on):
        relations.add(Relation.CHIEF)
    return (
        actor.person_id is not None and decide(Permission.REPLY_WRITE, frozenset(relations)).allowed
    )


def led_units(actor: Actor, *, on: date) -> frozenset[UUID]:
    if actor.person_id is None:
        return frozenset()
    return units_led(actor.realm_id, actor.person_id, on)


def relations_to_summary(actor: Actor, summary: Summary, *, on: date) -> frozenset[Relation]:
    led = led_units(actor, on=on)
    if not led:
        return frozenset()
    relations = set()
    if summary.unit_id in led:
        relations.add(Relation.CHIEF)
    above = {node.id for node in unit_tree(actor.realm_id, on).above(summary.handed_to_id)}
    if led & above:
        relations.add(Relation.MANAGER)
    return frozenset(relations)


def summary_for(actor: Actor, summary_id: UUID, *, on: date) -> Summary:
    """Raises ``SummaryNotFound``."""
    summary = Summary.objects.filter(realm=actor.realm_id, pk=summary_id).first()
    if summary is None:
        raise SummaryNotFound(summary_id)
    relations = relations_to_summary(actor, summary, on=on)
    if not decide(Permission.SUMMARY_VIEW, relations).allowed:
        raise SummaryNotFound(summary_id)
    return summary


def visible_summaries(actor: Actor, *, on: date) -> QuerySet[Summary]:
    """Those of the units the actor heads, and of units below that handed theirs up."""
    led, tree = led_units(actor, on=on), unit_tree(actor.realm_id, on)
    below = {node.id for unit in led for node in tree.below(unit)}
    shown = Q(unit__in=led) | Q(handed_to__in=below)
    return Summary.objects.filter(shown, realm=actor.realm_id).order_by("-made_at", "-pk")


def is_unread(actor: Actor, summary: Summary, *, on: date) -> bool:
    """Whether the actor heads the unit it was handed to, and nobody has said that he read it."""
    return summary.read_at is None and summary.handed_to_id in led_units(actor, on=on)
