"""The verdict on a text. It holds nothing of the text."""

from dataclasses import dataclass

from tanxin.core.markings.fold import folded
from tanxin.core.markings.rules import hint, stops


@dataclass(frozen=True, slots=True)
class Verdict:
    """``rule`` is the number of the rule that stops a text; ``hint`` says it has a bare word."""

    rule: str = ""
    hint: bool = False

    @property
    def stops(self) -> bool:
        return bool(self.rule)


def screen(text: str) -> Verdict:
    seen = folded(text)
    for rule, pattern in stops():
        if pattern.search(seen):
            return Verdict(rule)
    return Verdict(hint=bool(hint().search(seen)))
