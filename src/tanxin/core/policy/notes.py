"""What is no fault and yet worth knowing: rules that meet, words nothing uses, people left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

from tanxin.core.policy import overlap
from tanxin.core.policy.faults import Fault
from tanxin.core.policy.schema import Holder, Holding, Pack, Relation, Rule

SORTS = ("states", "events", "contacts", "kinds", "types")


def notes_on(packs: Sequence[Pack]) -> Iterator[Fault]:
    """Return a note where two rules speak of the same people, and for what is suspicious."""
    yield from overlap.notes_on(packs)
    for pack in packs:
        for rule in pack.rules:
            if _leaves_out(rule):
                yield Fault("note.only-in-branch", rule.file, rule.line, {"rule": rule.id})
    yield from _unused(packs)


def _unused(packs: Sequence[Pack]) -> Iterator[Fault]:
    used = frozenset(word for pack in packs for word in _words_in(pack.rules))
    used |= {word for pack in packs if pack.own for word in _words_in(_manners(pack))}
    for pack in packs:
        for sort in SORTS if pack.own else ():
            for name in getattr(pack.own, sort):
                if name not in used:
                    yield Fault("note.unused", pack.file, pack.line, {"value": name})


def _manners(pack: Pack) -> Iterator[object]:
    """What kinds and types say of one another, without their names."""
    own = pack.own
    for manner in (*own.kinds.values(), *own.types.values()) if own else ():
        yield manner.kind, manner.ways


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _words_in(getattr(value, each.name))
    elif isinstance(value, Iterable) and not isinstance(value, Mapping):
        for one in value:
            yield from _words_in(one)


def _leaves_out(rule: Rule) -> bool:
    """Whether somebody in a branch talks with anybody in his unit, which is then the branch."""
    terms = rule.terms
    if terms is None or terms.joined.relation is not Relation.UNIT:
        return False
    whom = terms.whom.holder.holding
    return whom is Holding.ANYONE and _is_of_branch(terms.who.holder)


def _is_of_branch(held: Holder) -> bool:
    return all(part.holding is Holding.BRANCH for part in held.parts or (held,))
