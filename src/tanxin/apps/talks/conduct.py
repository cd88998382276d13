"""How talks are held here: by the packs of the day when one is arranged, by the talk afterwards."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.models import Talk
from tanxin.core.policy import (
    Conduct,
    KindUnknown,
    conduct_from_data,
    conduct_on,
    kinds_on,
    types_on,
)
from tanxin.core.policy.manner import Manner
from tanxin.core.policy.schema import Title


def conduct_for(realm_id: UUID, kind: str, type_id: str, moment: datetime) -> Conduct:
    """As the packs say that are in force on the day of ``moment``. Raises ``KindUnknown``."""
    return conduct_on(adopted_packs(realm_id), kind, type_id, day_of(realm_id, moment))


def conduct_of(talk: Talk) -> Conduct:
    """As it was settled when the talk was arranged."""
    if talk.manner:
        return conduct_from_data(talk.manner)
    try:
        return conduct_on((), talk.kind, "", talk.planned_for.date())
    except KindUnknown:
        return Conduct(talk.kind, Title(talk.kind, talk.kind))


def form_of(talk: Talk) -> Conduct:
    """The same for what is written of it: the fields of a group talk are those of its summary."""
    conduct = conduct_of(talk)
    return replace(conduct, fields=()) if talk.group_id else conduct


def kind_and_type(kind: str, type_id: str, owed: Iterable[Duty]) -> tuple[str, str]:
    """What was chosen; where no type was, that of the first duty whose rule names one."""
    if not type_id:
        for duty in owed:
            if named := str(duty.rule.text.get("type", "")):
                return duty.kind, named
    return kind, type_id


def manners(realm_id: UUID, on: date) -> tuple[tuple[Manner, ...], tuple[Manner, ...]]:
    """The kinds and the types there are on a day."""
    packs = adopted_packs(realm_id)
    return kinds_on(packs, on), types_on(packs, on)


def day_of(realm_id: UUID, moment: datetime) -> date:
    return moment.astimezone(zone_of(realm_id)).date()
