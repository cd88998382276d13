from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import attachments
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.attachments import SealedFile
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import Sealed, VersionMoved
from tanxin.apps.audit.services import Detail
from tanxin.apps.duties import services as duties
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beside import waits_for_endorsement
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import digest_of, in_force
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.apps.talks.refusals import NotEndorsed, NothingRecorded
from tanxin.apps.talks.services.effects import end_effect
from tanxin.apps.talks.services.matching import matched
from tanxin.apps.talks.services.signing import check_signed, sign
from tanxin.apps.talks.services.words import sealed_if_any, sides
from tanxin.apps.talks.transitions import log_move, move
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove, TalkMove, TalkState
from tanxin.core.policy.manner import Part
from tanxin.core.uploads import Admitted

# The columns that say through whom somebody without an account spoke; see ``witnessing``.
Through: TypeAlias = Mapping[str, object]
HIMSELF: Through = MappingProxyType({})
CONFIRMED, NOT_RIGHT, DID_NOT_HAPPEN = "confirmed", "not_right", "did_not_happen"


@dataclass(frozen=True, slots=True)
class Signed:
    """How he signed, where he has to."""

    means: str = ""
    drawing: Admitted | None = None


def confirm_record(
    actor: Actor,
    talk_id: UUID,
    *,
    digest: bytes,
    at: datetime,
    remark: str = "",
    means: str = "",
    drawing: Admitted | None = None,
) -> Talk:
    """The subject says that the version he has read is right.

    ``digest`` is that of the version on his page; ``VersionMoved`` says that another one stands
    now. ``means`` is how he signed it, where the type of the talk demands that, ``drawing`` what he
    wrote on the screen. Saying it twice is once. Raises ``SignatureMissing``, ``IllegalMove``, and
    as ``talk_for``.
    """
    signed = Signed(means, drawing)
    return say(actor, talk_id, CONFIRMED, digest=digest, remark=remark, signed=signed, at=at)


def dispute_record(
    actor: Actor, talk_id: UUID, *, verdict: str, digest: bytes, at: datetime, remark: str = ""
) -> Talk:
    """The subject says ``not_right``, or ``did_not_happen``: then the duties are not met by it.

    Otherwise as ``confirm_record``.
    """
    if verdict not in {NOT_RIGHT, DID_NOT_HAPPEN}:
        raise ValueError(verdict)
    return say(actor, talk_id, verdict, digest=digest, remark=remark, signed=Signed(), at=at)


def say(
    actor: Actor,
    talk_id: UUID,
    verdict: str,
    *,
    digest: bytes,
    remark: str,
    signed: Signed,
    at: datetime,
) -> Talk:
    talk = talk_for(actor, talk_id, Permission.RECORD_CONFIRM)
    if is_said(talk, verdict, digest):
        return talk
    check_endorsed(talk)
    if verdict == CONFIRMED:
        check_signed(conduct_of(talk), Part.SUBJECT, signed.means)
    words = sealed_if_any(actor, "remark", ("talk", talk_id), remark, readers=sides(talk))
    with attachments.keeping(actor.realm_id) as keep:
        drawn = keep(sealed_drawing(actor, talk, signed.drawing)) if signed.drawing else None
        try:
            with transaction.atomic():
                talk = talk_for(actor, talk_id, Permission.RECORD_CONFIRM)
                version, beside = note_verdict(
                    actor, talk, verdict, digest=digest, words=words, at=at
                )
                if signed.means:
                    sign(
                        actor, talk, Part.SUBJECT, version,
                        beside=beside, means=signed.means, at=at, kept=drawn,
                    )  # fmt: skip
        except IllegalMove:
            talk.refresh_from_db()
            if not is_said(talk, verdict, digest):
                raise
    return talk


def sealed_drawing(actor: Actor, talk: Talk, drawing: Admitted) -> SealedFile:
    about = ("talk", talk.pk)
    me = talk.subject_id
    return attachments.seal_file(actor, drawing, about=about, author_id=me, parties=sides(talk))


def note_verdict(
    actor: Actor,
    talk: Talk,
    verdict: str,
    *,
    digest: bytes,
    words: Sealed | None,
    at: datetime,
    through: Through = HIMSELF,
) -> tuple[RecordVersion, RecordVersion | None]:
    check_endorsed(talk)
    by = TalkMove.CONFIRM if verdict == CONFIRMED else TalkMove.DISPUTE
    version, summary = versions_read(talk, digest)
    move(talk, by)
    Confirmation.objects.create(
        realm_id=talk.realm_id,
        talk=talk,
        version=version,
        version_digest=bytes(version.digest),
        summary=summary,
        person_id=talk.subject_id,
        verdict=verdict,
        remark=stored(words, talk, at),
        said_at=at,
        **through,
    )
    tell_duties(talk, verdict, at)
    detail: Detail = {
        "verdict": verdict,
        "version": version.number,
        "digest": bytes(version.digest).hex(),
    }
    if proxy := str(through.get("proxy", "")):
        detail = {**detail, "proxy": proxy}
    if summary is not None:
        detail = {**detail, "summary": bytes(summary.digest).hex()}
    log_move(actor, talk, by, at=at, detail=detail)
    return version, summary


def check_endorsed(talk: Talk) -> None:
    if waits_for_endorsement(talk):
        raise NotEndorsed("somebody has to endorse the record first")


def is_said(talk: Talk, verdict: str, digest: bytes) -> bool:
    rows = Confirmation.objects.filter(realm=talk.realm_id, talk=talk.pk).order_by("said_at")
    said = rows.select_related("version", "summary").last()
    return (
        talk.state in {TalkState.CONFIRMED, TalkState.DISPUTED}
        and said is not None
        and (said.verdict, digest_of(said.version, said.summary)) == (verdict, digest)
    )


def versions_read(talk: Talk, digest: bytes) -> tuple[RecordVersion, RecordVersion | None]:
    """What stands, if it is what was read; nobody can replace it meanwhile.

    In a group talk that is his own part and the summary, or the one there is.
    """
    standing = in_force(talk)
    version, beside = standing.version, standing.beside
    if version is None:
        raise NothingRecorded("there is no record yet")
    if standing.digest != digest:
        raise VersionMoved(version.number)
    for one in filter(None, (version, beside)):
        archive.keep_at(talk.realm_id, one.record_id, one.number)
    return version, beside


def stored(words: Sealed | None, talk: Talk, at: datetime) -> Record | None:
    return archive.store(words, sides(talk), at) if words else None


def tell_duties(talk: Talk, verdict: str, at: datetime) -> None:
    met = matched(talk)
    if verdict == CONFIRMED:
        duties.confirm(talk.realm_id, met, at=at)
    elif verdict == DID_NOT_HAPPEN:
        duties.contest(talk.realm_id, met, at=at)
        end_effect(talk, at)
