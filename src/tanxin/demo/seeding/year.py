"""Who talked with whom in the year behind: most of what was owed, not all of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import combinations, cycle
from uuid import UUID

from tanxin.demo.invent import EventLine, Human
from tanxin.demo.seeding.cast import Cast
from tanxin.demo.seeding.clock import Window
from tanxin.demo.seeding.raising import TroublePlan, trouble_course
from tanxin.demo.seeding.stage import Course, Stage
from tanxin.demo.seeding.talking import TalkPlan, talk_course
from tanxin.demo.texts import read_troubles

LEADERS = 7
# The member of the team whom the chief has not found time for.
LATE_WITH = 3
COMMITTEE = ("支部书记", "支部副书记", "组织委员", "宣传委员")
# Of so many talks of a situation one raises something.
RAISES = {"charge": 3, "branch": 6, "team": 8, "elder": 7, "hardship": 6}
# Left for the visitor, or left undone: (leader, head of).
NOT_YET = {"企业服务处", "临澜市企业发展服务中心"}
MISSED = {"营商环境处", "运行监测处", "区域合作处"}
Sketch = tuple[Human, Human, str, Window]


def year_courses(stage: Stage) -> list[Course]:
    """One course for each talk of the year behind."""
    raising = Raising(stage)
    courses = []
    for at, (lead, other, situation, window) in enumerate(sketches(stage)):
        ids = (stage.cast.id_of(lead), stage.cast.id_of(other))
        held = stage.clock.some_time(window, ids)
        if held is None:
            continue
        plan = TalkPlan(
            *ids,
            situation=situation,
            held=held,
            ending=ending(at),
            late=at % 41 == 17,  # noqa: PLR2004 - a few are entered late, honestly
            follows=raising.after(situation, ids),
        )
        courses.append(talk_course(stage, plan))
    return courses


def ending(at: int) -> str:
    """Nearly everybody confirms; a few say nothing, fewer say that it was otherwise."""
    if at % 23 == 11:  # noqa: PLR2004 - one in so many
        return "silent"
    return "corrected" if at % 37 == 20 else "confirmed"  # noqa: PLR2004 - as above


class Raising:
    """Deals what is raised, to whoever has to solve it and somebody else to verify it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen: dict[str, int] = defaultdict(int)
        self.troubles = cycle(read_troubles())
        heads = list(heads_of(stage.cast).values())
        self.owners = cycle(heads[:22:3])
        self.verifiers = cycle(heads[1:22:3])
        self.helped = cycle(("solved", "", "partly", "solved", "solved"))

    def after(self, situation: str, ids: tuple[UUID, UUID]) -> partial[Course] | None:
        self.seen[situation] += 1
        if situation not in RAISES or self.seen[situation] % RAISES[situation]:
            return None
        owner = next(h for h in self.owners if self.stage.cast.id_of(h) not in ids)
        verifier = next(
            h for h in self.verifiers if h is not owner and self.stage.cast.id_of(h) not in ids
        )
        plan = TroublePlan(
            trouble=next(self.troubles),
            owner=self.stage.cast.id_of(owner),
            verifier=self.stage.cast.id_of(verifier),
            takes=self.stage.chance.randrange(12, 24),
            is_sent_back=self.seen[situation] % (RAISES[situation] * 3) == 0,
            helped=next(self.helped),
        )
        return partial(trouble_course, self.stage, plan)


def heads_of(cast: Cast) -> dict[str, Human]:
    """Who leads each department and institution: the roster lists him first."""
    found: dict[str, Human] = {}
    for human in cast.org.people[LEADERS:]:
        if human.place:
            found.setdefault(human.department or human.unit, human)
    charged = {unit for charge in cast.org.charges for unit in charge.units}
    return {unit: human for unit, human in found.items() if unit in charged}


def sketches(stage: Stage) -> Iterator[Sketch]:
    now, before, earlier = stage.clock.halves()
    yield from team(stage, now, before, earlier)
    yield from institutions(stage, now, before)
    yield from charge(stage, now, before)
    yield from branches(stage, now, before)
    yield from contacts(stage)
    yield from elders(stage, now, before)
    yield from on_events(stage)
    yield from formal(stage, now, before)


def team(stage: Stage, now: Window, before: Window, earlier: Window) -> Iterator[Sketch]:
    chief, *members = stage.cast.org.people[:LEADERS]
    for member in members[::2]:
        yield chief, member, "team", earlier
    for member in members:
        if member is not members[LATE_WITH]:
            yield chief, member, "team", before
    for at, member in enumerate(members):
        if at not in {0, LATE_WITH}:
            yield chief, member, "team", now
    for at, (one, other) in enumerate(combinations(members, 2)):
        if at % 3 != 2:  # noqa: PLR2004 - two of three pairs have talked
            yield one, other, "team", before if at % 2 else now
    yield from before_meeting(stage, chief, members)


def before_meeting(stage: Stage, chief: Human, members: Sequence[Human]) -> Iterator[Sketch]:
    """Some pairs of the team have begun to talk before the meeting that is near."""
    lately = (stage.cast.today - timedelta(days=9), stage.cast.today - timedelta(days=2))
    yield chief, members[LATE_WITH + 1], "team", lately
    for at, (one, other) in enumerate(combinations(members, 2)):
        if at % 2 == 0:
            yield one, other, "team", lately


def institutions(stage: Stage, now: Window, before: Window) -> Iterator[Sketch]:
    """The teams of the institutions: the head with his deputies, and the two with each other."""
    for at, institution in enumerate(stage.cast.org.plan.institutions):
        chief, one, other = [
            human
            for human in stage.cast.org.people
            if human.unit == institution.name and not human.department
        ]
        yield chief, one, "team", before
        if at:
            yield chief, other, "team", before
        yield (one, other, "team", before) if at % 2 else (chief, one, "team", now)


def charge(stage: Stage, now: Window, before: Window) -> Iterator[Sketch]:
    heads = heads_of(stage.cast)
    for line in stage.cast.org.charges:
        for at, unit in enumerate(line.units):
            if unit not in MISSED:
                yield line.human, heads[unit], "charge", before
            if unit not in NOT_YET | MISSED and at % 2 == 0:
                yield line.human, heads[unit], "charge", now


def branches(stage: Stage, now: Window, before: Window) -> Iterator[Sketch]:
    by_branch: dict[str, list[Human]] = defaultdict(list)
    for human in stage.cast.org.people:
        if human.branch and human.place and human.unit != human.place:
            by_branch[human.branch].append(human)
    for at, members in enumerate(by_branch.values()):
        committee = [human for human in members if human.party_post in COMMITTEE]
        others = [human for human in members if not human.persona and human not in committee]
        is_lively = any(human.persona == "demo-head" for human in members)
        wanted = len(others) - 3 if is_lively else 1 + at % 2
        for number, (lead, other) in enumerate(
            zip(cycle(committee), others[:wanted], strict=False)
        ):
            yield lead, other, "branch", now if number % 2 else before
        if is_lively:
            for one, other in combinations(committee, 2):
                yield one, other, "branch", before


def contacts(stage: Stage) -> Iterator[Sketch]:
    """Each quarter, but now and then one was forgotten."""
    told = 0
    for line in stage.cast.org.contacts:
        if line.other is None:
            continue
        situation = "mentor" if line.kind == "帮带" else "hardship"
        quarters = list(stage.clock.quarters())
        for first, last in quarters[:-2] if line.human.persona else quarters:
            told += 1
            if told % 9 != 4:  # noqa: PLR2004 - one in nine
                yield line.human, line.other, situation, (max(first, line.start), last)


def elders(stage: Stage, now: Window, before: Window) -> Iterator[Sketch]:
    """Secretaries of the retired people's branches, and each state that asks for a visit."""
    people = [human for human in stage.cast.org.people if human.state]
    frail = {
        state.human.number for state in stage.cast.org.states if state.kind in {"年老体弱", "独居"}
    }
    leads = {human.branch: human for human in people if human.party_post == "支部书记"}
    wanted = [h for h in people if h.number in frail and h is not leads[h.branch]][:10]
    for at, human in enumerate(wanted):
        yield leads[human.branch], human, "elder", now if at % 2 else before


def on_events(stage: Stage) -> Iterator[Sketch]:
    """What happened to people, and who came to see them soon after; the latest is still to come."""
    secretaries = {h.branch: h for h in stage.cast.org.people if h.party_post == "支部书记"}
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    for event in stage.cast.org.events:
        human = event.human
        situation = SITUATIONS.get(event.kind)
        is_old = event.on < stage.cast.today - timedelta(days=14)
        seen[event.kind, is_old] += 1
        if human is None or situation is None or not is_old or seen[event.kind, is_old] > 2:  # noqa: PLR2004 - one is missed
            continue
        lead = leader_for(stage, event, secretaries.get(human.branch))
        if lead is not human:
            yield lead, human, situation, (event.on, event.on + timedelta(days=5))
    abroad = [state.human for state in stage.cast.org.states if state.kind == "出国"]
    for human in abroad:
        if human.branch in secretaries and human.branch:
            yield secretaries[human.branch], human, "abroad", stage.clock.halves()[0]


SITUATIONS = {"住院": "ill", "亲属病故": "grief", "递交入党申请书": "application", "任职": "office"}


def leader_for(stage: Stage, event: EventLine, secretary: Human | None) -> Human:
    """The secretary of the branch; for an appointment the leader in charge."""
    if event.human is None:
        raise LookupError(event.kind)
    department = event.human.department
    in_charge = next(
        (line.human for line in stage.cast.org.charges if department in line.units), None
    )
    if event.kind == "任职" and in_charge:
        return in_charge
    return secretary or heads_of(stage.cast).get(department) or stage.cast.org.people[0]


def formal(stage: Stage, now: Window, before: Window) -> Iterator[Sketch]:
    """Timely words: before holidays and large tasks, on early signs."""
    heads = heads_of(stage.cast)
    lines: Sequence[tuple[Human, str]] = [
        (line.human, unit) for line in stage.cast.org.charges for unit in line.units[1:2]
    ]
    windows: Iterable[Window] = cycle((before, now))
    for (leader, unit), window in zip(lines, windows, strict=False):
        yield leader, heads[unit], "warning", window
