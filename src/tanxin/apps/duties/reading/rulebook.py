"""Packs and rules in force, with the duties they create here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.models import RuleRow
from tanxin.apps.duties.packs import adopted_rows
from tanxin.apps.duties.reading.reasons import reason_is_open
from tanxin.apps.duties.reading.states import conditions, of_year
from tanxin.core.access import Actor, Permission, RowNotFound, decide
from tanxin.core.policy import Pack, Rule, rule_from_data
from tanxin.core.policy.own import NO_WORDS, OwnWords


class PackNotFound(RowNotFound):
    pass


class RuleNotFound(RowNotFound):
    pass


@dataclass(frozen=True, slots=True)
class PackLine:
    id: UUID
    pack: Pack
    start: date
    end: date | None

    def is_in_force(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


class Owed(NamedTuple):
    """Duties of one rule: how many, how many of them are held, and by how many people."""

    owed: int = 0
    held: int = 0
    leaders: int = 0


@dataclass(frozen=True, slots=True)
class RuleLine:
    """``pack_id`` is None where the version is no longer to be found.

    ``own`` are the words that the packs of the realm bring.
    """

    id: UUID
    pack_id: UUID | None
    pack: Pack | None
    version: str
    rule: Rule
    own: OwnWords = NO_WORDS


def may_read_rules(actor: Actor) -> bool:
    return decide(Permission.RULE_VIEW, actor.standing).allowed


def pack_lines(actor: Actor) -> list[PackLine]:
    """Every version the realm ever adopted, from the top level down, the newest first."""
    if not may_read_rules(actor):
        return []
    lines = [
        PackLine(key, pack, pack.start, pack.end) for key, pack in adopted_rows(actor.realm_id)
    ]
    levels = list(type(lines[0].pack.level)) if lines else []
    lines.sort(key=lambda line: line.start, reverse=True)
    lines.sort(key=lambda line: (levels.index(line.pack.level), line.pack.id))
    return lines


def own_words(packs: Iterable[Pack]) -> OwnWords:
    """The words that packs bring; where two name the same, the last one's."""
    own = NO_WORDS
    for pack in packs:
        own = own.beside(pack.own or NO_WORDS)
    return own


def pack_among(lines: Iterable[PackLine], pack_id: UUID) -> PackLine:
    """Raises ``PackNotFound``."""
    found = next((line for line in lines if line.id == pack_id), None)
    if found is None:
        raise PackNotFound(pack_id)
    return found


def rule_keys(actor: Actor, pack: Pack) -> dict[str, UUID]:
    """The rule's name in the pack → the row that holds it."""
    rows = RuleRow.objects.filter(realm=actor.realm_id, pack=pack.id, version=pack.version)
    return dict(rows.values_list("rule", "pk"))


def rule_line(actor: Actor, rule_id: UUID) -> RuleLine:
    """Raises ``RuleNotFound``."""
    row = RuleRow.objects.filter(realm=actor.realm_id, pk=rule_id).first()
    if row is None or not may_read_rules(actor):
        raise RuleNotFound(rule_id)
    lines = pack_lines(actor)
    held = (line for line in lines if line.pack.id == row.pack)
    line = next((line for line in held if line.pack.version == row.version), None)
    return RuleLine(
        id=row.pk,
        pack_id=line.id if line else None,
        pack=line.pack if line else None,
        version=row.version,
        rule=rule_from_data(row.text),
        own=own_words(each.pack for each in lines),
    )


def duties_by_rule(actor: Actor, rule_ids: list[UUID], *, on: date, year: int) -> dict[UUID, Owed]:
    """Rule → its duties of the year that the actor may see with their reason."""
    held = conditions(on)["held"]
    rows = of_year(visible_duties(actor, on=on), year, on)
    rows = rows.filter(reason_is_open(actor), conditions(on)["owed"], rule__in=rule_ids)
    counted = (
        rows.order_by()
        .values("rule")
        .annotate(
            owed=Count("pk"),
            held=Count("pk", filter=Q(held)),
            leaders=Count("initiator", distinct=True),
        )
    )
    return {
        rule: Owed(*numbers)
        for rule, *numbers in counted.values_list("rule", "owed", "held", "leaders")
    }
