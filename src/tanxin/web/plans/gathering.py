"""Collective talks that could stand instead of several, as cards with a button."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tanxin.apps.org.directory import Directory
from tanxin.apps.plans.reading.overview import PlannedRow
from tanxin.core.planning import Gathering, Stack
from tanxin.web.talks import words as talk_words

MOST = 6


@dataclass(frozen=True, slots=True)
class Offer:
    initiator_id: UUID
    who: str
    unit: str
    kind: object
    count: int
    saved: int
    opens: date
    due: date
    keys: tuple[str, ...]


def gathering_rows(
    found: list[Gathering], rows: Collection[PlannedRow], names: Directory
) -> list[Offer]:
    """Those that save most first."""
    leads = {str(row.pk): row.initiator_id for row in rows}
    units = {str(row.pk): row.unit_id for row in rows}
    return [
        Offer(
            initiator_id=leads[one.keys[0]],
            who=names.name(leads[one.keys[0]]),
            unit=names.unit_name(units[one.keys[0]]),
            kind=talk_words.KINDS[one.kind],
            count=len(one.keys),
            saved=one.saved,
            opens=one.opens,
            due=one.due,
            keys=one.keys,
        )
        for one in found[:MOST]
    ]


@dataclass(frozen=True, slots=True)
class Merge:
    """``talks`` are the planned talks, each with its day and who leads it."""

    who: str
    talks: list[tuple[str, str, date]]


def merge_rows(found: list[Stack], names: Directory) -> list[Merge]:
    return [
        Merge(
            names.name(UUID(str(one.subject))),
            [(each.key, names.name(UUID(str(each.initiator))), each.day) for each in one.talks],
        )
        for one in found[:MOST]
    ]
