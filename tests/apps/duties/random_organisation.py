"""A random organisation in the tables: few people who stand in many relations, and its changes."""

from datetime import UTC, date, datetime, timedelta
from random import Random

from tanxin.apps.org.models import (
    Authority,
    BranchMember,
    Charge,
    Contact,
    Delegation,
    Event,
    PersonState,
    RankHolding,
    Seat,
    Tenure,
)

AT = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
TABLES = (
    Seat, Tenure, Charge, BranchMember, Contact, PersonState, Event, RankHolding, Delegation,
    Authority,
)  # fmt: skip
TEAM_KINDS = ("leadership", "party_group", "branch_committee")


class RandomOrganisation:
    def __init__(self, world, seed):
        self.world, self.random = world, Random(seed)
        world.unit("总部", "organ", key="organ")
        for number in range(3):
            world.unit(f"部门{number}", "department", "organ", key=f"department{number}")
            world.unit(f"支部{number}", "branch", f"department{number}", key=f"branch{number}")
            world.team(f"team{number}", ("organ", "department0", "branch1")[number],
                       TEAM_KINDS[number])  # fmt: skip
            world.post(f"head{number}", f"department{number}", "head")
            world.post(f"staff{number}", f"department{number}")
        for number in range(9):
            world.person(f"p{number}", birth=f"19{70 + number}-0{number + 1}-15")
        for make in self.makers():
            for _ in range(self.random.randint(3, 9)):
                self.add(make())

    def makers(self):
        return (
            self.seat,
            self.tenure,
            self.charge,
            self.member,
            self.contact,
            self.state,
            self.event,
            self.rank,
            self.delegation,
            self.authority,
        )

    def someone(self):
        return self.world.people[f"p{self.random.randrange(9)}"]

    def one(self, kind):
        return f"{kind}{self.random.randrange(3)}"

    def span(self):
        start = self.random.choice([None, date(2026, 1, 1) + timedelta(self.random.randrange(300))])
        first = start or date(2026, 1, 1)
        end = self.random.choice([None, None, first + timedelta(1 + self.random.randrange(300))])
        return {"start": start, "end": end}

    def seat(self):
        role = self.random.choice(["chief", "deputy", "member"])
        team = self.world.teams[self.one("team")]
        return Seat(team_id=team, person_id=self.someone(), role=role, **self.span())

    def tenure(self):
        post = self.world.posts[self.one(self.random.choice(["head", "staff"]))]
        return Tenure(post_id=post, person_id=self.someone(), **self.span())

    def charge(self):
        unit = self.world.units[self.one("department")]
        return Charge(unit_id=unit, person_id=self.someone(), **self.span())

    def member(self):
        role = self.random.choice(["secretary", "committee", "member", "member"])
        branch = self.world.units[self.one("branch")]
        return BranchMember(branch_id=branch, person_id=self.someone(), role=role, **self.span())

    def contact(self):
        one, other = self.random.sample(range(9), 2)
        people = self.world.people
        kind = self.random.choice(["pair", "mentor"])
        return Contact(
            kind=kind, person_id=people[f"p{one}"], other_id=people[f"p{other}"], **self.span()
        )

    def state(self):
        kind = self.random.choice(["ill", "leave", "hardship", "retired"])
        return PersonState(person_id=self.someone(), kind=kind, sensitive=False, **self.span())

    def event(self):
        on = date(2026, 1, 1) + timedelta(self.random.randrange(330))
        if self.random.random() < 0.5:
            kind = self.random.choice(["illness", "post_changed", "application", "complaint"])
            return Event(kind=kind, on=on, person_id=self.someone(), sensitive=False)
        kind = self.random.choice(["democratic_life_meeting", "organisational_life_meeting"])
        if self.random.random() < 0.5:
            return Event(kind=kind, on=on, team_id=self.world.teams[self.one("team")])
        return Event(kind=kind, on=on, unit_id=self.world.units[self.one("branch")])

    def rank(self):
        rank = self.random.choice(["chu-zheng", "ke-zheng"])
        return RankHolding(person_id=self.someone(), rank=rank, **self.span())

    def delegation(self):
        one, other, third = (
            self.world.people[f"p{number}"] for number in self.random.sample(range(9), 3)
        )
        return Delegation(
            person_id=one, delegate_id=other, approved_by_id=third, approved_on=date(2026, 1, 1),
            **self.span(),
        )  # fmt: skip

    def authority(self):
        units = self.world.units
        over = units[self.random.choice(["organ", self.one("department")])]
        return Authority(unit_id=units[self.one("department")], over_id=over, **self.span())

    def add(self, row):
        row.realm_id, row.source, row.recorded_at = self.world.realm_id, "random", AT
        row.save(force_insert=True)
        return row

    def change(self):
        """Add, end or void a few facts; returns the persons, units and teams on their sides."""
        touched = set()
        for _ in range(self.random.randint(1, 3)):
            row = (
                self.add(self.random.choice(self.makers())())
                if self.random.random() < 0.5
                else None
            )
            touched |= sides_of(row or self.taken_back())
        return touched

    def taken_back(self):
        table = self.random.choice(TABLES)
        rows = table.objects.filter(realm=self.world.realm_id, voided_at=None).order_by("pk")
        row = self.random.choice(list(rows) or [self.add(self.member())])
        if hasattr(row, "end") and self.random.random() < 0.5:
            row.end = max(date(2026, 6, 1), (row.start or date(2026, 1, 1)) + timedelta(days=1))
        else:
            row.voided_at = AT
        row.save()
        return row


def sides_of(row):
    names = ("delegate_id", "over_id", "person_id", "other_id", "team_id", "unit_id", "branch_id")
    ids = {getattr(row, name, None) for name in names} - {None}
    return ids | ({row.post.unit_id} if isinstance(row, Tenure) else set())
