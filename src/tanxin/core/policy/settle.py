"""What holds for the talks of a rule when it, its type and its kind are read together."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tanxin.core.policy.manner import Grade, Manner
from tanxin.core.policy.own import OwnWords
from tanxin.core.policy.schema import Rule, Title

_LEFT_OPEN = (
    "form", "channels", "ways", "held_by", "parts", "preparation", "fields", "approval",
    "endorsement", "signature", "signing", "retention", "effect", "follow_up", "clock",
)  # fmt: skip
_GRADES = tuple(Grade)


def manner_of(kind: str, talk_type: str, own: OwnWords) -> Manner:
    """Return how a talk of a kind, and of a type below it if one is named, is to be held.

    The type says what the kind leaves open or says otherwise; the stricter grade holds.
    """
    plain = Manner(kind, Title(kind, kind))
    general = own.kinds.get(kind, plain)
    special = own.types.get(talk_type)
    return general if special is None else over(special, general)


def over(special: Manner, general: Manner) -> Manner:
    """Return ``special``, with what it leaves open taken from ``general``."""
    taken = {
        name: getattr(general, name)
        for name in _LEFT_OPEN
        if not getattr(special, name) and getattr(general, name)
    }
    grade = max(special.grade, general.grade, key=_GRADES.index)
    return replace(special, grade=grade, counts=special.counts and general.counts, **taken)


def channels_for(rule: Rule, states: Collection[str]) -> Sequence[str]:
    """Return the channels that will do for a subject in these states, the rule's own among them."""
    more = [each.channels for each in rule.ways if each.state in states]
    return tuple(dict.fromkeys((*rule.channels, *(word for some in more for word in some))))


def meets(rule: Rule, kind: str, talk_type: str, own: OwnWords) -> bool:
    """Say whether a talk of a kind and type can meet duties of ``rule`` at all."""
    if rule.type:
        return talk_type == rule.type
    return kind == rule.kind and manner_of(kind, talk_type, own).counts
