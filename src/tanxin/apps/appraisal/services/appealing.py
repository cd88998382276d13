from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.appraisal.access import (
    AppealForbidden,
    ResultForbidden,
    appeal_for,
    result_for,
)
from tanxin.apps.appraisal.models import Addition, Appeal, UnitResult
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import (
    AppealIsOver,
    AppealWaits,
    NotFrozenYet,
    NothingChanged,
    WordsMissing,
)
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission
from tanxin.core.appraisal import Judged, document_of, judged_again
from tanxin.core.appraisal.evidence import MET, OUT
from tanxin.core.wording import is_blank

REASON, ANSWER = "appeal-reason", "appeal-answer"


def appeal_against(actor: Actor, result_id: UUID, *, reason: str, on: date, at: datetime) -> Appeal:
    """Raises as ``state_view``, and ``AppealWaits``."""
    result_for(actor, result_id, Permission.RESULT_ANSWER, on=on)
    if is_blank(reason):
        raise WordsMissing
    pk = uuid4()
    sealed = pii.seal_pii(actor.realm_id, pk, REASON, reason.strip())
    with transaction.atomic():
        result = result_for(actor, result_id, Permission.RESULT_ANSWER, on=on)
        frozen_by = result.taken.frozen_by_id
        if frozen_by is None:
            raise NotFrozenYet(result_id)
        if actor.person_id is None:
            raise ResultForbidden(result_id)
        row = Appeal(
            pk=pk, realm_id=actor.realm_id, result=result, author_id=actor.person_id,
            frozen_by_id=frozen_by, reason_sealed=sealed, asked_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise AppealWaits(result_id) from None
        log("appeal.made", actor, "appeal", row.pk, at, result=str(result.pk))
    return row


def grant_appeal(
    actor: Actor,
    appeal_id: UUID,
    changes: Mapping[str, str],
    *,
    answer: str,
    on: date,
    at: datetime,
) -> Addition:
    """Count some pieces of evidence otherwise; the new result is added, the frozen one stays.

    ``changes`` says of an id whether it is left ``out`` or counts as ``met``. Raises
    ``AppealNotFound``, ``AppealForbidden``, ``WordsMissing``, ``NothingChanged``, ``AppealIsOver``.
    """
    sealed = sealed_answer(actor, appeal_id, answer, on)
    with transaction.atomic():
        appeal = appeal_for(actor, appeal_id, Permission.APPEAL_DECIDE, on=on)
        judged = latest(appeal.result)
        known = {ref for one in judged.evidence.values() for ref, _ in one.rows}
        wanted = {ref: to for ref, to in changes.items() if ref in known and to in (OUT, MET)}
        if not wanted:
            raise NothingChanged(appeal_id)
        settle(actor, appeal, "granted", at, answer_sealed=sealed)
        after = judged.with_changes(wanted)
        document, result = document_of(after), after.result
        row = Addition.objects.create(
            realm_id=actor.realm_id, appeal=appeal, result=appeal.result,
            standing=result.standing.value, tenths=result.tenths,
            document=document.text.decode(), digest=document.digest, made_at=at,
        )  # fmt: skip
        log("appeal.granted", actor, "appeal", appeal.pk, at, digest=document.digest.hex())
    return row


def refuse_appeal(actor: Actor, appeal_id: UUID, *, answer: str, on: date, at: datetime) -> None:
    """Raises as ``grant_appeal``."""
    sealed = sealed_answer(actor, appeal_id, answer, on)
    with transaction.atomic():
        appeal = appeal_for(actor, appeal_id, Permission.APPEAL_DECIDE, on=on)
        settle(actor, appeal, "refused", at, answer_sealed=sealed)
        log("appeal.refused", actor, "appeal", appeal.pk, at)


def withdraw_appeal(actor: Actor, appeal_id: UUID, *, on: date, at: datetime) -> None:
    """By who made it. Raises ``AppealNotFound``, ``AppealForbidden`` or ``AppealIsOver``."""
    with transaction.atomic():
        appeal = appeal_for(actor, appeal_id, Permission.RESULT_VIEW, on=on)
        if appeal.author_id != actor.person_id:
            raise AppealForbidden(appeal_id)
        settle(actor, appeal, "withdrawn", at)
        log("appeal.withdrawn", actor, "appeal", appeal.pk, at)


def sealed_answer(actor: Actor, appeal_id: UUID, answer: str, on: date) -> bytes:
    appeal_for(actor, appeal_id, Permission.APPEAL_DECIDE, on=on)
    if is_blank(answer):
        raise WordsMissing
    return pii.seal_pii(actor.realm_id, appeal_id, ANSWER, answer.strip())


def settle(actor: Actor, appeal: Appeal, verdict: str, at: datetime, **more: object) -> None:
    rows = Appeal.objects.filter(realm=appeal.realm_id, pk=appeal.pk, verdict="")
    changed = rows.update(verdict=verdict, decided_by=actor.person_id, decided_at=at, **more)
    if changed != 1:
        raise AppealIsOver(appeal.pk)


def latest(result: UnitResult) -> Judged:
    """As the last granted appeal left it."""
    rows = Addition.objects.filter(realm=result.realm_id, result=result).order_by("-made_at", "-pk")
    last = rows.first()
    return judged_again((last.document if last else result.document).encode())
