"""The only doors to samples and call-backs: those who supervise, and whoever is asked.

Who led the talk has none, though he supervises: he learns neither that nor what was asked.
"""

from collections.abc import Sequence
from json import loads
from typing import TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.oversight.access import supervises
from tanxin.apps.oversight.samples import CallBack, Sample
from tanxin.core.access import Actor, Permission, Relation, RowForbidden, RowNotFound, decide
from tanxin.core.oversight.sampling import draw

SampleRow: TypeAlias = Sample
CallRow: TypeAlias = CallBack


class SampleNotFound(RowNotFound):
    pass


class CallNotFound(RowNotFound):
    pass


class CallForbidden(RowForbidden):
    pass


def visible_samples(actor: Actor) -> QuerySet[Sample]:
    rows = Sample.objects.filter(realm=actor.realm_id)
    return rows if supervises(actor) else rows.none()


def sample_for(actor: Actor, sample_id: UUID) -> Sample:
    found = visible_samples(actor).filter(pk=sample_id).first()
    if found is None:
        raise SampleNotFound(sample_id)
    return found


def draws_the_same(sample: Sample) -> bool:
    """Whether seed and list still give the talks that were asked about."""
    pool: Sequence[tuple[str, int]] = [(name, weight) for name, weight in sample.pool]
    asked = CallBack.objects.filter(realm=sample.realm_id, sample=sample.pk)
    return set(draw(sample.seed, pool, sample.size)) == set(
        map(str, asked.values_list("talk", flat=True))
    )


def visible_calls(actor: Actor) -> QuerySet[CallBack]:
    rows = CallBack.objects.filter(realm=actor.realm_id).select_related("talk", "issue")
    if actor.person_id is None:
        return rows.none()
    mine = Q(person=actor.person_id)
    return rows.filter(mine | watched(actor)) if supervises(actor) else rows.filter(mine)


def watched(actor: Actor) -> Q:
    """What a supervisor may follow: nothing that is kept from him, and no talk that he led."""
    kept = not_kept_from(actor, "talk", "person", "issue")
    return kept & ~Q(talk__initiator=actor.person_id)


def calls_of(actor: Actor, sample: Sample) -> QuerySet[CallBack]:
    rows = CallBack.objects.filter(watched(actor), realm=actor.realm_id, sample=sample.pk)
    return rows.select_related("talk", "issue").order_by("talk__held_at", "pk")


def calls_to_answer(actor: Actor) -> QuerySet[CallBack]:
    return visible_calls(actor).filter(person=actor.person_id, answer=None, result="")


def call_for(actor: Actor, call_id: UUID, permission: Permission) -> CallBack:
    """Raises ``CallNotFound`` or ``CallForbidden``."""
    call = visible_calls(actor).filter(pk=call_id).first()
    if call is None:
        raise CallNotFound(call_id)
    mine = call.person_id == actor.person_id
    relations = frozenset({Relation.SELF}) if mine else actor.standing & {Relation.SUPERVISOR}
    if not decide(permission, relations).allowed:
        raise CallForbidden(call_id)
    return call


def kept_calls(actor: Actor) -> QuerySet[CallBack]:
    """Those of which the actor finds nothing, and so no answer either."""
    rows = CallBack.objects.filter(~watched(actor), realm=actor.realm_id)
    return rows.exclude(person=actor.person_id)


def answer_of(actor: Actor, call: CallBack) -> dict[str, str] | None:
    """What the subject said, if it was written for the actor; the keeper notes that he read it."""
    if call.answer is None or not openable(actor, [call.answer]):
        return None
    [text] = open_texts(actor, [call.answer.pk], "callback").values()
    said: dict[str, str] = loads(text)
    return said
