"""The clauses that the rules in force rest on, and the duties that each gives somebody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from tanxin.apps.duties.access import visible_duties
from tanxin.apps.duties.models import Duty
from tanxin.apps.duties.reading.rulebook import PackLine, own_words, pack_lines, rule_keys
from tanxin.core.access import Actor, RowNotFound
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import Rule
from tanxin.core.policy.own import NO_WORDS, OwnWords
from tanxin.core.policy.schema import Citation

MOST = 30


class ClauseNotFound(RowNotFound):
    pass


@dataclass(frozen=True, slots=True)
class RuleUnder:
    """``id`` is the row of the rule's page, where it is known."""

    id: UUID | None
    pack: str
    rule: Rule

    @property
    def key(self) -> str:
        return f"{self.pack}/{self.rule.id}"


@dataclass(slots=True)
class Clause:
    """One clause of a pack; ``key`` names it in addresses and marks."""

    pack: str
    cite: Citation
    rules: list[RuleUnder] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.pack}/{self.cite.id}"


@dataclass(frozen=True, slots=True)
class Reader:
    """All clauses in force on a day, in the order of the packs; ``own`` are the packs' words."""

    clauses: dict[str, Clause]
    own: OwnWords = NO_WORDS

    def clause(self, key: str) -> Clause:
        """Raises ``ClauseNotFound``."""
        if key not in self.clauses:
            raise ClauseNotFound(key)
        return self.clauses[key]

    @property
    def rules(self) -> list[RuleUnder]:
        """Each rule once, in order."""
        found = {one.key: one for clause in self.clauses.values() for one in clause.rules}
        return list(found.values())

    def about_requests(self) -> list[Clause]:
        """The clauses by which whoever asks for a talk is owed an answer."""
        return [
            clause
            for clause in self.clauses.values()
            if any(one.rule.text_only == "on_request" or one.rule.answer for one in clause.rules)
        ]


def reader(actor: Actor, *, on: date) -> Reader:
    lines = [line for line in pack_lines(actor) if line.is_in_force(on)]
    clauses: dict[str, Clause] = {}
    for line in lines:
        gather(clauses, actor, line)
    return Reader(clauses, own_words(line.pack for line in lines))


def gather(clauses: dict[str, Clause], actor: Actor, line: PackLine) -> None:
    keys = rule_keys(actor, line.pack)
    for rule in line.pack.rules:
        under = RuleUnder(keys.get(rule.id), line.pack.id, rule)
        for cite in rule.cites:
            clause = Clause(line.pack.id, cite)
            clauses.setdefault(clause.key, clause).rules.append(under)


def own_duties_under(actor: Actor, clause: Clause, *, on: date) -> list[Duty]:
    """What the clause has the actor do by now, the earliest first; not what begins later."""
    rows = own_open(actor, [one.id for one in clause.rules if one.id]).filter(opens__lte=on)
    return list(rows.order_by("due", "pk")[:MOST])


def own_open(actor: Actor, rule_ids: Iterable[UUID]) -> QuerySet[Duty]:
    mine = Q(initiator=actor.person_id) | Q(subject=actor.person_id, mutual=True)
    rows = visible_duties(actor).filter(mine, state=DutyState.OPEN, rule__in=list(rule_ids))
    return rows.select_related("rule")
