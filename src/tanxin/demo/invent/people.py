"""Everybody of the commission, its leaders first, as a roster lists them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from tanxin.demo.dice import dice
from tanxin.demo.invent.human import Human
from tanxin.demo.invent.names import Names, day_of_age, first_of_month, id_number, phone, weighted
from tanxin.demo.invent.plan import Department, Institution, Plan

# Title, rank, how old; the first lead the place.
HEAD = ("处长", "县处级正职", 47)
DEPUTY = ("副处长", "县处级副职", 43)
STAFF = (
    ("二级调研员", "二级调研员", 54),
    ("四级调研员", "四级调研员", 50),
    ("一级主任科员", "一级主任科员", 42),
    ("二级主任科员", "二级主任科员", 38),
    ("三级主任科员", "三级主任科员", 34),
    ("四级主任科员", "四级主任科员", 31),
    ("一级科员", "一级科员", 27),
)
TECHNICAL = ("工程师", "高级工程师", "助理工程师", "项目管理员", "研究实习员", "统计员", "会计")
MEMBERS_OF_TEN = 7
SECOND_DEPUTY_FROM = 13
SCHOOLING = (("大学", 5), ("大学（学士）", 4), ("研究生（硕士）", 4), ("大专", 2))


class Settled(TypedDict, total=False):
    """What chance does not decide."""

    name: str
    gender: str
    since: float
    is_member: bool
    party_post: str
    persona: str
    branch: str


class People:
    def __init__(self, plan: Plan, today: date) -> None:
        self.plan = plan
        self.today = today
        self.chance = dice("people")
        self.names = Names(self.chance, **plan.words)
        self.made = 0
        named = [*plan.leaders, *plan.personas]
        self.names.taken.update(each["name"] for each in named)
        self.personas = {(each["department"], each["title"]): each for each in plan.personas}

    def everybody(self) -> Iterator[Human]:
        for leader in self.plan.leaders:
            yield self.leader(leader)
        for department in self.plan.departments:
            yield from self.department(department)
        for institution in self.plan.institutions:
            yield from self.institution(institution)
        yield from self.retired()

    def human(
        self,
        age: float,
        *,
        place: tuple[str, str],
        title: str,
        rank: str = "",
        **given: Unpack[Settled],
    ) -> Human:
        """``given`` settles what chance would."""
        self.made += 1
        chance = self.chance
        gender = given.get("gender") or weighted(chance, [("男", 11), ("女", 9)])
        born = day_of_age(chance, self.today, age)
        started = first_of_month(born + timedelta(days=int(365.25 * chance.uniform(21.5, 24.5))))
        is_member = given.get("is_member", chance.randrange(10) < MEMBERS_OF_TEN)
        joined = first_of_month(
            min(
                born + timedelta(days=int(365.25 * chance.uniform(20.5, 26.5))),
                self.today - timedelta(days=420),
            )
        )
        since = given.get("since")
        post_since = self.since(since, started)
        return Human(
            number=f"{self.plan.code}{self.made:04}",
            name=given.get("name") or self.names.take(gender),
            gender=gender,
            born=born,
            origin=chance.choice(self.plan.origins),
            started=min(started, first_of_month(self.today - timedelta(days=60))),
            joined=joined if is_member else None,
            politics=self.politics(age, is_member=is_member),
            schooling=weighted(chance, SCHOOLING),
            later_schooling=weighted(chance, [("", 3), ("研究生", 1), ("大学", 1)]),
            id_number=id_number(born, gender, self.made),
            phone=phone(self.made),
            unit=place[0],
            department=place[1],
            title=title,
            rank=rank,
            post_since=post_since,
            rank_since=first_of_month(post_since) if rank else None,
            party_post=given.get("party_post", ""),
            persona=given.get("persona", ""),
            branch=given.get("branch", "") if is_member else "",
        )

    def since(self, years: float | None, started: date) -> date:
        held = years if years is not None else self.chance.uniform(0.6, 6.0)
        return max(first_of_month(self.today - timedelta(days=int(held * 365.25))), started)

    def politics(self, age: float, *, is_member: bool) -> str:
        if is_member:
            return "中共党员"
        if age < 28:  # noqa: PLR2004 - nobody is in the League for longer
            return "共青团员"
        return weighted(self.chance, [("群众", 7), ("民建会员", 1), ("九三学社社员", 1)])

    def leader(self, given: dict[str, Any]) -> Human:
        return self.human(
            given["age"],
            place=(self.plan.name, ""),
            title=given["title"],
            rank=given["rank"],
            is_member=True,
            branch=self.plan.branch_of_department(
                next(u for u in given["charge"] if not u.startswith("临澜市"))
            ),
            name=given["name"],
            gender=given["gender"],
            since=given["since"],
            persona=given.get("persona", ""),
        )

    def department(self, department: Department) -> Iterator[Human]:
        place = (self.plan.name, department.name)
        branch = self.plan.branch_of_department(department.name)
        is_office = department.name.endswith("办公室")
        titles = [
            (title.replace("处长", "主任") if is_office else title, rank, age)
            for title, rank, age in self.posts(department)
        ]
        for at, (title, rank, age) in enumerate(titles):
            persona = self.personas.pop((department.name, title), None)
            settled = Settled(is_member=True) if at < 2 else Settled()  # noqa: PLR2004 - who leads
            if persona:
                settled = Settled(
                    is_member=True,
                    persona=persona["handle"],
                    name=persona["name"],
                    gender=persona["gender"],
                    party_post=persona["party_post"],
                )
                age = persona["age"]  # noqa: PLW2901 - the persona's own
            yield self.human(
                age + self.chance.uniform(-3, 3), place=place, title=title, rank=rank,
                **(settled | Settled(branch=branch)),
            )  # fmt: skip

    def posts(self, department: Department) -> list[tuple[str, str, int]]:
        deputies = 2 if department.size >= SECOND_DEPUTY_FROM else 1
        staff = [STAFF[at % len(STAFF)] for at in range(department.size - 1 - deputies)]
        return [HEAD, *[DEPUTY] * deputies, *staff]

    def institution(self, institution: Institution) -> Iterator[Human]:
        def branch() -> str:
            return self.chance.choice(institution.branch_names)

        top = (institution.name, "")
        head, deputy = institution.head, f"副{institution.head}"
        yield self.human(
            49, place=top, title=f"党支部书记、{head}", rank="县处级正职", is_member=True,
            branch=institution.branch_names[0],
        )  # fmt: skip
        for _ in range(2):
            yield self.human(
                45, place=top, title=deputy, rank="县处级副职", is_member=True,
                branch=institution.branch_names[-1],
            )  # fmt: skip
        for at in range(institution.size - 3):
            section = institution.sections[at % len(institution.sections)]
            leads = at < len(institution.sections)
            word = "主任" if section.endswith("室") else "科长"
            title = word if leads else self.chance.choice(TECHNICAL)
            yield self.human(
                39 if leads else self.chance.uniform(25, 52), place=(institution.name, section),
                title=title, rank="乡科级正职" if leads else "", branch=branch(),
            )  # fmt: skip

    def retired(self) -> Iterator[Human]:
        branches = self.plan.retired["branches"]
        for at in range(self.plan.retired["size"]):
            human = self.human(
                self.chance.uniform(61, 86), place=("", ""), title="", is_member=True,
                branch=branches[at % len(branches)],
            )  # fmt: skip
            human.post_since, human.rank_since, human.state = None, None, "离退休"
            yield human
