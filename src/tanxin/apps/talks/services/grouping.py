"""A talk with several at once: asked, held with who was there, and summed up for all of them.

What one says, answers or confirms is in the talk he has with the one who leads, as in any other.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.org.access import person_for
from tanxin.apps.talks.access import group_for, talks_led_in
from tanxin.apps.talks.models import USUAL_MINUTES, GroupTalk, Talk
from tanxin.apps.talks.refusals import (
    HeldInTheFuture,
    PageIsOld,
    SizeNotMeant,
    TalkWithOneself,
    TooFewTogether,
)
from tanxin.apps.talks.services.holding import take_place
from tanxin.apps.talks.services.matching import match
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.opening import Opening, Wish, opened, store
from tanxin.apps.talks.services.proposing import told
from tanxin.apps.talks.services.words import me, sealed, sides
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log, log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import TalkMove, TalkState
from tanxin.core.policy import Conduct
from tanxin.core.policy.schema import Form

FEWEST = 2
COMES = frozenset({TalkState.PROPOSED, TalkState.AGREED})


def propose_group(  # noqa: PLR0913 one argument for each field of the form
    actor: Actor,
    *,
    with_people: Sequence[UUID],
    planned_for: datetime,
    kind: str,
    at: datetime,
    type_id: str = "",
    channel: str = "face",
    because: str = "",
    place: str = "",
    minutes: int = USUAL_MINUTES,
    form: UUID | None = None,
) -> GroupTalk:
    """Ask several people to one talk; each answers for himself. The actor leads it.

    The same ``form`` twice makes one. Raises ``TooFewTogether``, ``SizeNotMeant``,
    ``TalkWithOneself``, ``MomentOutOfReach``, and as ``opened`` and ``person_for``.
    """
    check_reach(planned_for, at)
    people = list(dict.fromkeys(with_people))
    if me(actor) in people:
        raise TalkWithOneself
    for person in people:
        person_for(actor, person, Permission.ORG_VIEW)
    group_id = id_of(actor, form)
    earlier = GroupTalk.objects.filter(realm=actor.realm_id, pk=group_id)
    if known := earlier.first():
        return known
    wishes = [
        Wish(
            actor.realm_id, uuid5(group_id, str(person)), me(actor), person, kind, type_id,
            planned_for, channel=channel, place=place, because=because, form=Form.COLLECTIVE,
            minutes=minutes,
        )
        for person in people
    ]  # fmt: skip
    if len(wishes) < FEWEST:
        raise TooFewTogether(len(wishes))
    openings = [opened(actor, wish, at=at) for wish in wishes]
    check_size(openings[0].conduct, len(people))
    try:
        with transaction.atomic():
            return asked(actor, group_id, openings, at)
    except IntegrityError:
        return earlier.get()


def asked(actor: Actor, group_id: UUID, openings: Sequence[Opening], at: datetime) -> GroupTalk:
    group = GroupTalk.objects.create(
        pk=group_id,
        realm_id=actor.realm_id,
        initiator_id=me(actor),
        planned_for=openings[0].wish.planned_for,
        created_at=at,
    )
    for opening in openings:
        person_for(actor, opening.wish.subject_id, Permission.ORG_VIEW)
        talk = store(opening, by=me(actor), at=at, group=group)
        log(actor, "talk.proposed", talk, at=at, detail=told(talk))
    return group


def check_size(conduct: Conduct, people: int) -> None:
    """Raises ``SizeNotMeant``."""
    size = conduct.size
    if people < size.least or (size.most and people > size.most):
        raise SizeNotMeant(size.least, size.most)


def hold_group(
    actor: Actor,
    group_id: UUID,
    *,
    held_at: datetime,
    present: Collection[UUID],
    absence: str,
    at: datetime,
) -> GroupTalk:
    """Say that it took place, and who was there; the talks with the others are called off.

    So are those that still wait for approval. ``absence`` is what they read who were told.
    Raises ``TooFewTogether``, ``SizeNotMeant``, ``NotPrepared``, ``HeldInTheFuture``,
    ``MomentOutOfReach``, ``Barred``, ``IllegalMove``, and as ``group_for``.
    """
    group = group_for(actor, group_id, Permission.TALK_HOLD)
    check_reach(held_at, at)
    if held_at > at:
        raise HeldInTheFuture(held_at)
    talks = [talk for talk in talks_led_in(actor, group) if is_to_come(talk)]
    there = [talk for talk in talks if talk.subject_id in set(present) and may_come(talk)]
    away = [talk for talk in talks if talk not in there]
    if len(there) < FEWEST or len(there) != len(set(present)):
        raise TooFewTogether(len(there))
    words = {
        talk.pk: sealed(actor, "reason", ("talk", talk.pk), absence, readers=sides(talk))
        for talk in away
    }
    with transaction.atomic():
        group = group_for(actor, group_id, Permission.TALK_HOLD)
        row = GroupTalk.objects.filter(realm=actor.realm_id, pk=group_id, held_at=None)
        if row.update(held_at=held_at) != 1:
            raise PageIsOld("it was said before that it took place")
        for talk in there:
            take_place(actor, talk, held_at=held_at, at=at, people=len(there))
        for talk in away:
            call_off(actor, talk, words, at)
    group.refresh_from_db()
    return group


def move_group(actor: Actor, group_id: UUID, *, planned_for: datetime, at: datetime) -> GroupTalk:
    """Put another time in place for all of it that is to come; who had agreed is asked again.

    Raises ``MomentOutOfReach``, ``IllegalMove``, and as ``group_for``.
    """
    check_reach(planned_for, at)
    with transaction.atomic():
        group = group_for(actor, group_id, Permission.TALK_HOLD)
        talks = [talk for talk in talks_led_in(actor, group) if is_to_come(talk)]
        row = GroupTalk.objects.filter(realm=actor.realm_id, pk=group_id, held_at=None)
        if not talks or row.update(planned_for=planned_for) != 1:
            raise PageIsOld("nothing of it is to come")
        by = TalkMove.PROPOSE_OTHER_TIME
        for talk in talks:
            move(talk, by, planned_for=planned_for, proposed_by=me(actor))
            log_move(actor, talk, by, at=at, detail=told(talk))
    group.refresh_from_db()
    return group


def cancel_group(actor: Actor, group_id: UUID, *, reason: str, at: datetime) -> GroupTalk:
    """Call off every talk of the group that is still to come, and tell each why.

    Raises ``TextMissing``, ``IllegalMove``, and as ``group_for``.
    """
    group = group_for(actor, group_id, Permission.TALK_HOLD)
    talks = [talk for talk in talks_led_in(actor, group) if is_to_come(talk)]
    if not talks:
        raise PageIsOld("nothing of it is to come")
    words = {
        talk.pk: sealed(actor, "reason", ("talk", talk.pk), reason, readers=sides(talk))
        for talk in talks
    }
    with transaction.atomic():
        for talk in talks:
            call_off(actor, talk, words, at)
    return group


def may_come(talk: Talk) -> bool:
    return TalkState(talk.state) in COMES


def is_to_come(talk: Talk) -> bool:
    return may_come(talk) or talk.state == TalkState.APPROVING


def call_off(actor: Actor, talk: Talk, words: Mapping[UUID, archive.Sealed], at: datetime) -> None:
    closing = archive.store(words[talk.pk], sides(talk), at)
    move(talk, TalkMove.CANCEL, closing=closing)
    match(talk, [])
    log_move(actor, talk, TalkMove.CANCEL, at=at)
