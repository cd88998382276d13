"""A plan as it stands: which talks, on which days, under which limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import Days
from tanxin.core.planning.task import Limits, Task


@dataclass(frozen=True, slots=True)
class Standing:
    """``at`` holds the days of those ``tasks`` that have one."""

    tasks: Mapping[str, Task]
    at: Mapping[str, date]
    days: Days
    limits: Limits

    def board_around(self, task: Task, hops: int = 1) -> Board:
        """Without ``task``: the talks of its people alone can be in its way.

        With ``hops=2`` also the talks of all whom those talks concern, which may have to move.
        """
        people = set(task.people)
        for _ in range(hops - 1):
            people = people.union(*(other.people for other in self.of(people)))
        return self.board(other for other in self.of(people) if other.key != task.key)

    def board(self, tasks: Iterable[Task]) -> Board:
        board = Board(self.days, self.limits)
        for task in tasks:
            number = self.days.number(self.at[task.key]) if task.key in self.at else None
            if number is not None:
                board.put(task, number)
        return board

    def of(self, people: set[object]) -> list[Task]:
        return [task for task in self.tasks.values() if not people.isdisjoint(task.people)]
