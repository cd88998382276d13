"""Endorsement after: somebody else reads the record before its subject is asked about it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.audit.services import Detail
from tanxin.apps.org.access import person_for
from tanxin.apps.sealing.client import Named
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beside import (
    endorsers_able,
    named_for,
    parts_to_endorse,
    waits_for_endorsement,
)
from tanxin.apps.talks.conduct import conduct_of, day_of
from tanxin.apps.talks.groups import in_force
from tanxin.apps.talks.models import Beside, Endorsement, Talk
from tanxin.apps.talks.refusals import MayNotBeThere, NothingRecorded, PageIsOld
from tanxin.apps.talks.selectors import record_of
from tanxin.apps.talks.services.recording import confirm_by
from tanxin.apps.talks.services.words import me, sealed
from tanxin.apps.talks.transitions import log, log_move, move
from tanxin.core.access import Actor, Permission, Relation
from tanxin.core.lifecycle import TalkMove, TalkState
from tanxin.core.policy.manner import Part


def endorse_record(actor: Actor, talk_id: UUID, *, digest: bytes, at: datetime) -> Talk:
    """Say yes to the version that was read; with the last yes its subject is asked.

    Raises ``VersionMoved``, ``IllegalMove``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_ENDORSE)
        version = said(actor, talk, digest, None, at)
        yes = Endorsement.objects.filter(realm=talk.realm_id, talk=talk.pk, version=version.pk)
        done = set(yes.values_list("part", flat=True)).issuperset(conduct_of(talk).endorsement)
        asked = {"confirm_by": confirm_by(talk.realm_id, at)} if done else {}
        move(talk, TalkMove.ENDORSE, **asked)
        log_move(actor, talk, TalkMove.ENDORSE, at=at, detail=read(version))
    return talk


def send_record_back(
    actor: Actor, talk_id: UUID, *, digest: bytes, reason: str, at: datetime
) -> Talk:
    """Say no, and tell who led the talk why; he writes it anew, its subject is not asked.

    Raises ``TextMissing``, and as ``endorse_record``.
    """
    talk = talk_for(actor, talk_id, Permission.RECORD_ENDORSE)
    readers = [(talk.initiator_id, "initiator"), (me(actor), "endorser")]
    words = sealed(actor, "reason", ("talk", talk_id), reason, readers=readers)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_ENDORSE)
        version = said(actor, talk, digest, archive.store(words, readers, at), at)
        move(talk, TalkMove.SEND_BACK)
        log_move(actor, talk, TalkMove.SEND_BACK, at=at, detail=read(version))
    return talk


def name_endorser(
    actor: Actor, talk_id: UUID, part: Part, person_id: UUID, *, at: datetime
) -> Talk:
    """Somebody else endorses, where the first has left or does not get to it; he reads no more.

    Raises ``MayNotBeThere``, ``IllegalMove``, and as ``talk_for`` and ``person_for``.
    """
    talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
    person_for(actor, person_id, Permission.ORG_VIEW)
    before = named_for(talk).get(part)
    if person_id not in endorsers_able(talk, part, day_of(talk.realm_id, at)):
        raise MayNotBeThere(part)
    record = record_of(talk)
    to = [Named(person_id, Relation.ENDORSER.value, may_pass_on=False)]
    grants = archive.passed_on(actor, [record], to) if record else []
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_HOLD)
        rows = Beside.objects.filter(realm=talk.realm_id, talk=talk.pk, part=part, person=before)
        is_open = talk.state == TalkState.HELD or waits_for_endorsement(talk)
        if not is_open or rows.update(person=person_id, named_at=at) != 1:
            raise PageIsOld("it was endorsed, or somebody else was named")
        archive.keep_grants(talk.realm_id, grants)
        log(actor, "talk.named", talk, at=at, detail={part.value: str(person_id)})
    if record and before not in named_for(talk).values():
        kept = Party.objects.filter(realm=talk.realm_id, record=record, person=before)
        archive.end_parts(talk.realm_id, kept.filter(role=Relation.ENDORSER.value))
    return talk


def said(
    actor: Actor, talk: Talk, digest: bytes, reason: Record | None, at: datetime
) -> RecordVersion:
    """Keep the word, in every part in which he was named, to what stands if it is what he read."""
    version = in_force(talk).version
    if version is None:
        raise NothingRecorded("there is no record yet")
    if bytes(version.digest) != digest:
        raise VersionMoved(version.number)
    archive.keep_at(talk.realm_id, version.record_id, version.number)
    parts = parts_to_endorse(actor, talk, version.pk)
    if not waits_for_endorsement(talk) or not parts:
        raise PageIsOld("it was endorsed before")
    Endorsement.objects.bulk_create(
        Endorsement(
            realm_id=talk.realm_id, talk=talk, version=version, person_id=me(actor), part=part,
            version_digest=bytes(version.digest), reason=reason, said_at=at,
        )
        for part in parts
    )  # fmt: skip
    return version


def read(version: RecordVersion) -> Detail:
    return {"version": version.number, "digest": bytes(version.digest).hex()}
