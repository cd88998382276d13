"""Where each talk would stand if nothing were in its way."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from tanxin.core.planning.days import Days, first
from tanxin.core.planning.task import Task


def targets(tasks: Iterable[Task], days: Days, reserve: float) -> dict[str, int]:
    """Each initiator's talks of one window stand evenly over it, its last ``reserve`` left free."""
    alike: dict[tuple[Hashable, int], list[Task]] = defaultdict(list)
    for task in tasks:
        window = days.mask(task.opens, task.due)
        if window:
            alike[task.initiator, window].append(task)
    wanted: dict[str, int] = {}
    for (_, window), group in alike.items():
        begin, end = first(window), window.bit_length()
        room = (end - begin) * (1 - reserve)
        group.sort(key=lambda task: (str(task.unit), task.place, task.key))
        for at, task in enumerate(group):
            wanted[task.key] = begin + int(room * (at + 0.5) / len(group))
    return wanted
