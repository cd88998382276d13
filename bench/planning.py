"""S1: a year of talks laid over working days, beside a bare greedy over bit masks, in one run.

``python -m bench.planning [TALKS] [LEADERS] [PAIRS]`` needs no database and prints one line of
JSON. The floor knows nothing of places, units, spacing or reasons: it puts each talk, the tightest
window first, on the free day nearest to an even spread, and moves one talk of the leader where
none is free. Both are measured in CPU time, one after the other.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from statistics import median

from tanxin.core.planning import Days, Limits, Plan, Standing, Task, moved, propose
from tanxin.core.planning.days import each, nearest

MONDAY = date(2026, 1, 5)
SLOTS, PAIRS, MOVES = 120, 5, 200
PER_WEEK, PER_DAY = 3, 1
# Some talks have the whole time, most half or a quarter of it, a few a fortnight.
WINDOWS = (120, 60, 60, 60, 30, 30, 30, 10)


def problem(talks: int, leaders: int) -> tuple[list[Task], Days]:
    chance = Random(20)  # noqa: S311 - invented talks
    days = Days(
        MONDAY + timedelta(days=7 * week + day) for week in range(SLOTS // 5) for day in range(5)
    )
    tasks = []
    for number in range(talks):
        width = chance.choice(WINDOWS)
        begin = chance.randrange(SLOTS // width) * width
        tasks.append(
            Task(
                f"{number:06}",
                number % leaders,
                (leaders + chance.randrange(talks * 2 // 3),),
                days.days[begin],
                days.days[begin + width - 1],
            )
        )
    return tasks, days


class Floor:
    """The least that puts talks on days under the same limits."""

    def __init__(self, tasks: list[Task], days: Days) -> None:
        self.days = days
        self.leads: dict[object, int] = defaultdict(lambda: days.all)
        self.hears: dict[object, int] = defaultdict(lambda: days.all)
        self.in_week: dict[tuple[object, int], int] = defaultdict(int)
        self.led: dict[object, dict[int, Task]] = defaultdict(dict)
        self.windows = {task.key: days.mask(task.opens, task.due) for task in tasks}
        self.tasks = sorted(
            tasks, key=lambda task: (self.windows[task.key].bit_count(), task.due, task.key)
        )

    def run(self) -> int:
        """How many talks were placed."""
        seen: dict[object, int] = defaultdict(int)
        placed = 0
        for task in self.tasks:
            window = self.windows[task.key]
            begin = (window & -window).bit_length() - 1
            width = window.bit_count()
            seen[task.initiator] += 7
            wanted = begin + seen[task.initiator] % width
            free = window & self.leads[task.initiator] & self.hears[task.subjects[0]]
            if free:
                self.put(task, nearest(free, wanted))
                placed += 1
            else:
                placed += self.repair(task)
        return placed

    def put(self, task: Task, day: int) -> None:
        leader, week = task.initiator, self.days.week_of[day]
        self.led[leader][day] = task
        self.in_week[leader, week] += 1
        gone = self.days.weeks[week] if self.in_week[leader, week] >= PER_WEEK else 1 << day
        self.leads[leader] &= ~gone
        self.hears[task.subjects[0]] &= ~(1 << day)

    def take(self, task: Task, day: int) -> None:
        leader, week = task.initiator, self.days.week_of[day]
        del self.led[leader][day]
        self.in_week[leader, week] -= 1
        taken = sum(1 << one for one in self.led[leader])
        self.leads[leader] |= self.days.weeks[week] & ~taken
        self.hears[task.subjects[0]] |= 1 << day

    def repair(self, task: Task) -> int:
        window = self.windows[task.key]
        for day, other in list(self.led[task.initiator].items()):
            if not any(self.days.weeks[self.days.week_of[day]] >> one & 1 for one in each(window)):
                continue
            self.take(other, day)
            here = window & self.leads[task.initiator] & self.hears[task.subjects[0]]
            for spot in each(here):
                self.put(task, spot)
                free = self.windows[other.key] & self.leads[other.initiator]
                free &= self.hears[other.subjects[0]]
                if free:
                    self.put(other, nearest(free, day))
                    return 1
                self.take(task, spot)
            self.put(other, day)
        return 0


def timed(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def moving(tasks: list[Task], days: Days, plan: Plan, limits: Limits) -> float:
    """Milliseconds of the median move of one talk to another day of its window."""
    at = {key: one.day for key, one in plan.placed.items()}
    standing = Standing({task.key: task for task in tasks}, at, days, limits)
    chance, took = Random(21), []  # noqa: S311 - which talks are moved
    for task in chance.sample(tasks, MOVES):
        day = days.days[chance.choice(list(each(days.mask(task.opens, task.due))))]
        seconds, _ = timed(lambda key=task.key, to=day: moved(standing, key, to))
        took.append(seconds * 1000)
    return median(took)


def main(talks: int = 30_000, leaders: int = 2_000, pairs: int = PAIRS) -> None:
    tasks, days = problem(talks, leaders)
    limits = Limits(per_week=PER_WEEK, per_day=PER_DAY)
    rows, plan, floor_placed = [], Plan({}, ()), 0
    for _ in range(pairs):
        ours, made = timed(lambda: propose(tasks, days, limits))
        theirs, count = timed(lambda: Floor(tasks, days).run())
        rows.append((ours, theirs))
        if isinstance(made, Plan) and isinstance(count, int):
            plan, floor_placed = made, count
    found = {
        "talks": talks, "leaders": leaders, "slots": SLOTS, "S1": rows,
        "ratio": median(ours / theirs for ours, theirs in rows),
        "placed": len(plan.placed), "floor_placed": floor_placed,
        "move_ms": moving(tasks, days, plan, limits),
    }  # fmt: skip
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
