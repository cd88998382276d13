"""Who is free when, while talks are put on days and taken off again."""

from collections import defaultdict
from collections.abc import Hashable

from tanxin.core.planning.days import Days, each
from tanxin.core.planning.task import Limits, Task


class Board:
    """``put`` and ``take`` undo each other exactly.

    ``leads(p)`` are the days on which *p* can lead one more talk, ``hears(p)`` those on which *p*
    can be talked to.
    """

    def __init__(self, days: Days, limits: Limits) -> None:
        self.days = days
        self.limits = limits
        self.at: dict[str, int] = {}
        self.on: dict[tuple[Hashable, int], list[Task]] = defaultdict(list)
        self._present: dict[Hashable, int] = {}
        self._leads: dict[Hashable, int] = {}
        self._hears: dict[Hashable, int] = {}
        self._in_week: dict[tuple[Hashable, int], int] = defaultdict(int)
        self._trips: dict[tuple[Hashable, str], int] = defaultdict(int)

    def present(self, person: Hashable) -> int:
        known = self._present.get(person)
        if known is None:
            known = self.days.all
            for first, last in self.limits.absent.get(person, ()):
                known &= ~self.days.mask(first, last)
            self._present[person] = known
        return known

    def leads(self, person: Hashable) -> int:
        known = self._leads.get(person)
        return self.present(person) if known is None else known

    def hears(self, person: Hashable) -> int:
        known = self._hears.get(person)
        return self.present(person) if known is None else known

    def all_present(self, task: Task) -> int:
        mask = self.days.all
        for person in task.people:
            mask &= self.present(person)
        return mask

    def window(self, task: Task) -> int:
        return self.days.mask(task.opens, task.due)

    def open_to(self, task: Task) -> int:
        """The days on which the talk can be put as things stand."""
        mask = self.window(task) & self.leads(task.initiator)
        for subject in task.subjects:
            mask &= self.hears(subject)
        return mask

    def trips(self, task: Task) -> int:
        """The days on which the initiator is at the place of the talk anyway."""
        return self._trips[task.initiator, task.place] if task.place else 0

    def crowded(self, task: Task) -> int:
        """The days too close to another talk with one of the subjects."""
        mask, apart = 0, self.limits.apart
        for subject in task.subjects:
            taken = self.present(subject) & ~self.hears(subject)
            for step in range(1, apart):
                mask |= taken << step | taken >> step
        return mask & self.days.all

    def put(self, task: Task, day: int) -> None:
        self.at[task.key] = day
        self.on[task.initiator, day].append(task)
        self._in_week[task.initiator, self.days.week_of[day]] += 1
        if task.place:
            self._trips[task.initiator, task.place] |= 1 << day
        led = self.leads(task.initiator)
        if self.full_week(task.initiator, day):
            self._leads[task.initiator] = led & ~self.days.weeks[self.days.week_of[day]]
        elif self.full_day(task.initiator, day):
            self._leads[task.initiator] = led & ~(1 << day)
        for subject in task.subjects:
            self.on[subject, day].append(task)
            self._hears[subject] = self.hears(subject) & ~(1 << day)

    def take(self, task: Task) -> int:
        day = self.at.pop(task.key)
        self.on[task.initiator, day].remove(task)
        self._in_week[task.initiator, self.days.week_of[day]] -= 1
        if task.place and not any(o.place == task.place for o in self.on[task.initiator, day]):
            self._trips[task.initiator, task.place] &= ~(1 << day)
        self._reckon(task.initiator, day)
        for subject in task.subjects:
            self.on[subject, day].remove(task)
            if not any(subject in other.subjects for other in self.on[subject, day]):
                self._hears[subject] = self.hears(subject) | (1 << day) & self.present(subject)
        return day

    def full_week(self, person: Hashable, day: int) -> bool:
        week = self.days.week_of[day]
        return self._in_week[person, week] >= self.limits.week_of(person)

    def full_day(self, person: Hashable, day: int) -> bool:
        return len(self.led_on(person, day)) >= self.limits.per_day

    def led_on(self, person: Hashable, day: int) -> list[Task]:
        standing = self.on.get((person, day), ())
        return [task for task in standing if task.initiator == person]

    def led_in_week(self, person: Hashable, day: int) -> list[Task]:
        week = self.days.weeks[self.days.week_of[day]]
        return [task for number in each(week) for task in self.led_on(person, number)]

    def _reckon(self, person: Hashable, day: int) -> None:
        """The days of the week of ``day`` on which ``person`` can lead again."""
        week = self.days.weeks[self.days.week_of[day]]
        mask = self.leads(person)
        mask &= ~week
        if not self.full_week(person, day):
            for number in each(week & self.present(person)):
                if not self.full_day(person, number):
                    mask |= 1 << number
        self._leads[person] = mask
