"""How one talk is to be held, settled on the day it is for: nothing is left open, nothing moves.

A type speaks before its kind, and a kind of a pack before what is usual. The result is kept with
the talk, so that a later version of a pack changes nothing that is already arranged.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tanxin.core.calendar import Offset
from tanxin.core.policy.distance import offset_on
from tanxin.core.policy.manner import FormField, Grade, Manner, Part, Signing
from tanxin.core.policy.resolve import is_in_force
from tanxin.core.policy.schema import (
    Channel,
    Citation,
    Distance,
    FollowUp,
    Form,
    Holder,
    Pack,
    Rule,
    Size,
    Title,
    Ways,
)
from tanxin.core.policy.usual import USUAL, WAYS

GRADES = tuple(Grade)
ANY_SIZE = Size()


class KindUnknown(Exception):
    """No pack that is in force on the day has such a kind, or such a type below it."""


@dataclass(frozen=True, slots=True)
class Conduct:
    """``clauses`` are what a type rests on, as document and place; empty where no rule names it.

    ``size`` is how many are talked with at once, by the rules that name the type. ``version`` names
    the pack and version that brought the type, or else the kind.
    """

    kind: str
    kind_title: Title
    type: str = ""
    type_title: Title | None = None
    version: str = ""
    clauses: tuple[str, ...] = ()
    form: Form = Form.EITHER
    size: Size = ANY_SIZE
    channels: tuple[Channel, ...] = (Channel.FACE,)
    ways: tuple[Ways, ...] = WAYS
    held_by: tuple[Holder, ...] = ()
    parts: tuple[Part, ...] = ()
    preparation: tuple[Title, ...] = ()
    fields: tuple[FormField, ...] = ()
    approval: tuple[Part, ...] = ()
    endorsement: tuple[Part, ...] = ()
    signature: tuple[Part, ...] = ()
    signing: Signing = Signing.LOGIN
    grade: Grade = Grade.ORDINARY
    retention: Offset | None = None
    counts: bool = True
    effect: Offset | None = None
    follow_up: tuple[FollowUp, ...] = ()
    clock: Offset | None = None

    @property
    def title(self) -> Title:
        return self.type_title or self.kind_title

    def channels_for(self, states: Iterable[str]) -> frozenset[Channel]:
        """What needs no reason with somebody who is in these states."""
        able = frozenset(states)
        ways = (way.channels for way in self.ways if way.state in able)
        return frozenset(self.channels).union(*ways)


def kinds_on(packs: Iterable[Pack], day: date) -> tuple[Manner, ...]:
    """The four, and every kind of a pack in force on ``day``, as that pack says it is held."""
    found = dict(USUAL)
    for _, manner in _own(packs, day, "kinds"):
        found[manner.id] = manner
    return tuple(found.values())


def types_on(packs: Iterable[Pack], day: date) -> tuple[Manner, ...]:
    """Every type of a pack in force on ``day``."""
    return tuple({manner.id: manner for _, manner in _own(packs, day, "types")}.values())


def conduct_on(packs: Iterable[Pack], kind: str, type_id: str, day: date) -> Conduct:
    """Raises ``KindUnknown``."""
    known = list(packs)
    found = [("", USUAL[kind])] if kind in USUAL else []
    found += [each for each in _own(known, day, "kinds") if each[1].id == kind]
    if not found:
        raise KindUnknown(kind)
    title, version = found[-1][1].title, found[-1][0]
    settled = Conduct(kind, title, version=version)
    for _, manner in found:
        settled = _with(settled, manner, day)
    if not type_id:
        return settled
    below = [each for each in _own(known, day, "types") if each[1].id == type_id]
    if not below or below[-1][1].kind != kind:
        raise KindUnknown(type_id)
    version, manner = below[-1]
    settled = _with(settled, manner, day)
    naming = [rule for rule in _rules(known, day) if rule.type == type_id]
    return replace(
        settled,
        type=type_id,
        type_title=manner.title,
        version=version,
        clauses=tuple(dict.fromkeys(_said(one) for rule in naming for one in rule.cites)),
        size=_size(naming),
    )


def _own(packs: Iterable[Pack], day: date, words: str) -> Iterator[tuple[str, Manner]]:
    for pack in packs:
        if pack.own is not None and is_in_force(pack, day):
            for manner in getattr(pack.own, words).values():
                yield f"{pack.id} {pack.version}", manner


def _with(settled: Conduct, manner: Manner, day: date) -> Conduct:
    """What ``manner`` says, in place of what was said above it; a grade is never lowered."""
    said: dict[str, Any] = {
        name: value
        for name in (
            "channels", "ways", "held_by", "parts", "preparation", "fields", "approval",
            "endorsement", "signature", "follow_up",
        )
        if (value := getattr(manner, name))
    }  # fmt: skip
    if manner.form is not None:
        said["form"] = manner.form
    if manner.signing is not None:
        said["signing"] = manner.signing
    for name in ("retention", "effect", "clock"):
        distance: Distance | None = getattr(manner, name)
        if distance is not None:
            said[name] = offset_on(distance, day)
    said["grade"] = max(settled.grade, manner.grade, key=GRADES.index)
    said["counts"] = settled.counts and manner.counts
    return replace(settled, **said)


def _rules(packs: Iterable[Pack], day: date) -> Iterator[Rule]:
    return (rule for pack in packs if is_in_force(pack, day) for rule in pack.rules)


def _size(rules: Iterable[Rule]) -> Size:
    """What any of them takes: the fewest and the most that some rule names."""
    sizes = [rule.size for rule in rules if rule.form is not Form.INDIVIDUAL]
    if not sizes:
        return ANY_SIZE
    most = 0 if any(not size.most for size in sizes) else max(size.most for size in sizes)
    return Size(min(size.least for size in sizes), most)


def _said(citation: Citation) -> str:
    return f"《{citation.document}》{citation.place}"
