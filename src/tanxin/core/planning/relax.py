"""The smallest thing that would give an unplaced talk its day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import each, first
from tanxin.core.planning.task import Task


class Relaxing(StrEnum):
    """In the order in which they cost least."""

    WEEK = "week"
    DAY = "day"
    SAME_DAY = "same_day"
    DEADLINE = "deadline"
    ABSENCE = "absence"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Relaxation:
    """``what`` gives way and the talk fits on ``day``; ``by`` is how much (talks, or working days).

    ``NOTHING`` means that no single step helps.
    """

    what: Relaxing
    by: int = 0
    day: date | None = None


def smallest_relaxation(board: Board, task: Task) -> Relaxation:
    """One more talk in a week or a day, before a later deadline, before somebody's absence."""
    window = board.window(task)
    heard = board.days.all
    for subject in task.subjects:
        heard &= board.hears(subject)
    led = board.present(task.initiator)
    room = window & led & heard
    in_full_weeks = [day for day in each(room) if board.full_week(task.initiator, day)]
    attempts = (
        (Relaxing.WEEK, only(in_full_weeks)),
        (Relaxing.DAY, room),
        (Relaxing.SAME_DAY, window & board.leads(task.initiator) & board.all_present(task)),
    )
    for what, mask in attempts:
        if mask:
            return Relaxation(what, 1, board.days.days[first(mask)])
    return later(board, task) or returning(board, task) or Relaxation(Relaxing.NOTHING)


def only(days: list[int]) -> int:
    return sum(1 << day for day in days)


def later(board: Board, task: Task) -> Relaxation | None:
    """The first day after the deadline, by working days."""
    last = board.days.mask(board.days.days[0], task.due).bit_length()
    mask = open_anywhere(board, task) >> last
    if not mask:
        return None
    day = last + first(mask)
    return Relaxation(Relaxing.DEADLINE, day - last + 1, board.days.days[day])


def open_anywhere(board: Board, task: Task) -> int:
    mask = board.leads(task.initiator)
    for subject in task.subjects:
        mask &= board.hears(subject)
    return mask


def returning(board: Board, task: Task) -> Relaxation | None:
    """Somebody comes back for one day of the window."""
    window = board.window(task)
    return Relaxation(Relaxing.ABSENCE, 1, board.days.days[first(window)]) if window else None
