"""Which facts the rules of some packs look at, so that no others need be read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tanxin.core.policy.schema import (
    AfterEvent,
    Count,
    Holder,
    Holding,
    Pack,
    Relation,
    Terms,
    YearlyDate,
)
from tanxin.core.policy.words import DATES, POST_LEVELS, TRAITS

_OF_ALL_LEVELS = frozenset(POST_LEVELS)
_ALONG_THE_TREE = (Relation.BELOW, Relation.ABOVE, Relation.AUTHORITY, Relation.RECEPTION)
_OVER_UNITS = (Relation.UNIT, *_ALONG_THE_TREE)


@dataclass(frozen=True, slots=True)
class Asked:
    """``levels`` are those of posts, beside the ones that lead; ``talks`` asks for history.

    ``is_wide`` says that a change in one place may reach duties at places that it does not name.
    Among ``contacts`` an empty word stands for every kind.
    """

    levels: frozenset[str]
    traits: frozenset[str]
    dates: frozenset[str]
    talks: bool
    lapses: bool
    delegates: bool
    authorities: bool
    is_wide: bool
    contacts: frozenset[str]


EVERYTHING = Asked(
    levels=_OF_ALL_LEVELS,
    traits=frozenset(TRAITS),
    dates=frozenset(DATES),
    talks=True,
    lapses=True,
    delegates=True,
    authorities=True,
    is_wide=True,
    contacts=frozenset({""}),
)


def asked_by(packs: Iterable[Pack]) -> Asked:
    terms = [rule.terms for pack in packs for rule in pack.rules if rule.terms is not None]
    sides = [side for each in terms for side in (each.who, each.whom)]
    times = [each.time for each in terms]
    dates = {years.since for side in sides for years in side.years}
    dates.update(date for time in times if isinstance(time, YearlyDate) for date in time.dates)
    levels = {level for each in terms for level in _levels(each)}
    return Asked(
        levels=_OF_ALL_LEVELS if "post" in dates else frozenset(levels),
        traits=frozenset(trait.kind for side in sides for trait in side.traits),
        dates=frozenset(dates),
        talks=any(map(_looks_back, terms)),
        lapses=any(isinstance(time, AfterEvent) and time.lapsed for time in times),
        delegates=any(each.delegable for each in terms),
        authorities=any(each.joined.relation is Relation.AUTHORITY for each in terms),
        is_wide=any(map(_is_wide, terms)),
        contacts=frozenset(kind for each in terms for kind in _contacts(each)),
    )


def _looks_back(terms: Terms) -> bool:
    sides = (terms.who, terms.whom)
    rests = terms.sample is not None and terms.sample.rest is not None
    after = isinstance(terms.time, AfterEvent) and bool(terms.time.talks)
    return after or rests or any(side.talked or side.not_talked for side in sides)


def _is_wide(terms: Terms) -> bool:
    """What goes along the tree, or counts whole places, is derived whole after any change."""
    relation = terms.joined.relation
    answers = bool(getattr(terms.time, "events", ()))
    by_subject = relation is Relation.CONTACT and (terms.count is Count.SUBJECT or answers)
    whole = by_subject or terms.sample is not None or relation in _ALONG_THE_TREE
    return whole or getattr(terms.time, "below", False)


def _contacts(terms: Terms) -> Iterable[str]:
    return (terms.joined.contacts or ("",)) if terms.joined.relation is Relation.CONTACT else ()


def _levels(terms: Terms) -> Iterator[str]:
    anybody = terms.joined.relation in (*_OVER_UNITS, Relation.CONTACT)
    for side in (terms.who, terms.whom):
        for holder in (side.holder, *side.holder.parts, *(side.also.parts if side.also else ())):
            yield from _of_holder(holder, anybody=anybody)
        if side.also:
            yield from _of_holder(side.also, anybody=False)


def _of_holder(holder: Holder, *, anybody: bool) -> Iterable[str]:
    if holder.holding is Holding.POST:
        return holder.roles or POST_LEVELS
    return POST_LEVELS if anybody and holder.holding is Holding.ANYONE else ()
