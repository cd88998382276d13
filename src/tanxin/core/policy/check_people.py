"""Nodes → whom, who and how they belong together."""

from collections.abc import Mapping

from tanxin.core.policy import words
from tanxin.core.policy.fields import Fields
from tanxin.core.policy.read import Node
from tanxin.core.policy.schema import (
    Holder,
    Holding,
    Joined,
    Relation,
    Resolver,
    Selector,
)

WHO_EXAMPLE = "who: {seat: chief, of: leadership}"
WHOM_EXAMPLE = "whom: {branch: member, state: [hardship, ill]}"
RELATION_EXAMPLE = "relation: team"

_ROLES: Mapping[Holding, tuple[str, ...]] = {
    Holding.SEAT: words.SEAT_ROLES,
    Holding.BRANCH: words.BRANCH_ROLES,
    Holding.POST: words.POST_LEVELS,
}
_HOLDINGS = tuple(each.value for each in Holding)

# Who may stand on which side of a relation.
_FITTING: Mapping[Relation, tuple[frozenset[Holding], frozenset[Holding]]] = {
    Relation.TEAM: (frozenset({Holding.SEAT}), frozenset({Holding.SEAT})),
    Relation.BRANCH: (
        frozenset({Holding.BRANCH}),
        frozenset({Holding.BRANCH, Holding.ANYONE}),
    ),
    Relation.CHARGE: (
        frozenset({Holding.SEAT, Holding.ANYONE}),
        frozenset({Holding.HEAD, Holding.POST, Holding.BRANCH}),
    ),
    Relation.CONTACT: (frozenset({Holding.ANYONE}), frozenset({Holding.ANYONE})),
}


def resolver(node: Node, outer: Fields) -> Resolver:
    return Resolver(_holder(outer.inner(node, (*_HOLDINGS, "of"), WHO_EXAMPLE)))


def selector(node: Node, outer: Fields) -> Selector:
    fields = outer.inner(node, (*_HOLDINGS, "of", "state", "not_state"), WHOM_EXAMPLE)
    states = fields.knowns("state", words.STATES)
    return Selector(_holder(fields), states, fields.knowns("not_state", words.STATES))


def _holder(fields: Fields) -> Holder:
    named = [key for key, _ in fields.given() if key in _HOLDINGS]
    if len(named) != 1:
        fields.wrong("people.one-of", known=", ".join(_HOLDINGS))
        return Holder(Holding.ANYONE)
    holding = Holding(named[0])
    roles: tuple[str, ...] = ()
    if holding in _ROLES:
        roles = fields.knowns(holding, _ROLES[holding], needed=True)
    elif not fields.flag(holding):
        fields.wrong("people.yes", key=holding)
    teams = fields.knowns("of", words.TEAMS, needed=holding is Holding.SEAT)
    if teams and holding is not Holding.SEAT:
        fields.wrong("people.of-without-seat")
    return Holder(holding, roles, teams)


def joined(node: Node, outer: Fields) -> Joined:
    """Read ``relation: team`` or ``relation: {contact: [liaison, pair]}``."""
    if not isinstance(node.value, Mapping):
        return Joined(outer.word(node, Relation, Relation.TEAM))
    fields = outer.inner(node, (Relation.CONTACT,), "relation: {contact: [liaison, pair]}")
    return Joined(Relation.CONTACT, fields.knowns(Relation.CONTACT, words.CONTACTS, needed=True))


def check_fit(fields: Fields, who: Resolver, whom: Selector, relation: Relation) -> None:
    """Note where a relation cannot join the people it was given."""
    for side, holder, fitting in (
        ("who", who.holder, _FITTING[relation][0]),
        ("whom", whom.holder, _FITTING[relation][1]),
    ):
        if holder.holding not in fitting:
            params = {"relation": relation, "side": side, "got": holder.holding}
            known = ", ".join(sorted(fitting))
            fields.wrong("relation.people", fields.get(side), **params, known=known)
