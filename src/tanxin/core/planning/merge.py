"""Talks of the same two that several duties ask for, held as one where their windows meet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tanxin.core.planning.task import Task


def merged(tasks: Iterable[Task]) -> list[Task]:
    """One task for each set of duties that one talk can meet.

    Only duties of one kind, of the same initiator and subjects, are met together, and never two of
    one rule: a rule that wants two talks gets two.
    """
    alike: dict[tuple[object, ...], list[Task]] = defaultdict(list)
    for task in tasks:
        alike[task.initiator, task.subjects, task.kind, task.place].append(task)
    return [task for group in alike.values() for task in joined(group)]


def joined(group: list[Task]) -> list[Task]:
    """Greedily by deadline: the fewest talks that lie in all windows."""
    left = sorted(group, key=lambda task: (task.due, task.opens, task.key))
    made: list[Task] = []
    while left:
        head, *others = left
        whole, left, rules = head, [], {head.rule}
        for other in others:
            if other.opens <= whole.due and other.rule not in rules:
                whole = replace(
                    whole, opens=max(whole.opens, other.opens), meets=whole.meets + other.meets
                )
                rules.add(other.rule)
            else:
                left.append(other)
        made.append(whole)
    return made
