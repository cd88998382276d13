"""Which version of which rule is in force on a day.

Versions of a pack follow one another. A period belongs to the version in force on its first day,
so a rule that changes in mid-period changes nothing that is already owed; a rule that is new in
mid-period begins there. A rule that replaces an upper one stands for it while it is in force.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tanxin.core.policy.schema import Pack, Rule, Terms


@dataclass(frozen=True, slots=True)
class Edition:
    """A rule in one version of its pack, with what else speaks about it."""

    pack: Pack
    rule: Rule
    terms: Terms
    siblings: tuple[Pack, ...]
    replacing: tuple[Pack, ...]

    def in_force(self, day: date) -> bool:
        return is_in_force(self.pack, day) and not self.is_replaced(day)

    def is_replaced(self, day: date) -> bool:
        return any(is_in_force(pack, day) for pack in self.replacing)

    def anchor(self, start: date, last: date) -> date | None:
        """Return the first day this edition rules in a period, or None where another one does."""
        begins = max(start, self.pack.start)
        earlier = any(
            sibling.start < self.pack.start and (sibling.end is None or sibling.end > start)
            for sibling in self.siblings
        )
        if begins > last or earlier or not self.in_force(begins):
            return None
        return begins

    def last_day(self, last: date) -> date:
        """Return the last day of a period, or of the pack where it ends and nothing follows."""
        end = self.pack.end
        followed = any(sibling.start == end for sibling in self.siblings)
        if end is None or followed or end > last:
            return last
        return date.fromordinal(end.toordinal() - 1)


def is_in_force(pack: Pack, day: date) -> bool:
    return pack.start <= day and (pack.end is None or day < pack.end)


def editions(packs: Sequence[Pack]) -> Iterator[Edition]:
    """Return every derivable rule of ``packs``; rules in words only are left out."""
    for pack in packs:
        for rule in pack.rules:
            if rule.terms is not None:
                yield Edition(
                    pack,
                    rule,
                    rule.terms,
                    siblings=tuple(_siblings(packs, pack, rule)),
                    replacing=tuple(_replacing(packs, f"{pack.id}/{rule.id}")),
                )


def _siblings(packs: Iterable[Pack], pack: Pack, rule: Rule) -> Iterator[Pack]:
    for other in packs:
        same = other.id == pack.id and other.version != pack.version
        if same and any(each.id == rule.id and each.terms for each in other.rules):
            yield other


def _replacing(packs: Iterable[Pack], name: str) -> Iterator[Pack]:
    for pack in packs:
        if any(rule.replaces == name for rule in pack.rules):
            yield pack
