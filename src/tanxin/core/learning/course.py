"""A short course whose questions come from the rules in force, the same for everybody.

Nothing is invented: the right answer is what a rule says, the wrong ones are what others say. The
same rules give the same questions in the same order, so nobody can look for easier ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

WANTED = 10
MOST_CHOICES = 4


class Aspect(StrEnum):
    """What is asked of a rule: who talks with whom, how often or by when, in which ways."""

    PEOPLE = "people"
    WHEN = "when"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Known:
    """A rule, and what it says to each aspect, in words; one that says nothing is left out."""

    key: str
    said: Mapping[Aspect, str]


@dataclass(frozen=True, slots=True)
class Question:
    """``choices`` are words, one of them, at ``right``, what the rule ``key`` says."""

    key: str
    aspect: Aspect
    choices: tuple[str, ...]
    right: int

    @property
    def name(self) -> str:
        return drawn(self.key, self.aspect)[:12]


def questions(rules: Sequence[Known], *, wanted: int = WANTED) -> list[Question]:
    """At most so many, about each aspect in turn, each of another rule while there are some."""
    asked: list[Question] = []
    rest = {aspect: list(askable(rules, aspect)) for aspect in Aspect}
    used: set[str] = set()
    while any(rest.values()) and len(asked) < wanted:
        for aspect in Aspect:
            if rest[aspect] and len(asked) < wanted:
                fresh = next((one for one in rest[aspect] if one.key not in used), rest[aspect][0])
                rest[aspect].remove(fresh)
                used.add(fresh.key)
                asked.append(fresh)
    return asked


def askable(rules: Sequence[Known], aspect: Aspect) -> Iterator[Question]:
    """The questions about one aspect that have more than one answer, in a drawn order."""
    sayings = {rule.said[aspect] for rule in rules if rule.said.get(aspect)}
    for rule in sorted(rules, key=lambda one: drawn(one.key, aspect)):
        right = rule.said.get(aspect, "")
        others = sorted(sayings - {right}, key=lambda said: drawn(rule.key, aspect, said))
        if right and others:
            choices = sorted(
                [right, *others[: MOST_CHOICES - 1]],
                key=lambda said: drawn("order", rule.key, aspect, said),
            )
            yield Question(rule.key, aspect, tuple(choices), choices.index(right))


def drawn(*words: str) -> str:
    """As if by lot, and always the same."""
    return sha256("\n".join(words).encode()).hexdigest()


def missed(asked: Sequence[Question], answers: Mapping[str, int]) -> list[Question]:
    """The questions that were not answered, or otherwise; none of them: the course is passed."""
    return [one for one in asked if answers.get(one.name) != one.right]
