"""What leaders' own people answered in private some weeks after their talks, and what waits."""

from collections.abc import Iterator
from datetime import date, timedelta

from tanxin.apps.org import services
from tanxin.apps.org.models import Membership
from tanxin.apps.talks.models import EchoInvitation
from tanxin.apps.talks.services import answer_echo, ask_for_echoes, sum_up_echoes
from tanxin.core.echoes import EchoAnswer, EchoQuestion, period_for
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.clock import DAY, half_start
from tanxin.demo.seeding.founding import founded_at
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.year import LEADERS, heads_of

WEEK = timedelta(weeks=1)
YES, PARTLY, NO, SKIPPED = EchoAnswer
HEARD = (YES, YES, YES, YES, PARTLY, PARTLY, NO)
SOLVED = (YES, YES, PARTLY, PARTLY, NO, SKIPPED)
# Of ten who are asked so many answer.
ANSWER = 8


def echo_courses(stage: Stage) -> Iterator[Course]:
    yield hear_echoes(stage)


def hear_echoes(stage: Stage) -> Course:
    """The last half-year is summed up; in this one the personas have not answered yet."""
    today = stage.cast.today
    this = half_start(today)
    day = half_start(this - DAY)
    while day < today:
        yield stage.clock.at(day, 7)
        ask_and_answer(stage, day)
        if day < this <= day + WEEK:
            yield (at := stage.clock.at(this, 6))
            sum_up_echoes(stage.cast.realm_id, today=this, at=at)
        day += WEEK


def give_accounts(cast: Cast) -> int:
    """Who leads and who heads a department can be asked; nobody knows a password."""
    actor, at = services.founder(cast.realm_id), founded_at(cast.org) + timedelta(hours=1)
    leaders = [cast.id_of(human) for human in cast.org.people[:LEADERS]]
    heads = [cast.id_of(human) for human in heads_of(cast).values()]
    known = set(Membership.objects.filter(realm=cast.realm_id).values_list("person", flat=True))
    people = [one for one in dict.fromkeys([*leaders, *heads]) if one not in known]
    for person in people:
        handle = f"demo-{cast.humans[person].number}"
        services.open_account(actor, person, handle=handle, password=None, at=at)
    return len(people)


def ask_and_answer(stage: Stage, day: date) -> None:
    cast, chance = stage.cast, stage.clock.chance
    ask_for_echoes(cast.realm_id, today=day, at=stage.clock.at(day, 7))
    personas = {cast.persona(handle) for handle in cast.org.personas}
    waiting = EchoInvitation.objects.filter(
        realm=cast.realm_id, is_done=False, period=period_for(day).code
    )
    for invitation in waiting.order_by("talk__held_at", "pk"):
        waits = invitation.person_id in personas and day >= half_start(cast.today)
        if waits or chance.randrange(10) >= ANSWER:
            continue
        said = {
            EchoQuestion.HEARD: chance.choice(HEARD),
            EchoQuestion.SOLVED: chance.choice(SOLVED),
        }
        answer_echo(cast.actor(invitation.person_id), invitation.pk, said, today=day)
