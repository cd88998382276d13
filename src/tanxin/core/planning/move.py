"""One talk put on another day by hand: what that breaks, and the least that must follow it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import nearest
from tanxin.core.planning.standing import Standing
from tanxin.core.planning.task import Because, Placed, Task


class NoWorkingDay(Exception):
    """The day is outside the plan, or nobody works on it."""


class Breach(StrEnum):
    NOT_A_WORKING_DAY = "not_a_working_day"
    BEFORE_ITS_WINDOW = "before_its_window"
    AFTER_ITS_DEADLINE = "after_its_deadline"
    INITIATOR_ABSENT = "initiator_absent"
    SUBJECT_ABSENT = "subject_absent"
    INITIATOR_DAY_FULL = "initiator_day_full"
    INITIATOR_WEEK_FULL = "initiator_week_full"
    SUBJECT_HAS_ANOTHER = "subject_has_another"
    TOO_CLOSE = "too_close"


@dataclass(frozen=True, slots=True)
class Moved:
    """``followed`` are the talks that had to go elsewhere; ``stuck`` those that found no day."""

    placed: Mapping[str, Placed]
    followed: tuple[str, ...]
    stuck: tuple[str, ...]


def breaches(standing: Standing, key: str, day: date) -> list[Breach]:
    """What would be wrong with the talk on ``day`` while the others stand on theirs."""
    task, number = standing.tasks[key], standing.days.number(day)
    table = (
        (Breach.NOT_A_WORKING_DAY, number is None),
        (Breach.BEFORE_ITS_WINDOW, day < task.opens),
        (Breach.AFTER_ITS_DEADLINE, day > task.due),
    )
    found = [breach for breach, is_so in table if is_so]
    if number is None:
        return found
    return found + with_others(standing.board_around(task), task, number)


def with_others(board: Board, task: Task, day: int) -> list[Breach]:
    led, subjects, bit = task.initiator, task.subjects, 1 << day
    table = (
        (Breach.INITIATOR_ABSENT, not board.present(led) & bit),
        (Breach.SUBJECT_ABSENT, any(not board.present(one) & bit for one in subjects)),
        (Breach.INITIATOR_DAY_FULL, board.full_day(led, day)),
        (Breach.INITIATOR_WEEK_FULL, board.full_week(led, day)),
        (
            Breach.SUBJECT_HAS_ANOTHER,
            any(board.present(one) & ~board.hears(one) & bit for one in subjects),
        ),
        (Breach.TOO_CLOSE, bool(board.crowded(task) & bit)),
    )
    return [breach for breach, is_so in table if is_so]


def moved(standing: Standing, key: str, day: date) -> Moved:
    """Put it there whatever it breaks; what clashes goes to its nearest lawful day, the rest stays.

    Raises ``NoWorkingDay`` where the plan has no such day.
    """
    task, number = standing.tasks[key], standing.days.number(day)
    if number is None:
        raise NoWorkingDay(day)
    board = standing.board_around(task, hops=2)
    going = must_go(board, task, number)
    for other in going:
        board.take(other)
    board.put(task, number)
    placed, stuck = {key: Placed(day, Because.CHOSEN)}, []
    for other in going:
        open_days = board.open_to(other)
        if not open_days:
            stuck.append(other.key)
            continue
        board.put(other, nearest(open_days, number))
        new_day = standing.days.days[board.at[other.key]]
        placed[other.key] = Placed(new_day, Because.MADE_ROOM)
    return Moved(placed, tuple(other for other in placed if other != key), tuple(stuck))


def must_go(board: Board, task: Task, day: int) -> list[Task]:
    """The fewest talks that cannot stay.

    Those with the same subject, and one of the initiator's
    where his day or week would hold one too many.
    """
    going = {other.key: other for other in same_subject(board, task, day)}
    full_day, full_week = (
        board.full_day(task.initiator, day),
        board.full_week(task.initiator, day),
    )
    led: list[Task] = []
    if full_day or full_week:
        led = (board.led_on if full_day else board.led_in_week)(task.initiator, day)
    if led and going.keys().isdisjoint(other.key for other in led):
        loosest = max(led, key=lambda other: (board.window(other).bit_count(), other.key))
        going[loosest.key] = loosest
    return [going[each] for each in sorted(going)]


def same_subject(board: Board, task: Task, day: int) -> list[Task]:
    return [
        other
        for subject in task.subjects
        for other in board.on.get((subject, day), ())
        if subject in other.subjects
    ]
