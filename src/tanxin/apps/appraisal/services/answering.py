from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.appraisal.access import ResultForbidden, result_for
from tanxin.apps.appraisal.models import Statement
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import NotFrozenYet, WordsMissing
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission
from tanxin.core.wording import is_blank

STATEMENT = "statement"


def state_view(actor: Actor, result_id: UUID, *, text: str, on: date, at: datetime) -> Statement:
    """What who leads the unit says to its result. It stands beside it for good.

    Raises ``ResultNotFound``, ``ResultForbidden``, ``WordsMissing`` or ``NotFrozenYet``.
    """
    result_for(actor, result_id, Permission.RESULT_ANSWER, on=on)
    if is_blank(text):
        raise WordsMissing
    pk = uuid4()
    sealed = pii.seal_pii(actor.realm_id, pk, STATEMENT, text.strip())
    with transaction.atomic():
        result = result_for(actor, result_id, Permission.RESULT_ANSWER, on=on)
        if result.taken.state != "frozen":
            raise NotFrozenYet(result_id)
        if actor.person_id is None:
            raise ResultForbidden(result_id)
        row = Statement.objects.create(
            pk=pk, realm_id=actor.realm_id, result=result, author_id=actor.person_id,
            text_sealed=sealed, written_at=at,
        )  # fmt: skip
        log("result.answered", actor, "result", result.pk, at)
    return row
