"""The word of a subject without an account: on a signed paper, or read back to him by a third.

Never by who led the talk, nor by who works for him in it. How it was said, and through whom, stands
beside the confirmation for good.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import attachments
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Party, Record
from tanxin.apps.org.access import person_for
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.sealing.client import Named
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import in_force
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.paper_models import Witness
from tanxin.apps.talks.refusals import (
    AnswersHimself,
    NothingToReadBack,
    ScanMissing,
    SignatureMissing,
    WitnessNotFree,
)
from tanxin.apps.talks.services.confirming import CONFIRMED, note_verdict
from tanxin.apps.talks.services.signing import sign
from tanxin.apps.talks.services.words import me, sealed_if_any, sides
from tanxin.apps.talks.transitions import log
from tanxin.apps.talks.witnesses import (
    TO_ANSWER,
    has_his_word_passed_on,
    is_free_to_witness,
    talk_to_answer_for,
)
from tanxin.core.access import Actor, Permission, Relation
from tanxin.core.policy.manner import Part
from tanxin.core.uploads import Admitted

PAPER, IN_PERSON, PHONE = "paper", "in_person", "phone"
WITNESS = "witness"
LONGEST = timedelta(days=14)


def name_witness(actor: Actor, talk_id: UUID, person_id: UUID, *, at: datetime) -> Talk:
    """The initiator lets a third person read the record to its subject, for ``LONGEST``.

    Whoever was asked before no longer may. Raises ``WitnessNotFree``, ``AnswersHimself``,
    ``NothingToReadBack``, and as ``talk_for`` and ``person_for``.
    """
    person_for(actor, person_id, Permission.ORG_VIEW)
    talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
    refuse_needless(talk)
    on = at.astimezone(zone_of(actor.realm_id)).date()
    if not is_free_to_witness(talk, person_id, on=on):
        raise WitnessNotFree(person_id)
    end_witness(talk, at)
    until = at + LONGEST
    given = archive.passed_on(actor, texts_of(talk), [Named(person_id, WITNESS, end=until)])
    try:
        with transaction.atomic():
            talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
            refuse_needless(talk)
            Witness.objects.create(
                realm_id=talk.realm_id,
                talk=talk,
                initiator_id=me(actor),
                subject_id=talk.subject_id,
                person_id=person_id,
                named_at=at,
                until=until,
            )
            archive.keep_grants(talk.realm_id, given)
            log(actor, "talk.witness_named", talk, at=at, detail={"witness": str(person_id)})
    except IntegrityError:
        raise WitnessNotFree(person_id) from None
    return talk


def texts_of(talk: Talk) -> list[Record]:
    standing = in_force(talk)
    return [one.record for one in (standing.part, standing.summary) if one is not None]


def refuse_needless(talk: Talk) -> None:
    if not has_his_word_passed_on(talk):
        raise AnswersHimself(talk.pk) if talk.state in TO_ANSWER else NothingToReadBack(talk.pk)


def end_witness(talk: Talk, at: datetime) -> None:
    """End the reading of whoever was asked, at the keeper first. Outside of any transaction."""
    named = Witness.objects.filter(realm=talk.realm_id, talk=talk.pk, ended_at=None)
    people = list(named.values_list("person", flat=True))
    if not people:
        return
    parts = Party.objects.filter(
        realm=talk.realm_id, record__in=texts_of(talk), person__in=people, role=WITNESS
    )
    archive.end_parts(talk.realm_id, parts.select_related("record"))
    named.filter(person__in=people).update(ended_at=at)


def say_for_another(
    actor: Actor,
    talk_id: UUID,
    verdict: str,
    *,
    how: str,
    digest: bytes,
    at: datetime,
    remark: str = "",
    files: Sequence[Admitted] = (),
) -> Talk:
    """Pass on what the subject, who has no account, says to the version that was read to him.

    ``how`` is ``paper``, with the scan of what he signed, or ``in_person`` or ``phone``: these only
    by the witness who could read it out. Raises ``AnswersHimself``, ``NothingToReadBack``,
    ``ScanMissing``, ``WitnessNotFree``, ``SignatureMissing`` where the type demands his own hand,
    ``VersionMoved``, ``IllegalMove``, and as ``talk_to_answer_for``.
    """
    on = at.astimezone(zone_of(actor.realm_id)).date()
    talk, stands_as = talk_to_answer_for(actor, talk_id, on=on)
    refuse_needless(talk)
    check_how(talk, how, verdict, stands_as, files)
    with attachments.keeping(actor.realm_id) as keep:
        scans = [
            keep(
                attachments.seal_file(
                    actor, file, about=("talk", talk.pk), author_id=me(actor), parties=sides(talk)
                )
            )
            for file in files
        ]
        words = sealed_if_any(actor, "remark", ("talk", talk_id), remark, readers=sides(talk))
        with transaction.atomic():
            talk, _ = talk_to_answer_for(actor, talk_id, on=on)
            refuse_needless(talk)
            rows = [attachments.store_file(actor, scan, sides(talk), at) for scan in scans]
            through = {
                "proxy": how,
                "by_id": me(actor),
                "led_by_id": talk.initiator_id,
                "scan": rows[0] if rows else None,
            }
            version, beside = note_verdict(
                actor, talk, verdict, digest=digest, words=words, at=at, through=through
            )
            if how == PAPER and Part.SUBJECT in conduct_of(talk).signature:
                signer = talk.subject_id
                sign(
                    actor, talk, Part.SUBJECT, version, beside=beside, means=PAPER, at=at,
                    person_id=signer,
                )  # fmt: skip
    end_witness(talk, at)
    return talk


def check_how(
    talk: Talk, how: str, verdict: str, stands_as: Relation, files: Sequence[Admitted]
) -> None:
    if how == PAPER:
        if not files:
            raise ScanMissing
        return
    if stands_as is not Relation.WITNESS:
        raise WitnessNotFree(talk.pk)
    if verdict == CONFIRMED and Part.SUBJECT in conduct_of(talk).signature:
        raise SignatureMissing(Part.SUBJECT)
