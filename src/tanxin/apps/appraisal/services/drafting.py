from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from tanxin.apps.appraisal.access import SchemeForbidden, scheme_for
from tanxin.apps.appraisal.models import SchemeVersion
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import (
    NobodyToDecide,
    SchemeHasFaults,
    SchemeMoved,
    WordsMissing,
    YearIsPast,
)
from tanxin.apps.org.selectors import is_subordinate
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, Role, decide
from tanxin.core.appraisal import DEFAULT, Scheme, faults_of, scheme_from
from tanxin.core.wording import is_blank

REASON = "scheme-reason"
TRIES = 5
DECIDERS = frozenset({Role.ORGANISER, Role.SUPERVISOR})


def begin_scheme(
    actor: Actor, *, first_year: int, at: datetime, scheme: Scheme = DEFAULT
) -> SchemeVersion:
    """A draft; it may still have faults. Raises ``SchemeForbidden``.

    Of two that are begun at once one takes the next number.
    """
    if not decide(Permission.SCHEME_DRAFT, actor.standing).allowed or actor.person_id is None:
        raise SchemeForbidden(Permission.SCHEME_DRAFT)
    row = SchemeVersion(
        realm_id=actor.realm_id, first_year=first_year, data=scheme.data(),
        written_by_id=actor.person_id, written_at=at,
    )  # fmt: skip
    for _ in range(TRIES):
        try:
            return numbered(actor, row, at)
        except IntegrityError:
            continue
    return numbered(actor, row, at)


@transaction.atomic
def numbered(actor: Actor, row: SchemeVersion, at: datetime) -> SchemeVersion:
    rows = SchemeVersion.objects.filter(realm=row.realm_id)
    row.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row.save(force_insert=True)
    log("scheme.written", actor, "scheme", row.pk, at, number=row.number)
    return row


def save_scheme(
    actor: Actor, scheme_id: UUID, scheme: Scheme, *, first_year: int, on: date, at: datetime
) -> SchemeVersion:
    """Whoever changes a draft becomes its writer. Raises as ``scheme_for``, ``SchemeMoved``."""
    with transaction.atomic():
        row = scheme_for(actor, scheme_id, Permission.SCHEME_DRAFT, on=on)
        changes = {
            "data": scheme.data(), "first_year": first_year, "written_by": actor.person_id,
            "written_at": at,
        }  # fmt: skip
        change(row, "writing", "writing", **changes)
        log("scheme.written", actor, "scheme", row.pk, at, number=row.number)
    return row


def propose_scheme(actor: Actor, scheme_id: UUID, *, on: date, at: datetime) -> SchemeVersion:
    """Raises as ``scheme_for``, ``SchemeHasFaults``, ``YearIsPast``, ``NobodyToDecide``."""
    with transaction.atomic():
        row = scheme_for(actor, scheme_id, Permission.SCHEME_DRAFT, on=on)
        if faults := faults_of(scheme_from(row.data)):
            raise SchemeHasFaults(faults)
        if row.first_year < on.year:
            raise YearIsPast(row.first_year)
        if not who_may_publish(row, on):
            raise NobodyToDecide
        change(row, "writing", "proposed", reason_sealed=None)
        log("scheme.proposed", actor, "scheme", row.pk, at, number=row.number)
    return row


def publish_scheme(actor: Actor, scheme_id: UUID, *, on: date, at: datetime) -> SchemeVersion:
    """By somebody who did not write it, nor works under who did. Raises as ``propose_scheme``."""
    with transaction.atomic():
        row = scheme_for(actor, scheme_id, Permission.SCHEME_PUBLISH, on=on)
        if faults := faults_of(scheme_from(row.data)):
            raise SchemeHasFaults(faults)
        if row.first_year < on.year:
            raise YearIsPast(row.first_year)
        change(row, "proposed", "published", decided_by=actor.person_id, decided_at=at)
        log("scheme.published", actor, "scheme", row.pk, at, number=row.number)
    return row


def return_scheme(
    actor: Actor, scheme_id: UUID, *, reason: str, on: date, at: datetime
) -> SchemeVersion:
    """Raises as ``scheme_for``, ``WordsMissing`` or ``SchemeMoved``."""
    if is_blank(reason):
        raise WordsMissing
    sealed = pii.seal_pii(actor.realm_id, scheme_id, REASON, reason.strip())
    with transaction.atomic():
        row = scheme_for(actor, scheme_id, Permission.SCHEME_PUBLISH, on=on)
        change(row, "proposed", "writing", reason_sealed=sealed)
        log("scheme.returned", actor, "scheme", row.pk, at, number=row.number)
    return row


def drop_scheme(actor: Actor, scheme_id: UUID, *, on: date, at: datetime) -> None:
    with transaction.atomic():
        row = scheme_for(actor, scheme_id, Permission.SCHEME_DRAFT, on=on)
        change(row, "writing", "dropped")
        log("scheme.dropped", actor, "scheme", row.pk, at, number=row.number)


def change(row: SchemeVersion, before: str, after: str, **changes: object) -> None:
    rows = SchemeVersion.objects.filter(
        realm=row.realm_id, pk=row.pk, state=before, written_at=row.written_at
    )
    if rows.update(state=after, **changes) != 1:
        raise SchemeMoved(row.pk)
    row.refresh_from_db()


def who_may_publish(row: SchemeVersion, on: date) -> frozenset[UUID]:
    entitled = holders_of(row.realm_id, DECIDERS, on) - {row.written_by_id}
    return frozenset(
        one for one in entitled if not is_subordinate(row.realm_id, one, row.written_by_id, on)
    )


def why_returned(row: SchemeVersion) -> str:
    if not row.reason_sealed:
        return ""
    return pii.open_pii(row.realm_id, row.pk, REASON, bytes(row.reason_sealed))


def scheme_in_force(realm_id: UUID, year: int) -> SchemeVersion | None:
    """The one that was published last of those that hold for the year."""
    rows = SchemeVersion.objects.filter(realm=realm_id, state="published", first_year__lte=year)
    return rows.order_by("-first_year", "-decided_at", "-number").first()
