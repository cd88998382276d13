from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.likeness import Measured, keep_measures
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import Sealed, VersionMoved
from tanxin.apps.audit.services import Detail
from tanxin.apps.duties import services as duties
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beside import is_endorsed_first, reading_beside
from tanxin.apps.talks.conduct import conduct_of, form_of
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.refusals import (
    FieldMissing,
    HeldInTheFuture,
    LateEntryNeedsReason,
    TextMissing,
)
from tanxin.apps.talks.selectors import record_of
from tanxin.apps.talks.services.effects import effect_of
from tanxin.apps.talks.services.holding import take_place
from tanxin.apps.talks.services.matching import matched
from tanxin.apps.talks.services.measuring import measured_record
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.remarking import sealed_memo, store_memo
from tanxin.apps.talks.services.signing import check_signed, sign
from tanxin.apps.talks.services.words import sealed, sides
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import BEFORE_HELD, CALLED_OFF, IllegalMove, TalkMove, TalkState
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part
from tanxin.core.wording import is_blank
from tanxin.core.written import Answer, Written, to_text

DRAFT = "record"
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Words:
    """Everything of one saving, sealed."""

    record: Sealed
    memo: Sealed | None
    late: Sealed | None
    measures: Measured | None = None


def write_record(  # noqa: PLR0913 one argument for each field of the form
    actor: Actor,
    talk_id: UUID,
    *,
    text: str = "",
    at: datetime,
    answers: Mapping[str, str] = NO_ANSWERS,
    nothing_raised: bool = False,
    means: str = "",
    expected_version: int = 0,
    memo: str = "",
    held_at: datetime | None = None,
    late_reason: str = "",
    form: UUID | None = None,
) -> Talk:
    """Write what both remember of the talk, or write it anew: then the subject is asked again.

    ``expected_version`` is the version the writer had before him, 0 for none; ``VersionMoved``
    says that there is a later one. ``answers`` are to the fields of its kind or type, by their
    ids; ``nothing_raised`` says so on purpose. ``means`` is how the initiator signed it, where the
    type demands that. ``held_at`` says when it took place, if nobody has yet. The same ``form``
    twice writes one version. Raises ``LateEntryNeedsReason`` for a first record that comes late,
    ``TextMissing``, ``FieldMissing``, ``SignatureMissing``, ``HeldInTheFuture``,
    ``MomentOutOfReach``, ``IllegalMove``, and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
    version_id = id_of(actor, form)
    if is_written(actor, version_id):
        return talk
    check_state(talk, held_at)
    if held_at is not None:
        check_reach(held_at, at)
    conduct = form_of(talk)
    check_signed(conduct, Part.INITIATOR, means)
    body = body_of(conduct, text, answers, nothing_raised=nothing_raised)
    late = comes_late(talk, held_at or talk.held_at, at)
    if late and is_blank(late_reason):
        raise LateEntryNeedsReason
    words = Words(
        record=sealed_record(actor, talk, body, expected_version, version_id),
        memo=sealed_memo(actor, talk_id, memo),
        late=sealed_late(actor, talk, late_reason) if late else None,
        measures=measured_record(actor, talk, body, held_at),
    )
    try:
        with transaction.atomic():
            talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
            write(actor, talk, words, held_at=held_at, at=at)
            if means:
                sign(actor, talk, Part.INITIATOR, words.record, means=means, at=at)
    except (IntegrityError, VersionMoved, IllegalMove):
        if is_written(actor, version_id):
            return talk_for(actor, talk_id, Permission.RECORD_WRITE)
        check_version(talk, expected_version)
        raise
    return talk


def write(
    actor: Actor, talk: Talk, words: Words, *, held_at: datetime | None, at: datetime
) -> None:
    version = store_record(words.record, talk, at)
    keep_measures(version, talk.pk, words.measures)
    store_memo(words.memo, at)
    if TalkState(talk.state) in BEFORE_HELD and held_at is not None:
        take_place(actor, talk, held_at=held_at, at=at)
    late = archive.store(words.late, sides(talk), at) if words.late else None
    archive.drop_draft(actor, DRAFT, talk.pk)
    enter(actor, talk, words.record.number, late=late, at=at)


def enter(actor: Actor, talk: Talk, number: int, *, late: Record | None, at: datetime) -> None:
    """A version of what the subject is to confirm was stored: he is asked, or asked again.

    Where it is endorsed first he is asked after that.
    """
    was = TalkState(talk.state)
    first = is_endorsed_first(talk, conduct_of(talk))
    asked_until = None if first else confirm_by(talk.realm_id, at)
    changes: dict[str, object] = {"confirm_by": asked_until}
    if talk.entered_at is None:
        changes |= {"entered_at": at, "effect": effect_of(talk, at)}
    if late is not None and talk.late_id is None:
        changes["late"] = late
    move(talk, TalkMove.RECORD, **changes)
    if was in {TalkState.CONFIRMED, TalkState.DISPUTED}:
        duties.reopen(talk.realm_id, matched(talk), at=at)
    detail: Detail = {"version": number, "late": talk.late_id is not None}
    log_move(actor, talk, TalkMove.RECORD, at=at, detail=detail)


def body_of(
    conduct: Conduct, text: str, answers: Mapping[str, str], *, nothing_raised: bool
) -> str:
    """The text to be sealed. Raises ``FieldMissing`` and ``TextMissing``."""
    said = [
        Answer(one.id, one.title.zh, one.title.en, answers.get(one.id, ""))
        for one in conduct.fields
    ]
    for one, answer in zip(conduct.fields, said, strict=True):
        if one.needed and is_blank(answer.text):
            raise FieldMissing(one.id)
    written = Written(text, tuple(said), nothing_raised)
    if written.is_empty:
        raise TextMissing("record")
    return to_text(written)


def is_written(actor: Actor, version_id: UUID) -> bool:
    return RecordVersion.objects.filter(realm=actor.realm_id, pk=version_id).exists()


def check_state(talk: Talk, held_at: datetime | None) -> None:
    """Refuse before anything is sealed what the transaction would refuse anyway."""
    state = TalkState(talk.state)
    if state in CALLED_OFF:
        raise IllegalMove("the talk was called off")
    if state in BEFORE_HELD and held_at is None:
        raise IllegalMove("nobody has said that the talk took place")


def check_version(talk: Talk, expected: int) -> None:
    """Raise ``VersionMoved`` unless ``expected`` is the latest version of the talk's record."""
    record = record_of(talk)
    latest = record.latest if record else 0
    if latest != expected:
        raise VersionMoved(latest)


def sealed_record(actor: Actor, talk: Talk, text: str, expected: int, version_id: UUID) -> Sealed:
    check_version(talk, expected)
    record = record_of(talk)
    if record is None:
        about = ("talk", talk.pk)
        readers = [*sides(talk), *reading_beside(talk)]
        return sealed(actor, "record", about, text, readers=readers, version_id=version_id)
    return archive.prepare_version(
        actor,
        record,
        text=text,
        number=expected + 1,
        version_id=version_id,
    )


def sealed_late(actor: Actor, talk: Talk, reason: str) -> Sealed:
    return sealed(actor, "reason", ("talk", talk.pk), reason, readers=sides(talk))


def store_record(words: Sealed, talk: Talk, at: datetime) -> RecordVersion:
    if words.number > 1:
        return archive.store_version(words, at)
    archive.store(words, [*sides(talk), *reading_beside(talk)], at)
    return RecordVersion.objects.get(realm=talk.realm_id, pk=words.version_id)


def comes_late(talk: Talk, held_at: datetime | None, at: datetime) -> bool:
    """Only the first record can come late; a correction is never punished."""
    if talk.entered_at is not None or held_at is None:
        return False
    if held_at > at:
        raise HeldInTheFuture(held_at)
    zone = zone_of(talk.realm_id)
    gap = at.astimezone(zone).date() - held_at.astimezone(zone).date()
    return bool(gap.days > settings.TANXIN_LATE_ENTRY_DAYS)


def confirm_by(realm_id: UUID, at: datetime) -> date:
    """The last day of the subject's time to say something, counted in working days."""
    day = at.astimezone(zone_of(realm_id)).date()
    return work_calendar(realm_id).add_working_days(day, settings.TANXIN_CONFIRM_WITHIN_DAYS)
