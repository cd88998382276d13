"""Who sits in which team, is in charge of what, and keeps contact with whom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle

from tanxin.demo.invent.human import ChargeLine, ContactLine, Human, SeatLine, StateLine
from tanxin.demo.invent.names import first_of_month
from tanxin.demo.invent.plan import Plan

COMMITTEE_POSTS = ("支部书记", "组织委员", "宣传委员")
LARGE_BRANCH = 20
YEAR = timedelta(days=366)
LEADERS = 7


def seats(plan: Plan, people: Sequence[Human], today: date) -> tuple[SeatLine, ...]:
    return (
        *(
            SeatLine(plan.party_group, plan.name, "党组", human, given["role"], since(human, today))
            for human, given in zip(people, plan.leaders, strict=False)
        ),
        *(seat for each in plan.institutions for seat in seats_of(each.name, people, today)),
    )


def seats_of(institution: str, people: Iterable[Human], today: date) -> Iterator[SeatLine]:
    led_by = [human for human in people if human.unit == institution and not human.department]
    for human in led_by:
        role = "副职" if human.title.startswith("副") else "主要负责人"
        yield SeatLine(
            f"{institution}领导班子", institution, "领导班子", human, role, since(human, today)
        )


def since(human: Human, today: date) -> date:
    """Long enough for the year behind to rest on it."""
    return min(human.post_since or today, first_of_month(today - YEAR))


def fill_branches(people: Iterable[Human]) -> None:
    """Give each branch a secretary, a deputy where it is large, and two more on its committee."""
    by_branch: dict[str, list[Human]] = defaultdict(list)
    for human in people:
        if human.branch:
            by_branch[human.branch].append(human)
    for members in by_branch.values():
        wanted = [*COMMITTEE_POSTS, *(["支部副书记"] if len(members) > LARGE_BRANCH else [])]
        wanted = [post for post in wanted if post not in {m.party_post for m in members}]
        free = [m for m in members if not m.party_post and not m.title.startswith("党组")]
        for post, member in zip(wanted, free, strict=False):
            member.party_post = post
        for member in members:
            member.party_post = member.party_post or "党员"


def charges(plan: Plan, people: Sequence[Human], today: date) -> tuple[ChargeLine, ...]:
    return tuple(
        ChargeLine(human, tuple(given["charge"]), since(human, today))
        for human, given in zip(people, plan.leaders, strict=False)
    )


def contacts(
    people: Sequence[Human], states: Iterable[StateLine], today: date
) -> tuple[ContactLine, ...]:
    start = first_of_month(today - timedelta(days=300))
    return (
        *liaisons(people[:LEADERS], people, start),
        *mentors(people, states, today),
        *pairs(people, states, start),
        *of_personas(people, states, start),
    )


def of_personas(
    people: Sequence[Human], states: Iterable[StateLine], start: date
) -> Iterator[ContactLine]:
    """The member guides a younger colleague, the organiser looks after somebody in hardship."""
    named = {human.persona: human for human in people if human.persona}
    member, organiser = named["demo-member"], named["demo-organiser"]
    younger = next(h for h in people if h.department == member.department and h.title == "一级科员")
    yield ContactLine("帮带", member, start, other=younger)
    in_need = [state.human for state in states if state.kind == "困难"]
    yield ContactLine("结对", organiser, start, other=in_need[0])


def liaisons(
    leaders: Sequence[Human], people: Iterable[Human], start: date
) -> Iterator[ContactLine]:
    institutions = dict.fromkeys(h.unit for h in people if h.unit and h.unit != leaders[0].unit)
    for leader, unit in zip(cycle(leaders), institutions, strict=False):
        yield ContactLine("联系", leader, start, unit=unit)


def mentors(
    people: Iterable[Human], states: Iterable[StateLine], today: date
) -> Iterator[ContactLine]:
    """An elder colleague of the same department for each who has come lately."""
    everybody = list(people)
    for state in states:
        if state.kind != "新入职":
            continue
        young = state.human
        elder = next(
            h
            for h in everybody
            if h.place == young.place and h is not young and h.title.startswith(("一级", "四级"))
        )
        yield ContactLine("帮带", elder, max(state.start, today - YEAR), other=young)


def pairs(
    people: Iterable[Human], states: Iterable[StateLine], start: date
) -> Iterator[ContactLine]:
    """Two of the branch's committee look after each member in hardship."""
    everybody = list(people)
    for state in states:
        if state.kind != "困难":
            continue
        helper = next(
            h
            for h in everybody
            if h.branch == state.human.branch
            and h is not state.human
            and h.party_post in {"组织委员", "宣传委员"}
        )
        yield ContactLine("结对", helper, start, other=state.human)
