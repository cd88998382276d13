"""Units, and the posts and teams they have."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.org.access import UnitNotFound, may_record_facts
from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import Post, Team, Unit, UnitSpell
from tanxin.apps.org.selectors.units import unit_tree
from tanxin.apps.org.services.facts import record_fact, save_checked
from tanxin.apps.org.services.version import raise_directory_version
from tanxin.core.access import Actor


class UnitCycle(Exception):
    """A unit cannot stand under one of its own."""


def add_unit(
    actor: Actor,
    *,
    code: str,
    name: str,
    kind: str,
    source: str,
    at: datetime,
    parent_id: UUID | None = None,
    order: int = 0,
    start: date | None = None,
) -> UUID:
    may_record_facts(actor)
    with transaction.atomic():
        unit = Unit.objects.create(realm_id=actor.realm_id, code=code)
        spell = UnitSpell(
            unit=unit, name=name, kind=kind, parent_id=parent_id, order=order, start=start,
            source=source,
        )  # fmt: skip
        record_fact(actor, spell, at=at)
    return unit.pk


def change_unit(
    actor: Actor, unit_id: UUID, *, on: date, source: str, at: datetime, **changes: object
) -> UnitSpell:
    """From ``on`` the unit has another name, kind, parent or order; before, what it had.

    Raises ``UnitNotFound`` where there was no such unit on the day before, and ``UnitCycle``.
    """
    may_record_facts(actor)
    with transaction.atomic():
        spells = UnitSpell.objects.filter(on_day(on), realm=actor.realm_id, unit=unit_id)
        spell = spells.first()
        if spell is None:
            raise UnitNotFound(unit_id)
        kept = {name: getattr(spell, name) for name in ("name", "kind", "parent_id", "order")}
        new = UnitSpell(
            unit_id=unit_id, start=on, end=spell.end, source=source, **{**kept, **changes}
        )
        refuse_cycle(actor.realm_id, new, on)
        if spell.start == on:
            spells.update(voided_at=at)
        else:
            spells.update(end=on)
        save_checked(actor, new, at)
        raise_directory_version(actor.realm_id)
        audit.record(
            "unit.changed",
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind="unit",
            subject_id=unit_id,
            detail={"on": on.isoformat(), "columns": [*sorted(changes)]},
            at=at,
        )
    return new


def refuse_cycle(realm_id: UUID, spell: UnitSpell, on: date) -> None:
    if spell.parent_id is None:
        return
    above = {node.id for node in unit_tree(realm_id, on).above(spell.parent_id)}
    if spell.unit_id in above:
        raise UnitCycle(spell.unit_id)


def add_post(
    actor: Actor, unit_id: UUID, *, title: str, level: str, at: datetime, order: int = 0
) -> UUID:
    may_record_facts(actor)
    return add_to_unit(
        actor, Post(unit_id=unit_id, title=title, level=level, order=order), "post.added", at
    )


def add_team(actor: Actor, unit_id: UUID, *, name: str, kind: str, at: datetime) -> UUID:
    may_record_facts(actor)
    return add_to_unit(actor, Team(unit_id=unit_id, name=name, kind=kind), "team.added", at)


def add_to_unit(actor: Actor, row: Post | Team, event: str, at: datetime) -> UUID:
    with transaction.atomic():
        if not Unit.objects.filter(realm=actor.realm_id, pk=row.unit_id).exists():
            raise UnitNotFound(row.unit_id)
        row.realm_id = actor.realm_id
        row.save(force_insert=True)
        raise_directory_version(actor.realm_id)
        audit.record(
            event,
            realm_id=actor.realm_id,
            actor=actor,
            subject_kind=row._meta.model_name or "post",
            subject_id=row.pk,
            detail={"unit": str(row.unit_id)},
            at=at,
        )
    return row.pk
