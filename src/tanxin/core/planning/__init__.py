"""A year of talks laid over working days: within windows, under capacity, around absences.

Pure and deterministic: the same tasks, days and limits give the same plan, in whatever order.
"""

from tanxin.core.planning.board import Board
from tanxin.core.planning.days import Days
from tanxin.core.planning.gather import Gathering, gatherings
from tanxin.core.planning.merge import merged
from tanxin.core.planning.move import Breach, Moved, NoWorkingDay, breaches, moved
from tanxin.core.planning.propose import propose
from tanxin.core.planning.relax import Relaxation, Relaxing, smallest_relaxation
from tanxin.core.planning.stacked import Layer, Stack, stacks
from tanxin.core.planning.standing import Standing
from tanxin.core.planning.state import PlanState
from tanxin.core.planning.task import Because, Limits, Placed, Plan, Task
from tanxin.core.planning.why import Obstacle, Why, explain

__all__ = [
    "Because",
    "Board",
    "Breach",
    "Days",
    "Gathering",
    "Layer",
    "Limits",
    "Moved",
    "NoWorkingDay",
    "Obstacle",
    "Placed",
    "Plan",
    "PlanState",
    "Relaxation",
    "Relaxing",
    "Stack",
    "Standing",
    "Task",
    "Why",
    "breaches",
    "explain",
    "gatherings",
    "merged",
    "moved",
    "propose",
    "smallest_relaxation",
    "stacks",
]
