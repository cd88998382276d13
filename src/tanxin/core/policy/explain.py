"""Why must I? The clause, the numbers in force and the facts used, as codes for others to word.

Everything comes from the duty's trace and the rule as it was kept; nothing is derived again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from tanxin.core.policy.schema import Citation, Count, Relation, Rule, Side, Title


class Traced(Protocol):
    """A duty, or a stored row of one."""

    @property
    def opens(self) -> date: ...
    @property
    def due(self) -> date: ...
    @property
    def mutual(self) -> bool: ...
    @property
    def basis(self) -> str: ...


@dataclass(frozen=True, slots=True)
class UsedFact:
    """``code`` is seat, branch, post, charge, contact, event or state; ``what`` its role or kind.

    ``what`` is ``-`` where the fact is sensitive. ``start`` and ``end`` as in the fact, half-open.
    """

    side: Side
    code: str
    what: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """``relation`` and ``count`` say how the two belong together; ``numbers`` what is in force."""

    title: Title
    citations: tuple[Citation, ...]
    relation: Relation | None
    count: Count | None
    mutual: bool
    opens: date
    due: date
    numbers: Mapping[str, str]
    facts: tuple[UsedFact, ...]

    @property
    def is_verified(self) -> bool:
        """Whether every clause was checked against the original."""
        return all(citation.verified for citation in self.citations)


def explain(duty: Traced, rule: Rule) -> Explanation:
    """Explain ``duty`` by ``rule``, which must be the version that it was derived from."""
    parameters = duty.basis.partition("|")[0]
    return Explanation(
        title=rule.title,
        citations=rule.cites,
        relation=rule.terms.joined.relation if rule.terms else None,
        count=rule.terms.count if rule.terms else None,
        mutual=duty.mutual,
        opens=duty.opens,
        due=duty.due,
        numbers=dict(_number(each) for each in parameters.split(",")),
        facts=tuple(used_facts(duty.basis)),
    )


def used_facts(basis: str) -> Iterator[UsedFact]:
    """Return the facts of a trace, those of the initiator first."""
    sides = basis.split("|")[1:]
    for side, facts in zip((Side.INITIATOR, Side.SUBJECT), sides, strict=False):
        for text in facts.split(","):
            yield _fact(side, text)


def _number(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    return name, value


def _fact(side: Side, text: str) -> UsedFact:
    code, what, start, end = text.split(":")
    return UsedFact(side, code, what, _day(start), _day(end))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
