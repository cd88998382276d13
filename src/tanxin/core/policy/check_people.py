"""Nodes → whom, who and how they belong together."""

from collections.abc import Mapping
from typing import Any

from tanxin.core.calendar import OffsetUnit
from tanxin.core.policy import check_time, words
from tanxin.core.policy.dated import Dated
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import (
    AfterEvent,
    Holder,
    Holding,
    Joined,
    Relation,
    Resolver,
    Selector,
    Talked,
    Time,
    Trait,
    YearlyDate,
    Years,
)

WHO_EXAMPLE = "who: {seat: chief, of: leadership}"
WHOM_EXAMPLE = "whom: {branch: member, state: [hardship, ill]}"
ANY_EXAMPLE = "whom: {any: [{branch: secretary}, {head: yes}]}"
HELD_BY_EXAMPLE = "held_by: [discipline, {seat: chief, of: party_group}]"
RELATION_EXAMPLE = "relation: team"

_ROLES: Mapping[Holding, tuple[str, ...]] = {
    Holding.SEAT: words.SEAT_ROLES,
    Holding.BRANCH: words.BRANCH_ROLES,
    Holding.POST: words.POST_LEVELS,
}
HOLDINGS = tuple(each.value for each in Holding if each is not Holding.DISCIPLINE)
NARROWING = ("state", "not_state", *words.TRAITS, "years", "talked", "not_talked", "also")

_SEAT, _BRANCH = frozenset({Holding.SEAT}), frozenset({Holding.BRANCH})
_ANYONE = frozenset({Holding.ANYONE})
_ALL = frozenset(Holding) - {Holding.ANY, Holding.DISCIPLINE}
# Who may stand on which side of a relation.
FITTING: Mapping[Relation, tuple[frozenset[Holding], frozenset[Holding]]] = {
    Relation.TEAM: (_SEAT, _SEAT),
    Relation.BRANCH: (_BRANCH, _BRANCH | _ANYONE),
    Relation.CHARGE: (
        _SEAT | _ANYONE,
        frozenset({Holding.HEAD, Holding.POST, Holding.BRANCH}),
    ),
    Relation.CONTACT: (_ANYONE, _ALL),
    Relation.UNIT: (_ALL, _ALL),
    Relation.BELOW: (_ALL, _ALL),
    Relation.ABOVE: (_ALL, _ALL),
    Relation.AUTHORITY: (_ALL, _ALL),
    Relation.RECEPTION: (_ALL, _ANYONE),
}
EXAMPLES: Mapping[Relation, str] = {
    Relation.TEAM: """\
who: {seat: chief, of: leadership}
whom: {seat: [deputy, member], of: leadership}
relation: team
""",
    Relation.BRANCH: """\
who: {branch: secretary}
whom: {branch: member}
relation: branch
""",
    Relation.CHARGE: """\
who: {seat: [chief, deputy, member], of: leadership}
whom: {head: yes}
relation: charge
""",
    Relation.CONTACT: """\
who: {anyone: yes, also: {seat: [chief, deputy, member], of: leadership}}
whom: {anyone: yes, also: {branch: secretary}}
relation: {contact: liaison}
""",
    Relation.UNIT: """\
who: {head: yes}
whom: {post: [deputy_head, staff]}
relation: unit
""",
    Relation.BELOW: """\
who: {head: yes}
whom: {head: yes}
relation: {below: direct}
""",
    Relation.ABOVE: """\
who: {head: yes}
whom: {seat: chief, of: leadership}
relation: {above: direct}
""",
    Relation.AUTHORITY: """\
who: {head: yes}
whom: {anyone: yes}
relation: authority
""",
    Relation.RECEPTION: """\
who: {head: yes}
whom: {anyone: yes}
relation: reception
time: {within: {weeks: 1}, after: {event: request}}
""",
}
BY_PARTY = """\
who: {head: yes, also: {branch: secretary}}
whom: {post: [deputy_head, staff]}
relation: unit
"""


def resolver(node: Node, outer: Fields, parameters: Mapping[str, Dated]) -> Resolver:
    fields = outer.inner(node, (*HOLDINGS, "of", *NARROWING), WHO_EXAMPLE)
    return Resolver(_holder(fields), **_narrowing(fields, parameters))


def selector(node: Node, outer: Fields, parameters: Mapping[str, Dated]) -> Selector:
    fields = outer.inner(node, (*HOLDINGS, "of", *NARROWING), WHOM_EXAMPLE)
    return Selector(_holder(fields), **_narrowing(fields, parameters))


def _narrowing(fields: Fields, parameters: Mapping[str, Dated]) -> dict[str, Any]:
    known = {"rank": words.RANK_CODES, "politics": words.POLITICS, "gender": words.GENDERS}
    states = fields.own.all_states
    return {
        "states": fields.knowns("state", states),
        "not_states": fields.knowns("not_state", states),
        "traits": tuple(
            Trait(kind, fields.knowns(kind, known[kind]))
            for kind in words.TRAITS
            if fields.get(kind)
        ),
        "years": _years(fields),
        "talked": _talked(fields, "talked", parameters),
        "not_talked": _talked(fields, "not_talked", parameters),
        "also": _also(fields),
    }


def _also(fields: Fields) -> Holder | None:
    """Read ``also: {branch: secretary}``, which may stand anywhere."""
    node = fields.get("also")
    if node is None:
        return None
    held = holder(node, fields)
    for part in held.parts or (held,):
        if part.holding not in _ROLES:
            fields.wrong("people.also", node, known=", ".join(_ROLES))
    return held


def _years(fields: Fields) -> tuple[Years, ...]:
    """Read ``years: {birthday: {at_least: 80}, post: {at_least: 5}}``."""
    node = fields.get("years")
    if node is None:
        return ()
    example = "years: {birthday: {at_least: 80}, post: {at_least: 5}}"
    inner = fields.inner(node, words.DATES, example)
    return tuple(_years_since(since, each, inner) for since, each in inner.given())


def _years_since(since: str, node: Node, outer: Fields) -> Years:
    fields = outer.inner(node, ("at_least", "below"))
    least = fields.number("at_least", least=0) if fields.get("at_least") else 0
    below = fields.number("below", least=1) if fields.get("below") else None
    if below is not None and below <= least:
        fields.wrong("years.none", got=str(below), least=str(least))
    elif not least and below is None:
        fields.wrong("years.which")
    return Years(since, least, below)


def _talked(fields: Fields, key: str, parameters: Mapping[str, Dated]) -> Talked | None:
    """Read ``talked: {talk: reminder, within: {months: 12}}``."""
    node = fields.get(key)
    if node is None:
        return None
    inner = fields.inner(node, ("talk", "within"), key + ": {talk: warning, within: {months: 12}}")
    kinds = inner.knowns("talk", (*fields.own.all_kinds, *fields.own.types), needed=True)
    within = inner.need("within")
    if within is None:
        return None
    distance = check_time.distance(within, inner, parameters)
    if distance.unit is OffsetUnit.WORKING_DAY:
        inner.wrong("talked.working-days", within)
    return Talked(kinds, distance)


def _holder(fields: Fields) -> Holder:
    named = [key for key, _ in fields.given() if key in HOLDINGS]
    if len(named) != 1:
        fields.wrong("people.one-of", known=", ".join(HOLDINGS))
        return Holder(Holding.ANYONE)
    holding = Holding(named[0])
    if holding is Holding.ANY:
        return _any_of(fields)
    roles: tuple[str, ...] = ()
    if holding in _ROLES:
        roles = fields.knowns(holding, _ROLES[holding], needed=True)
    elif not fields.flag(holding):
        fields.wrong("people.yes", key=holding)
    teams = fields.knowns("of", words.TEAMS, needed=holding is Holding.SEAT)
    if teams and holding is not Holding.SEAT:
        fields.wrong("people.of-without-seat")
    return Holder(holding, roles, teams)


def _any_of(fields: Fields) -> Holder:
    """Read ``any: [{branch: secretary}, {head: yes}]``."""
    parts = tuple(holder(node, fields) for node in fields.items(Holding.ANY))
    if any(part.holding is Holding.ANY for part in parts):
        fields.wrong("people.any-in-any", fields.get(Holding.ANY))
    if fields.get("of"):
        fields.wrong("people.of-without-seat")
    return Holder(Holding.ANY, parts=parts)


def holder(node: Node, outer: Fields, example: str = ANY_EXAMPLE) -> Holder:
    """Read people without any narrowing."""
    fields = outer.inner(node, (*HOLDINGS, "of", *NARROWING), example)
    for key in NARROWING:
        if fields.get(key):
            fields.wrong("people.plain", fields.get(key), key=key, known=", ".join(HOLDINGS))
    return _holder(fields)


def may_hold(node: Node, outer: Fields) -> Holder:
    """Read who may hold a talk: people by what they hold, or ``discipline``, as approvals do."""
    if not isinstance(node.value, str):
        return holder(node, outer, HELD_BY_EXAMPLE)
    fields = outer.beside(HELD_BY_EXAMPLE)
    found = fields.known(node, (Holding.DISCIPLINE,))
    return Holder(Holding(found) if found else Holding.ANYONE)


def joined(node: Node, outer: Fields) -> Joined:
    """Read ``relation: team``, ``relation: {contact: pair}`` or ``relation: {below: direct}``."""
    if not isinstance(node.value, Mapping):
        return Joined(outer.word(node, Relation, Relation.TEAM))
    keys = (Relation.CONTACT, Relation.BELOW, Relation.ABOVE)
    fields = outer.inner(node, keys, "relation: {contact: [liaison, pair]}")
    named = [key for key, _ in fields.given() if key in keys]
    if len(named) != 1:
        fields.wrong("relation.one-of", known=", ".join(keys))
        return Joined(Relation.CONTACT)
    relation = Relation(named[0])
    if relation is Relation.CONTACT:
        return Joined(relation, fields.knowns(relation, fields.own.all_contacts, needed=True))
    return Joined(relation, depth=_depth(fields, relation))


def _depth(fields: Fields, relation: Relation) -> int:
    """Read ``direct``, ``any`` or a number of steps."""
    node = fields.get(relation)
    if node is not None and isinstance(node.value, str):
        return {"direct": 1, "any": 0}.get(fields.known(node, ("direct", "any")), 0)
    return fields.number(relation, least=1)


def check_fit(fields: Fields, who: Resolver, whom: Selector, relation: Relation) -> None:
    """Note where a relation cannot join the people it was given."""
    for side, held, fitting in (
        ("who", who.holder, FITTING[relation][0]),
        ("whom", whom.holder, FITTING[relation][1]),
    ):
        for part in held.parts or (held,):
            if part.holding not in fitting:
                params = {"relation": relation, "got": part.holding}
                known = ", ".join(sorted(fitting))
                there = fields.beside(EXAMPLES[relation])
                there.wrong(f"relation.{side}", fields.get(side), **params, known=known)


def check_ever(
    fields: Fields, who: Resolver, whom: Selector, relation: Relation, time: Time
) -> None:
    """Note what can never yield a duty: nobody stands where the relation looks."""
    if relation is Relation.UNIT and _only_of(who.holder, Holding.BRANCH) != _only_of(
        whom.holder, Holding.BRANCH
    ):
        of_unit = whom.holder if _only_of(who.holder, Holding.BRANCH) else who.holder
        if not any(part.holding in _IN_BRANCH_TOO for part in of_unit.parts or (of_unit,)):
            side = "whom" if of_unit is who.holder else "who"
            fields.beside(BY_PARTY).wrong("relation.never-unit", fields.get(side))
    of_persons = isinstance(time, AfterEvent | YearlyDate)
    if _only_of(whom.holder, Holding.ANYONE) and not of_persons and relation in _BY_EVENT:
        example = EXAMPLES[relation]
        fields.beside(example).wrong("relation.never-anyone", fields.get("whom"), relation=relation)


# Seats of a branch committee and whoever else stands in a branch; posts are in departments.
_IN_BRANCH_TOO = frozenset({Holding.SEAT, Holding.BRANCH, Holding.ANYONE})
# Where ``anyone`` is whoever an event is about.
_BY_EVENT = frozenset({Relation.BRANCH, Relation.RECEPTION})


def _only_of(held: Holder, holding: Holding) -> bool:
    return all(part.holding is holding for part in held.parts or (held,))
