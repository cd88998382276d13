"""The summary of a group talk: one record that all who were there read, in versions.

Writing it is writing the record of each of their talks: who has confirmed is asked again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import Sealed, VersionMoved
from tanxin.apps.talks.access import group_for, talks_led_in
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import shared_record, were_there
from tanxin.apps.talks.models import GroupTalk, Talk
from tanxin.apps.talks.refusals import LateEntryNeedsReason
from tanxin.apps.talks.services.recording import (
    DRAFT,
    NO_ANSWERS,
    body_of,
    comes_late,
    enter,
    is_written,
)
from tanxin.apps.talks.services.signing import check_signed, sign
from tanxin.apps.talks.services.words import Readers, sealed
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.policy.manner import Part
from tanxin.core.wording import is_blank


@dataclass(frozen=True, slots=True)
class Shared:
    """Everything of one saving, sealed."""

    record: Sealed
    late: Sealed | None
    readers: Readers


def write_summary(  # noqa: PLR0913 one argument for each field of the form
    actor: Actor,
    group_id: UUID,
    *,
    text: str = "",
    at: datetime,
    answers: Mapping[str, str] = NO_ANSWERS,
    nothing_raised: bool = False,
    means: str = "",
    expected_version: int = 0,
    late_reason: str = "",
    form: UUID | None = None,
) -> GroupTalk:
    """Write what all share, or write it anew: then each of them is asked again.

    The parameters are those of ``write_record``, and so is what is raised; and as ``group_for``.
    """
    group = group_for(actor, group_id, Permission.RECORD_WRITE)
    version_id = id_of(actor, form)
    if is_written(actor, version_id):
        return group
    talks = were_there(talks_led_in(actor, group))
    if not talks:
        raise IllegalMove("nobody has said that the talk took place")
    conduct = conduct_of(talks[0])
    check_signed(conduct, Part.INITIATOR, means)
    body = body_of(conduct, text, answers, nothing_raised=nothing_raised)
    late = any(comes_late(talk, talk.held_at, at) for talk in talks)
    if late and is_blank(late_reason):
        raise LateEntryNeedsReason
    readers = readers_of(talks)
    words = Shared(
        sealed_summary(
            actor, group, body, expected_version, version_id=version_id, readers=readers
        ),
        sealed(actor, "reason", ("group", group.pk), late_reason, readers=readers)
        if late
        else None,
        readers,
    )
    try:
        with transaction.atomic():
            group_for(actor, group_id, Permission.RECORD_WRITE)
            kept(actor, group, talks, words, means=means, at=at)
    except (IntegrityError, VersionMoved, IllegalMove):
        if is_written(actor, version_id):
            return group
        check_latest(group, expected_version)
        raise
    return group


def readers_of(talks: Sequence[Talk]) -> Readers:
    led = (talks[0].initiator_id, "initiator")
    return [led, *((talk.subject_id, "subject") for talk in talks)]


def check_latest(group: GroupTalk, expected: int) -> Record | None:
    """Raise ``VersionMoved`` unless ``expected`` is the latest version of the summary."""
    record = shared_record(group.realm_id, group.pk)
    latest = record.latest if record else 0
    if latest != expected:
        raise VersionMoved(latest)
    return record


def sealed_summary(
    actor: Actor,
    group: GroupTalk,
    body: str,
    expected: int,
    *,
    version_id: UUID,
    readers: Readers,
) -> Sealed:
    record = check_latest(group, expected)
    if record is None:
        about = ("group", group.pk)
        return sealed(actor, "record", about, body, readers=readers, version_id=version_id)
    return archive.prepare_version(
        actor, record, text=body, number=expected + 1, version_id=version_id
    )


def kept(
    actor: Actor,
    group: GroupTalk,
    talks: Sequence[Talk],
    words: Shared,
    *,
    means: str,
    at: datetime,
) -> None:
    if words.record.number == 1:
        archive.store(words.record, words.readers, at)
    else:
        archive.store_version(words.record, at)
    late = archive.store(words.late, words.readers, at) if words.late else None
    for talk in talks:
        enter(actor, talk, words.record.number, late=late, at=at)
        if means:
            sign(actor, talk, Part.INITIATOR, words.record, means=means, at=at)
    archive.drop_draft(actor, DRAFT, group.pk)
