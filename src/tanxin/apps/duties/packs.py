"""Which packs a realm has adopted, and the versions of their rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.models import PackInForce, RuleRow
from tanxin.core.access import Actor, Permission, RowForbidden, decide
from tanxin.core.policy import Checked, Fault, Pack, RuleKey, load_packs, rule_to_data
from tanxin.packs import shipped_sources


class RulesForbidden(RowForbidden):
    """Only organisers put rules in force."""


class PacksHaveFaults(Exception):
    """The packs cannot be in force together; ``faults`` say why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} faults, the first: {faults[0].code}")
        self.faults = tuple(faults)


class VersionIsTaken(Exception):
    """Another text is in force under this version: give the changed one a version of its own."""


def adopted_packs(realm_id: UUID) -> list[Pack]:
    """Return the packs of the realm, past versions too, each valid only while adopted."""
    return [pack for _, pack in adopted_rows(realm_id)]


def adopted_rows(realm_id: UUID) -> list[tuple[UUID, Pack]]:
    """The same, each with the key of its row."""
    rows = list(PackInForce.objects.filter(realm=realm_id).order_by("start", "pack", "version"))
    packs = _read(tuple((row.file, row.text) for row in rows))
    by_file = {row.file: row for row in rows}
    return [(by_file[pack.file].pk, _while_adopted(pack, by_file[pack.file])) for pack in packs]


@lru_cache(maxsize=64)
def _read(sources: tuple[tuple[str, str], ...]) -> tuple[Pack, ...]:
    """Texts never change once adopted, so they are read once in a process."""
    return load_packs(dict(sources)).packs


def _while_adopted(pack: Pack, row: PackInForce) -> Pack:
    ends = [end for end in (pack.end, row.end) if end is not None]
    return replace(pack, start=max(pack.start, row.start), end=min(ends, default=None))


def put_shipped_in_force(
    actor: Actor, names: Iterable[str] = (), *, start: date, at: datetime
) -> tuple[str, ...]:
    """Adopt packs that ship with Tanxin, all where none is named; see ``put_in_force``."""
    return put_in_force(actor, shipped_sources(*names), start=start, at=at)


def put_in_force(
    actor: Actor, sources: Mapping[str, str], *, start: date, at: datetime
) -> tuple[str, ...]:
    """Adopt the packs of ``sources``, file name → text, from ``start`` on; return their ids.

    An earlier version of the same pack ends on that day. What is adopted already is left as it
    is. Raises ``RulesForbidden``, ``PacksHaveFaults`` or ``VersionIsTaken``.
    """
    may_change_rules(actor)
    with transaction.atomic():
        new, fresh = adopt_checked(actor.realm_id, sources, start=start, at=at)
        if fresh:
            log_published(actor, fresh, at)
    return tuple(pack.id for pack in new)


def adopt_checked(
    realm_id: UUID, sources: Mapping[str, str], *, start: date, at: datetime
) -> tuple[list[Pack], list[Pack]]:
    """Adopt what has no fault, in the caller's transaction, who writes the log.

    Returns the packs of ``sources``, and those of them that were not adopted before. Raises
    ``PacksHaveFaults`` or ``VersionIsTaken``.
    """
    checked = checked_with_adopted(realm_id, sources)
    new = [pack for pack in checked.packs if pack.file in sources]
    fresh = [pack for pack in new if not _is_adopted(realm_id, pack, sources[pack.file])]
    for pack in fresh:
        _adopt(realm_id, pack, sources[pack.file], start, at)
    return new, fresh


def log_published(actor: Actor, packs: Iterable[Pack], at: datetime, **detail: str) -> None:
    audit.record(
        "rules.published",
        realm_id=actor.realm_id,
        actor=actor,
        subject_kind="pack",
        subject_id=None,
        at=at,
        detail={"packs": [f"{pack.id} {pack.version}" for pack in packs], **detail},
    )


def may_change_rules(actor: Actor) -> None:
    """Raises ``RulesForbidden``."""
    if not decide(Permission.ORG_EDIT, actor.standing).allowed:
        raise RulesForbidden(Permission.ORG_EDIT)


def checked_with_adopted(realm_id: UUID, sources: Mapping[str, str]) -> Checked:
    """Check the new packs together with those in force that they neither are nor replace."""
    alone = load_packs(sources)
    coming = {pack.id for pack in alone.packs}
    staying = PackInForce.objects.filter(realm=realm_id, end=None).exclude(pack__in=coming)
    checked = load_packs({**dict(staying.values_list("file", "text")), **sources})
    if checked.faults:
        raise PacksHaveFaults(checked.faults)
    return checked


def refuse_taken(realm_id: UUID, pack: Pack) -> None:
    """Raises ``VersionIsTaken`` where the version was adopted before, in whatever text."""
    if PackInForce.objects.filter(realm=realm_id, pack=pack.id, version=pack.version).exists():
        raise VersionIsTaken(f"{pack.id} {pack.version}")


def _is_adopted(realm_id: UUID, pack: Pack, text: str) -> bool:
    rows = PackInForce.objects.filter(realm=realm_id, pack=pack.id, version=pack.version)
    known = rows.values_list("text", flat=True).first()
    if known is not None and known != text:
        raise VersionIsTaken(f"{pack.id} {pack.version}")
    return known is not None


def _adopt(realm_id: UUID, pack: Pack, text: str, start: date, at: datetime) -> None:
    before = PackInForce.objects.filter(realm=realm_id, pack=pack.id, end=None)
    before.filter(start__lt=start).update(end=start)
    PackInForce.objects.create(
        realm_id=realm_id,
        pack=pack.id,
        version=pack.version,
        file=f"{pack.id}-{pack.version}/{pack.file.rpartition('/')[2]}",
        text=text,
        start=start,
        adopted_at=at,
    )
    RuleRow.objects.bulk_create(
        RuleRow(
            realm_id=realm_id,
            pack=pack.id,
            version=pack.version,
            rule=rule.id,
            title=rule.title.zh,
            kind=rule.kind,
            text=rule_to_data(rule),
            published_at=at,
        )
        for rule in pack.rules
    )


def rule_rows(realm_id: UUID) -> dict[RuleKey, UUID]:
    """Return the row of every version of every rule that the realm ever adopted."""
    rows = RuleRow.objects.filter(realm=realm_id).values_list("pk", "pack", "version", "rule")
    return {RuleKey(pack, version, rule): key for key, pack, version, rule in rows}
