"""Why this day: what stood in the way of the days nearer to where the talk was wanted."""

from dataclasses import dataclass
from datetime import date

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import each
from tanxin.core.planning.move import Breach, with_others
from tanxin.core.planning.spread import targets
from tanxin.core.planning.standing import Standing
from tanxin.core.planning.task import Task


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Days in a row, from ``first`` to ``last``, that were passed over for the same reasons."""

    first: date
    last: date
    reasons: tuple[Breach, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """``wanted`` is where an even spread puts it; ``passed`` lies between that and its day."""

    wanted: date | None
    passed: tuple[Obstacle, ...]


def explain(standing: Standing, key: str) -> Why:
    task, days = standing.tasks[key], standing.days
    own = [other for other in standing.tasks.values() if other.initiator == task.initiator]
    target = targets(own, days, standing.limits.reserve).get(key)
    if target is None:
        return Why(None, ())
    chosen = days.number(standing.at[key]) if key in standing.at else None
    if chosen is None or chosen == target:
        return Why(days.days[target], ())
    low, high = (target, chosen - 1) if chosen > target else (chosen + 1, target)
    between = ((2 << high) - 1) & ~((1 << low) - 1)
    return Why(days.days[target], passed(standing.board_around(task), task, between))


def passed(board: Board, task: Task, between: int) -> tuple[Obstacle, ...]:
    found: list[Obstacle] = []
    for number in each(between):
        reasons, day = tuple(with_others(board, task, number)), board.days.days[number]
        if found and found[-1].reasons == reasons:
            found[-1] = Obstacle(found[-1].first, day, reasons)
        else:
            found.append(Obstacle(day, day, reasons))
    return tuple(obstacle for obstacle in found if obstacle.reasons)
