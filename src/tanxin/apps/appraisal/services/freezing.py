from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from tanxin.apps.appraisal.access import ResultForbidden
from tanxin.apps.appraisal.collecting import evidence_of, span_of
from tanxin.apps.appraisal.models import SchemeVersion, UnitResult, YearTaken
from tanxin.apps.appraisal.noting import log
from tanxin.apps.appraisal.refusals import NoScheme, YearIsFrozen, YearNotOver
from tanxin.apps.appraisal.services.drafting import scheme_in_force
from tanxin.apps.org.selectors import chiefs_of_units, unit_tree
from tanxin.apps.talks.services import sum_up_echoes
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.appraisal import Indicator, Judged, document_of, scheme_from, together
from tanxin.core.appraisal.frozen import METHOD
from tanxin.core.vault.canonical import Json

BATCH = 500


@dataclass(frozen=True, slots=True)
class Look:
    """A year, looked at by a scheme until a day."""

    realm_id: UUID
    year: int
    until: date
    scheme: SchemeVersion
    at: datetime


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit's part of the year, and who led the unit on the last day."""

    unit_id: UUID
    place: int
    answers: UUID | None
    judged: Judged


def look_at_years(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Look anew at this year, and at the last one while it is not frozen; returns the results."""
    return sum(
        look_at_year(realm_id, year, until=min(today, date(year, 12, 31)), at=at)
        for year in (today.year - 1, today.year)
    )


def look_at_year(realm_id: UUID, year: int, *, until: date, at: datetime) -> int:
    """A year that is frozen, also meanwhile, is left alone."""
    scheme = scheme_in_force(realm_id, year)
    known = YearTaken.objects.filter(realm=realm_id, year=year)
    if scheme is None or known.filter(state="frozen").exists():
        return 0
    look = Look(realm_id, year, until, scheme, at)
    try:
        with transaction.atomic():
            results = placed(look)
            if results or known.exists():
                write(look, results)
    except YearIsFrozen:
        return 0
    return len(results)


def freeze_year(actor: Actor, year: int, *, today: date, at: datetime) -> YearTaken:
    """Keep the results of a year that is over, for good.

    Raises ``ResultForbidden``, ``YearNotOver``, ``NoScheme`` or ``YearIsFrozen``.
    """
    if not decide(Permission.RESULT_FREEZE, actor.standing).allowed or actor.person_id is None:
        raise ResultForbidden(Permission.RESULT_FREEZE)
    if year >= today.year:
        raise YearNotOver(year)
    scheme = scheme_in_force(actor.realm_id, year)
    if scheme is None:
        raise NoScheme(year)
    sum_up_echoes(actor.realm_id, today=today, at=at)
    look = Look(actor.realm_id, year, date(year, 12, 31), scheme, at)
    with transaction.atomic():
        taken = write(look, placed(look))
        rows = YearTaken.objects.filter(realm=actor.realm_id, pk=taken.pk, state="open")
        if rows.update(state="frozen", frozen_by=actor.person_id) != 1:
            raise YearIsFrozen(year)
        taken.refresh_from_db()
        digest = bytes(taken.digest).hex()
        log("result.frozen", actor, "year", taken.pk, at, year=year, digest=digest)
    return taken


def placed(look: Look) -> list[Placed]:
    """Every unit of the last day with evidence, in the order of the organisation."""
    declared = scheme_from(look.scheme.data)
    found = evidence_of(span_of(look.realm_id, look.year, look.until, declared))
    whole = {key: together(one[key] for one in found.values() if key in one) for key in Indicator}
    tree = unit_tree(look.realm_id, look.until)
    order = [node.id for root in tree.roots for node in tree.below(root.id)]
    chiefs = chiefs_of_units(look.realm_id, None, look.until)
    about: dict[str, Json] = {
        "year": look.year, "until": look.until.isoformat(), "scheme": look.scheme.number,
    }  # fmt: skip
    return [
        Placed(
            unit,
            place,
            chiefs.get(unit),
            Judged({**about, "unit": str(unit)}, declared, found[unit], whole, {}),
        )
        for place, unit in enumerate(order)
        if unit in found
    ]


def write(look: Look, results: Iterable[Placed]) -> YearTaken:
    """Put the results in the place of what was looked at before; raises ``YearIsFrozen``."""
    rows = [result_row(look, one) for one in results]
    taken = begun(look, sha256(b"".join(row.digest for row in rows)).digest())
    UnitResult.objects.filter(realm=look.realm_id, taken=taken).delete()
    for row in rows:
        row.taken = taken
    UnitResult.objects.bulk_create(rows, batch_size=BATCH)
    return taken


def begun(look: Look, digest: bytes) -> YearTaken:
    """The row of the year, new or looked at again; a frozen one is not touched."""
    changes = {
        "scheme": look.scheme, "method": METHOD, "until": look.until, "taken_at": look.at,
        "digest": digest,
    }  # fmt: skip
    known = YearTaken.objects.filter(realm=look.realm_id, year=look.year)
    if not known.filter(state="open").update(**changes):
        try:
            with transaction.atomic():
                YearTaken.objects.create(realm_id=look.realm_id, year=look.year, **changes)
        except IntegrityError:
            raise YearIsFrozen(look.year) from None
    return known.get()


def result_row(look: Look, one: Placed) -> UnitResult:
    """Its id stays the same while a year is looked at anew, so that an address goes on."""
    document, result = document_of(one.judged), one.judged.result
    return UnitResult(
        pk=uuid5(look.realm_id, f"{look.year} {one.unit_id}"), realm_id=look.realm_id,
        unit_id=one.unit_id, place=one.place, answers_id=one.answers,
        standing=result.standing.value, tenths=result.tenths,
        document=document.text.decode(), digest=document.digest,
    )  # fmt: skip
