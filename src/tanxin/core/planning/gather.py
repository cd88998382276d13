"""Where several people could be talked to together: proposed, and never decided here."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from tanxin.core.planning.task import Task

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Gathering:
    """One collective talk from ``opens`` to ``due`` instead of the talks ``keys``."""

    initiator: Hashable
    unit: Hashable
    kind: str
    keys: tuple[str, ...]
    opens: date
    due: date

    @property
    def saved(self) -> int:
        return len(self.keys) - 1


def gatherings(tasks: Iterable[Task], most: int = 12) -> list[Gathering]:
    """Talks of one initiator, kind and unit whose rules allow a collective talk, three or more."""
    alike: dict[tuple[Hashable, Hashable, str], list[Task]] = defaultdict(list)
    for task in tasks:
        if task.can_gather and len(task.subjects) == 1:
            alike[task.initiator, task.unit, task.kind].append(task)
    found = []
    for (initiator, unit, kind), members in alike.items():
        members.sort(key=lambda task: (task.due, task.key))
        found += [
            Gathering(
                initiator, unit, kind,
                tuple(task.key for task in together),
                max(task.opens for task in together), min(task.due for task in together),
            )
            for together in in_one_window(members, most)
        ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.saved, one.keys))


def in_one_window(members: list[Task], most: int) -> Iterable[list[Task]]:
    """Runs of different people whose windows have a day in common."""
    together: list[Task] = []
    for task in members:
        known = {one.subjects for one in together}
        fits = together and task.opens <= together[0].due and len(together) < most
        if not fits or task.subjects in known:
            if len(together) >= FEWEST:
                yield together
            together = []
        together.append(task)
    if len(together) >= FEWEST:
        yield together
