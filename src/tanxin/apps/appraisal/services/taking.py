from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from tanxin.apps.appraisal.access import ResultForbidden, year_for
from tanxin.apps.appraisal.models import Taken, YearTaken
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import WordsMissing
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission
from tanxin.core.wording import is_blank

REASON = "result-taken"


def take_away(
    actor: Actor, year: int, *, form: str, reason: str, on: date, at: datetime
) -> YearTaken:
    """Note who takes the table of a year away, as what, and what for; nothing leaves before.

    Raises ``ResultNotFound``, ``ResultForbidden`` or ``WordsMissing``.
    """
    taken = year_for(actor, year, Permission.RESULT_TAKE, on=on)
    if is_blank(reason):
        raise WordsMissing
    if actor.person_id is None:
        raise ResultForbidden(year)
    pk = uuid4()
    sealed = pii.seal_pii(actor.realm_id, pk, REASON, reason.strip())
    with transaction.atomic():
        taken = year_for(actor, year, Permission.RESULT_TAKE, on=on)
        Taken.objects.create(
            pk=pk, realm_id=actor.realm_id, taken=taken, by_id=actor.person_id, form=form,
            reason_sealed=sealed, at=at,
        )  # fmt: skip
        log("result.taken", actor, "year", taken.pk, at, year=year, form=form)
    return taken
