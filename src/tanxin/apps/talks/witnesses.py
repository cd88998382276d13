"""The door for whoever passes on what a subject without an account says to his record."""

from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.apart import barred_from, not_barred
from tanxin.apps.org.recusals import kept_from, not_kept_from
from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.org.trust import Secretary
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound, talk_for
from tanxin.apps.talks.models import Beside, Talk
from tanxin.apps.talks.paper_models import Assistant, Witness
from tanxin.core.access import Actor, Permission, Relation, Role, decide
from tanxin.core.lifecycle import TalkState

WitnessRow: TypeAlias = Witness
TO_ANSWER = (
    TalkState.RECORDED.value, TalkState.UNCONFIRMED.value, TalkState.DISPUTED.value,
)  # fmt: skip
# Who has such a task acts for the organisation, also where the initiator heads it.
INDEPENDENT = frozenset({Role.ORGANISER, Role.SUPERVISOR})


def witness_of(talk: Talk) -> Witness | None:
    rows = Witness.objects.filter(realm=talk.realm_id, talk=talk.pk, initiator=talk.initiator_id)
    return rows.filter(ended_at=None, until__gt=Now()).first()


def witnessed_talks(actor: Actor) -> QuerySet[Talk]:
    """The talks whose record the actor is to read to its subject."""
    if actor.person_id is None:
        return Talk.objects.none()
    named = Witness.objects.filter(
        realm=actor.realm_id, talk=OuterRef("pk"), person=actor.person_id, ended_at=None,
        initiator=OuterRef("initiator"), until__gt=Now(),
    )  # fmt: skip
    return Talk.objects.filter(
        Exists(named),
        not_barred(actor.realm_id, actor.person_id, "initiator", "subject"),
        not_kept_from(actor, "pk", "subject"),
        realm=actor.realm_id,
        state__in=TO_ANSWER,
    )


def talk_to_answer_for(actor: Actor, talk_id: UUID, *, on: date) -> tuple[Talk, Relation]:
    """The talk, and as what the actor may pass on its subject's word: as witness, or organiser.

    Raises ``TalkNotFound``, or ``TalkForbidden`` for who may see the talk and not do this.
    """
    talk = witnessed_talks(actor).filter(pk=talk_id).first()
    if talk is not None and decide(Permission.CONFIRM_FOR, frozenset({Relation.WITNESS})).allowed:
        if actor.person_id is None or not is_free_to_witness(talk, actor.person_id, on=on):
            raise TalkForbidden(talk_id)
        return talk, Relation.WITNESS
    talk = talk_for(actor, talk_id, Permission.CONFIRM_FOR)
    if actor.person_id is None or not is_free_to_witness(talk, actor.person_id, on=on):
        raise TalkForbidden(talk_id)
    return talk, Relation.ORGANISER


def has_his_word_passed_on(talk: Talk) -> bool:
    """Whether its subject can say nothing himself, and there is something to say it to."""
    return talk.state in TO_ANSWER and not has_account(talk.realm_id, talk.subject_id)


def is_free_to_witness(talk: Talk, person_id: UUID, *, on: date) -> bool:
    """A third person, who neither works for the initiator in this nor is kept from it or them."""
    realm_id, sides = talk.realm_id, {talk.initiator_id, talk.subject_id}
    if person_id in sides or not has_account(realm_id, person_id):
        return False
    kept = kept_from(realm_id, [talk.pk, talk.subject_id]) | barred_from(realm_id, sides, on)
    if person_id in kept:
        return False
    if works_for_initiator(talk, person_id, on):
        return False
    if person_id in holders_of(realm_id, INDEPENDENT, on):
        return True
    return not is_subordinate(realm_id, person_id, talk.initiator_id, on)


def works_for_initiator(talk: Talk, person_id: UUID, on: date) -> bool:
    """His secretary, whoever typed the sheet for him, and whom he named to be in the room."""
    secretaries = Secretary.objects.filter(
        on_day(on), realm=talk.realm_id, leader=talk.initiator_id, person=person_id
    )
    typists = Assistant.objects.filter(realm=talk.realm_id, talk=talk.pk, person=person_id)
    beside = Beside.objects.filter(
        realm=talk.realm_id, talk=talk.pk, person=person_id, named_by=talk.initiator_id
    )
    return secretaries.exists() or typists.exists() or beside.exists()


def check_witness(actor: Actor, talk_id: UUID) -> Talk:
    """The talk whose record the actor is to read out. Raises ``TalkNotFound``."""
    talk = witnessed_talks(actor).filter(pk=talk_id).first()
    if talk is None:
        raise TalkNotFound(talk_id)
    return talk
