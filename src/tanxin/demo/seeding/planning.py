"""The year's plan, approved in January and followed; and one for what is left, proposed."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.plans import services
from tanxin.demo.seeding.stage import Course, Stage

FIFTH = 5
HALF_A_YEAR, THREE_WEEKS = timedelta(days=182), timedelta(days=21)


def planning_courses(stage: Stage) -> Iterator[Course]:
    yield followed(stage)
    yield proposed(stage)


def followed(stage: Stage) -> Course:
    """Proposed by the organiser, approved by the chief; not yet in the first days of a year."""
    cast, clock = stage.cast, stage.clock
    year = cast.today.year
    day = clock.calendar.working_day_from(date(year, 1, FIFTH))
    yield (at := clock.at(day, 10, 10))
    plan = services.propose_plan(
        cast.actor(cast.persona("demo-organiser")), commission(stage),
        first=date(year, 1, 1), last=date(year, 12, 31), today=day, at=at,
    )  # fmt: skip
    yield (at := clock.at(clock.calendar.add_working_days(day, 2), 15, 30))
    chief = cast.actor(cast.persona("demo-secretary"))
    services.approve_plan(chief, plan.pk, today=at.date(), at=at)


def proposed(stage: Stage) -> Course:
    """Waits for the chief's approval today."""
    cast = stage.cast
    yield (at := stage.clock.ago(1, 16, 45))
    services.propose_plan(
        cast.actor(cast.persona("demo-organiser")), commission(stage),
        first=cast.today, last=last_day(cast.today), today=cast.today, at=at,
    )  # fmt: skip


def last_day(today: date) -> date:
    """The end of the year, or of the next half of one where this one is nearly over."""
    end = date(today.year, 12, 31)
    return end if end - today >= THREE_WEEKS else today + HALF_A_YEAR


def commission(stage: Stage) -> UUID:
    roots = unit_tree(stage.cast.realm_id, stage.cast.today).roots
    return next(node.id for node in roots if node.name == stage.cast.org.plan.name)
