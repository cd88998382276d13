"""Putting every talk on a day: the tightest windows first, then one step of making room."""

from collections.abc import Iterable, Mapping
from datetime import date

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import Days, each, nearest
from tanxin.core.planning.move import same_subject
from tanxin.core.planning.spread import targets
from tanxin.core.planning.task import Because, Limits, Placed, Plan, Task


def propose(
    tasks: Iterable[Task], days: Days, limits: Limits, kept: Mapping[str, date] | None = None
) -> Plan:
    """``kept`` are days that stay as they are wherever they are still lawful."""
    ordered = sorted(tasks, key=lambda task: task.key)
    board, because = Board(days, limits), dict[str, Because]()
    wanted = targets(ordered, days, limits.reserve)
    keep_standing(board, ordered, kept or {}, because)
    left = [
        task
        for task in by_tightness(ordered, board)
        if task.key not in board.at and not place(board, task, wanted.get(task.key, 0), because)
    ]
    unplaced = [task for task in left if not make_room(board, task, wanted, because)]
    return result(board, because, unplaced)


def keep_standing(
    board: Board, tasks: list[Task], kept: Mapping[str, date], because: dict[str, Because]
) -> None:
    for task in tasks:
        day = board.days.number(kept[task.key]) if task.key in kept else None
        if day is not None and board.open_to(task) >> day & 1:
            board.put(task, day)
            because[task.key] = Because.KEPT


def by_tightness(tasks: list[Task], board: Board) -> list[Task]:
    return sorted(tasks, key=lambda task: (board.window(task).bit_count(), task.due, task.key))


def place(board: Board, task: Task, target: int, because: dict[str, Because]) -> bool:
    """On a trip that is made anyway, else apart from the subject's other talks, else anywhere."""
    open_days = board.open_to(task)
    if not open_days:
        return False
    apart = open_days & ~board.crowded(task)
    trip = apart & board.trips(task)
    for mask, reason in ((trip, Because.TRIP), (apart, Because.SPREAD), (open_days, Because.CLOSE)):
        if mask:
            board.put(task, nearest(mask, target))
            because[task.key] = reason
            return True
    return False


def make_room(
    board: Board, task: Task, wanted: Mapping[str, int], because: dict[str, Because]
) -> bool:
    """Move one talk that is in the way to another day, if that lets ``task`` in."""
    for day in each(board.window(task) & board.all_present(task)):
        for other in in_the_way(board, task, day):
            back = board.take(other)
            elsewhere = board.open_to(other) & ~(1 << day)
            if board.open_to(task) >> day & 1 and elsewhere:
                board.put(task, day)
                elsewhere = board.open_to(other)
                if elsewhere:
                    board.put(other, nearest(elsewhere, wanted.get(other.key, day)))
                    because[task.key], because[other.key] = Because.ROOM_MADE, Because.MADE_ROOM
                    return True
                board.take(task)
            board.put(other, back)
    return False


def in_the_way(board: Board, task: Task, day: int) -> list[Task]:
    """What could be moved.

    Talks with the same subject that day, and the initiator's own, of the
    whole week where the week is full.
    """
    found = {other.key: other for other in same_subject(board, task, day)}
    led = board.led_in_week if board.full_week(task.initiator, day) else board.led_on
    found |= {other.key: other for other in led(task.initiator, day)}
    return [found[key] for key in sorted(found)]


def result(board: Board, because: Mapping[str, Because], unplaced: Iterable[Task]) -> Plan:
    days = board.days.days
    placed = {key: Placed(days[day], because[key]) for key, day in sorted(board.at.items())}
    return Plan(placed, tuple(sorted(task.key for task in unplaced)))
