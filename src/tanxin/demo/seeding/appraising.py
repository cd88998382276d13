"""What counts, the year before frozen, an appeal that waits, and what the retired said."""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from tanxin.apps.appraisal import services as appraisal
from tanxin.apps.appraisal.models import UnitResult
from tanxin.apps.appraisal.services.entering import Told
from tanxin.apps.appraisal.services.freezing import look_at_years
from tanxin.apps.org.selectors import unit_tree
from tanxin.apps.oversight.coverage.taking import take_quarter
from tanxin.apps.talks.models import Talk
from tanxin.core.echoes import EchoAnswer
from tanxin.demo.seeding.founding import founded_at
from tanxin.demo.seeding.raising import TroublePlan, trouble_course
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import TalkPlan, talk_course
from tanxin.demo.seeding.year import heads_of
from tanxin.demo.texts import read_troubles

# Of what was raised with the head of a department so many were not solved by the year's end.
UNSOLVED, RAISED = 2, 7
STATEMENT = "两件需上级部门统筹的事项已分别上报，本处能办的部分均已办结。"
REASON = "其中一件属全委统一安排的信息系统改造，年内不具备条件，不应计入本处未解决事项。"
RETIRED_OFFICE = "离退休干部处"
SAID = (
    ("visit", EchoAnswer.YES, "老同志的事有人管，来过家里，也来过电话。"),
    ("phone", EchoAnswer.YES, "提的意见都有回音。"),
    ("visit", EchoAnswer.PARTLY, "体检的事办了，停车的事还没有说法。"),
    ("meeting", EchoAnswer.YES, "座谈会上讲的几条，后来都看到了。"),
    ("letter", EchoAnswer.NO, "反映的旧楼水压问题没有人来看过。"),
    ("phone", EchoAnswer.YES, "住院时来看望过，心里暖和。"),
)


def appraising_courses(stage: Stage) -> Iterator[Course]:
    yield declaring(stage)
    yield from telling(stage)
    yield freezing(stage)
    yield opinions(stage)


def declaring(stage: Stage) -> Course:
    """Drafted by the organiser and put in force by the supervisor, soon after the beginning."""
    cast, clock = stage.cast, stage.clock
    organiser, supervisor = cast.persona("demo-organiser"), cast.persona("demo-supervisor")
    yield (at := clock.later(founded_at(cast.org), 3))
    row = appraisal.begin_scheme(cast.actor(organiser), first_year=at.year, at=at)
    yield (at := clock.later(at, 1))
    appraisal.propose_scheme(cast.actor(organiser), row.pk, on=at.date(), at=at)
    yield (at := clock.later(at, 2))
    appraisal.publish_scheme(cast.actor(supervisor), row.pk, on=at.date(), at=at)


def telling(stage: Stage) -> Iterator[Course]:
    """A talk of the head with one of his department late in last summer, and what came of it."""
    cast, clock = stage.cast, stage.clock
    pair = (cast.persona("demo-head"), cast.persona("demo-member"))
    held = clock.at(clock.calendar.add_working_days(date(cast.today.year - 1, 8, 20), 3), 15)
    yield talk_course(stage, TalkPlan(*pair, situation="branch", held=held))
    others = [cast.id_of(human) for human in heads_of(cast).values()]
    helpers = [one for one in others if one not in pair]
    for number, trouble in enumerate(read_troubles()[:RAISED]):
        plan = TroublePlan(
            trouble=trouble,
            owner=helpers[number % 3],
            verifier=helpers[3 + number % 3],
            takes=10,
            stops="assign" if number < UNSOLVED else "",
        )
        yield what_came_of(stage, plan, pair, clock.later(held, 6))


def what_came_of(
    stage: Stage, plan: TroublePlan, pair: tuple[UUID, UUID], moment: datetime
) -> Course:
    yield moment
    talk = Talk.objects.filter(
        realm=stage.cast.realm_id, initiator=pair[0], subject=pair[1], held_at__lt=moment
    ).latest("held_at")
    yield from trouble_course(stage, plan, talk, moment)


def freezing(stage: Stage) -> Course:
    """In January; the head of the department says something to it, and appeals."""
    cast, clock = stage.cast, stage.clock
    organiser, head = cast.persona("demo-organiser"), cast.persona("demo-head")
    year = cast.today.year - 1
    yield (at := clock.at(clock.calendar.add_working_days(date(year + 1, 1, 8), 2), 10))
    appraisal.freeze_year(cast.actor(organiser), year, today=at.date(), at=at)
    ours = UnitResult.objects.get(realm=cast.realm_id, taken__year=year, answers=head)
    yield (at := clock.later(at, 3))
    on = at.date()
    appraisal.state_view(cast.actor(head), ours.pk, text=STATEMENT, on=on, at=at)
    appraisal.appeal_against(cast.actor(head), ours.pk, reason=REASON, on=on, at=at)


def opinions(stage: Stage) -> Course:
    """Of some who are retired, entered by the organiser; then this year as it stands."""
    cast, clock = stage.cast, stage.clock
    organiser = cast.persona("demo-organiser")
    units = {node.name: node.id for node in unit_tree(cast.realm_id, cast.today).nodes.values()}
    elders = [human for human in cast.org.people if human.state == "离退休"]
    yield (at := clock.ago(2, 15, 40))
    for human, (way, answer, words) in zip(elders, SAID, strict=False):
        told = Told(
            units[RETIRED_OFFICE], cast.id_of(human), answer, words, way, clock.ago(4).date()
        )
        appraisal.enter_opinion(cast.actor(organiser), told, today=at.date(), at=at)
    yield (at := clock.ago(1, 17, 50))
    look_at_years(cast.realm_id, today=cast.today, at=at)
    take_quarter(cast.realm_id, today=cast.today, at=at)
