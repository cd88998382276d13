"""States that matter for talks, and events that ask for one; all days are relative to today."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from tanxin.demo.dice import dice
from tanxin.demo.invent.human import EventLine, Human, StateLine
from tanxin.demo.invent.plan import Plan


def is_retired(human: Human) -> bool:
    return human.state == "离退休"


def is_staff(human: Human) -> bool:
    """At work, leading nothing, and nobody a visitor may be."""
    return bool(human.place) and human.party_post == "党员" and not human.persona


def is_young(human: Human) -> bool:
    return human.title == "一级科员" and not human.persona


def may_apply(human: Human) -> bool:
    return not human.is_member and human.title in {"一级科员", "四级主任科员", "三级主任科员"}


# kind, how many, of whom, begun how many days ago, ending in how many days, where it is known from
STATES: tuple[tuple[str, int, Callable[[Human], bool], int, int | None, str], ...] = (
    ("年老体弱", 18, is_retired, 500, None, "离退休干部处走访登记"),
    ("独居", 5, is_retired, 430, None, "离退休干部处走访登记"),
    ("流动", 9, is_retired, 380, None, "支部流动党员登记簿"),
    ("困难", 6, is_staff, 210, None, "困难党员申报表"),
    ("借调", 6, is_staff, 240, 125, "借调函"),
    ("脱产学习", 3, is_staff, 80, 200, "培训通知"),
    ("休假", 4, is_staff, 60, 98, "请假审批单"),
    ("出国", 2, is_staff, 150, 215, "出国（境）审批表"),
    ("生病", 3, is_staff, 6, 40, "病假条"),
    ("新入职", 9, is_young, 200, 165, "录用通知"),
)
# kind, how many, of whom, on which day counted from today (behind us is negative)
EVENTS: tuple[tuple[str, int, Callable[[Human], bool], int], ...] = (
    ("递交入党申请书", 2, may_apply, -12),
    ("递交入党申请书", 2, may_apply, -47),
    ("住院", 2, is_staff, -3),
    ("住院", 3, is_staff, -95),
    ("亲属病故", 2, is_staff, -140),
    ("任职", 3, lambda human: human.title == "副处长" and not human.persona, -170),
)
MEETING_AHEAD = 20
MEETING_BEHIND = 330


def states(people: Sequence[Human], today: date) -> tuple[StateLine, ...]:
    chance = dice("states")
    free = list(people)
    found: list[StateLine] = []
    for kind, count, fits, ago, ends, source in STATES:
        chosen = chance.sample([human for human in free if fits(human)], count)
        free = [human for human in free if human not in chosen]
        for human in chosen:
            start = today - timedelta(days=ago - chance.randrange(max(1, ago // 4)))
            end = today + timedelta(days=ends) if ends else None
            found.append(StateLine(human, kind, start, end, source))
    return tuple(found)


def events(
    plan: Plan, people: Sequence[Human], states: Iterable[StateLine], today: date
) -> tuple[EventLine, ...]:
    busy = {state.human.number for state in states}
    return (
        EventLine("民主生活会", today - timedelta(days=MEETING_BEHIND), team=plan.party_group),
        EventLine("民主生活会", today + timedelta(days=MEETING_AHEAD), team=plan.party_group),
        EventLine("住院", today - timedelta(days=13), human=near_the_head(people, busy)),
        *personal([human for human in people if human.number not in busy], today),
    )


def near_the_head(people: Sequence[Human], busy: set[str]) -> Human:
    """Somebody of the branch that the department head leads, who has not gone to see him yet."""
    head = next(human for human in people if human.persona == "demo-head")
    return next(
        human
        for human in reversed(people)
        if human.branch == head.branch and is_staff(human) and human.number not in busy
    )


def personal(people: Sequence[Human], today: date) -> Iterator[EventLine]:
    chance = dice("events")
    free = list(people)
    for kind, count, fits, away in EVENTS:
        chosen = chance.sample([human for human in free if fits(human)], count)
        free = [human for human in free if human not in chosen]
        for human in chosen:
            on = today + timedelta(days=away - chance.randrange(3))
            yield EventLine(kind, on, human=human)
