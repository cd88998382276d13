"""Reception days of two leaders: some times booked, and one day full."""

from collections.abc import Iterator
from datetime import date, datetime, time
from uuid import UUID

from tanxin.apps.talks.receiving.booking import book_slot
from tanxin.apps.talks.receiving.days import ReceptionDay, days_of
from tanxin.apps.talks.receiving.models import Reception
from tanxin.apps.talks.receiving.setting import Hours, set_reception
from tanxin.apps.talks.refusals import TimeTaken
from tanxin.core.calendar import Weeks
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.year import heads_of

PLACE = "一楼群众接待室"


def receiving_courses(stage: Stage) -> Iterator[Course]:
    heads = [stage.cast.id_of(human) for _, human in heads_of(stage.cast).items()]
    member, head = stage.cast.persona("demo-member"), stage.cast.persona("demo-head")
    start = stage.clock.ago(20).date()
    first = Hours(2, Weeks.EVERY, time(15), time(16, 30), 30, PLACE, start, moves=True)
    yield receiving(stage, stage.cast.persona("demo-secretary"), first, [member, heads[3]])
    second = Hours(3, Weeks.EVERY, time(9), time(10), 30, PLACE, start)
    yield receiving(stage, stage.cast.persona("demo-deputy"), second, [head, heads[6]])


def receiving(stage: Stage, leader: UUID, hours: Hours, who: list[UUID]) -> Course:
    """Set some weeks ago; each of ``who`` has booked the next day that is still to come."""
    cast, clock = stage.cast, stage.clock
    yield (at := clock.ago(19, 9, 40))
    row = set_reception(cast.actor(leader), leader, hours, at=at)
    topics = stage.deck.all_of("notes", "requests")
    for turn, person in enumerate(who):
        yield (at := clock.ago(1, 10 + turn, 25))
        if person != leader:
            book_next(stage, row, person, topics[4 - turn], at)


def book_next(stage: Stage, row: Reception, person: UUID, topic: str, at: datetime) -> None:
    actor = stage.cast.actor(person)
    day = next_day(days_of(actor, [row], now=at), stage.clock.today)
    for slot in day.slots:
        try:
            book_slot(actor, row.pk, begins=slot.begins, topic=topic, at=at)
        except TimeTaken:
            continue
        return


def next_day(days: list[ReceptionDay], today: date) -> ReceptionDay:
    return next(day for day in days if day.on > today)
