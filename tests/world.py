"""The invented organisation of the tests, and builders that take only what a test is about.

``ada`` chairs the leadership team and initiates talks; ``emil`` is her deputy and is in charge of the
planning department; ``ben`` heads that department; ``cleo`` works elsewhere and has nothing to do
with them; ``dora`` is the organiser. All have accounts.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from tanxin.apps.accounts.services import create_account, hashed
from tanxin.apps.audit import services as audit
from tanxin.apps.org import services
from tanxin.apps.org.models import (
    BranchMember,
    Charge,
    Contact,
    Event,
    Fact,
    Membership,
    PersonState,
    Post,
    RankHolding,
    Seat,
    Team,
    Tenure,
    Unit,
    UnitSpell,
)
from tanxin.apps.org.services import PersonDetails
from tanxin.apps.org.services.bulk import write_facts
from tanxin.apps.org.services.people import sealed_person_rows
from tanxin.apps.sealing import client as sealing
from tanxin.core.access import Actor, Role

FOUNDED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
SEEDED = datetime(2099, 1, 1, tzinfo=UTC)
SINCE = date(2024, 3, 1)
TODAY = date(2026, 11, 23)
SOURCE = "花名册 2026-01"
NAMES = {"ada": "安雅", "ben": "本明", "cleo": "单可", "dora": "杜若", "emil": "尉迟明"}


@dataclass
class World:
    """``people``, ``units``, ``posts`` and ``teams`` are ids by the names the tests use."""

    realm_id: UUID
    founder: Actor
    people: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    roles: dict[str, frozenset[Role]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    @property
    def ada(self) -> UUID:
        return self.people["ada"]

    @property
    def ben(self) -> UUID:
        return self.people["ben"]

    @property
    def cleo(self) -> UUID:
        return self.people["cleo"]

    @property
    def dora(self) -> UUID:
        return self.people["dora"]

    @property
    def emil(self) -> UUID:
        return self.people["emil"]

    def actor(self, name: str) -> Actor:
        return Actor(
            realm_id=self.realm_id,
            person_id=self.people[name],
            account_id=self.accounts[name],
            roles=self.roles.get(name, frozenset()),
            session=self.session(name),
        )

    def session(self, name: str) -> str:
        """The token of a login at the keeper, which believes whom the tests name."""
        if name not in self.sessions:
            opened = sealing.open_session(self.realm_id, self.accounts[name], self.people[name])
            self.sessions[name] = opened.token
        return self.sessions[name]

    def client(self, name: str | None) -> Client:
        """Somebody's browser; ``None`` and "nobody" are not logged in."""
        client = Client()
        if name not in (None, "nobody"):
            client.force_login(get_user_model().objects.get(pk=self.accounts[name]))
        return client

    def unit(
        self, name: str, kind: str, parent: str | None = None, *, key: str = "", **more
    ) -> UUID:
        code = f"U{len(self.units) + 1:03}"
        self.units[key or name] = services.add_unit(
            self.founder, code=code, name=name, kind=kind, source=SOURCE, at=FOUNDED,
            parent_id=self.units[parent] if parent else None, order=len(self.units), **more,
        )  # fmt: skip
        return self.units[key or name]

    def post(self, title: str, unit: str, level: str = "staff", order: int = 0) -> UUID:
        self.posts[title] = services.add_post(
            self.founder, self.units[unit], title=title, level=level, order=order, at=FOUNDED
        )
        return self.posts[title]

    def team(self, name: str, unit: str, kind: str = "leadership") -> UUID:
        self.teams[name] = services.add_team(
            self.founder, self.units[unit], name=name, kind=kind, at=FOUNDED
        )
        return self.teams[name]

    def person(self, key: str, name: str = "", *, at: datetime = FOUNDED, **details) -> UUID:
        number = details.pop("number", f"N{len(self.people) + 1:04}")
        person = PersonDetails(name=name or key, number=number, **details)
        self.people[key] = services.add_person(self.founder, person, at=at)
        return self.people[key]

    def account(self, key: str, password: str | None = None, handle: str = "") -> UUID:
        self.accounts[key] = services.open_account(
            self.founder, self.people[key], handle=handle or f"{key}-{self.realm_id.hex[:8]}",
            password=password, at=FOUNDED,
        )  # fmt: skip
        return self.accounts[key]

    def entrust(self, key: str, role: Role) -> None:
        services.entrust_role(
            self.founder, self.people[key], role, start=SINCE, source=SOURCE, at=FOUNDED
        )
        self.roles[key] = self.roles.get(key, frozenset()) | {role}

    def fact(self, fact, *, at: datetime = FOUNDED):
        fact.source = fact.source or SOURCE
        return services.record_fact(self.founder, fact, at=at)

    def holds(self, key: str, post: str, start: date | None = SINCE, end: date | None = None):
        row = Tenure(person_id=self.people[key], post_id=self.posts[post], start=start, end=end)
        return self.fact(row)

    def sits(self, key: str, team: str, role: str, start: date | None = SINCE, end=None):
        row = Seat(
            person_id=self.people[key], team_id=self.teams[team], role=role, start=start, end=end
        )
        return self.fact(row)

    def in_charge(self, key: str, unit: str, start: date | None = SINCE, end=None):
        row = Charge(person_id=self.people[key], unit_id=self.units[unit], start=start, end=end)
        return self.fact(row)

    def in_branch(self, key: str, branch: str, role: str = "member", start=SINCE, end=None):
        row = BranchMember(
            person_id=self.people[key],
            branch_id=self.units[branch],
            role=role,
            start=start,
            end=end,
        )
        return self.fact(row)

    def contact(self, key: str, kind: str, other: str = "", unit: str = "", start=SINCE, end=None):
        row = Contact(
            kind=kind, person_id=self.people[key], other_id=self.people.get(other),
            unit_id=self.units.get(unit), start=start, end=end,
        )  # fmt: skip
        return self.fact(row)

    def state(self, key: str, kind: str, start=SINCE, end=None, *, sensitive: bool = True):
        row = PersonState(
            person_id=self.people[key], kind=kind, start=start, end=end, sensitive=sensitive
        )
        return self.fact(row)

    def rank(self, key: str, rank: str, start=SINCE, end=None):
        return self.fact(RankHolding(person_id=self.people[key], rank=rank, start=start, end=end))

    def event(self, kind: str, on: date, *, unit="", team="", person="", sensitive: bool = False):
        about = {
            "unit": Unit.objects.get(pk=self.units[unit]) if unit else None,
            "team": Team.objects.get(pk=self.teams[team]) if team else None,
        }
        if person:
            about["person_id"] = self.people[person]
        row = Event(kind=kind, on=on, sensitive=sensitive, source=SOURCE, **about)
        return services.record_event(self.founder, row, at=FOUNDED)


def empty_world(name: str = "测试委员会") -> World:
    """A realm with nobody in it, still being seeded: its log takes the moments tests give it."""
    realm_id = services.found_realm(name, at=FOUNDED, is_demo=True, seeding_until=SEEDED)
    return World(realm_id=realm_id, founder=services.founder(realm_id))


def small_world(name: str = "测试委员会") -> World:
    """Written at once as a roster would be, with one leaf: a third of most tests' time is this."""
    made = empty_world(name)
    realm_id, rows = made.realm_id, []

    def unit(name: str, kind: str, parent: str | None = None, *, key: str = "") -> None:
        row = Unit(code=f"U{len(made.units) + 1:03}")
        parent_id = made.units[parent] if parent else None
        order = len(made.units)
        made.units[key or name] = row.pk
        rows.append(row)
        rows.append(UnitSpell(unit=row, name=name, kind=kind, parent_id=parent_id, order=order))

    def post(title: str, unit: str, level: str = "staff") -> None:
        row = Post(unit_id=made.units[unit], title=title, level=level)
        made.posts[title] = row.pk
        rows.append(row)

    def holds(key: str, post: str) -> Tenure:
        return Tenure(person_id=made.people[key], post_id=made.posts[post])

    unit("测试委员会", "organ", key="commission")
    unit("规划处", "department", "commission", key="planning")
    unit("信息中心", "institution", "commission", key="centre")
    unit("机关党委", "committee", "commission", key="committee")
    unit("第一党支部", "branch", "committee", key="branch")
    leaders = Team(unit_id=made.units["commission"], name="leaders", kind="leadership")
    made.teams["leaders"] = leaders.pk
    post("主任", "commission", "chief")
    post("副主任", "commission", "deputy")
    post("规划处处长", "planning", "head")
    post("信息中心科员", "centre")
    post("组织干事", "committee")
    people = sealed_person_rows(
        realm_id,
        [
            PersonDetails(name=text, number=f"N{at:04}", phone=f"1380000000{at - 1}", politics="01")
            for at, text in enumerate(NAMES.values(), 1)
        ],
        at=FOUNDED,
    )
    made.people = {key: row.pk for key, row in zip(NAMES, people, strict=True)}
    facts = [
        holds("ada", "主任"), holds("emil", "副主任"), holds("ben", "规划处处长"),
        holds("cleo", "信息中心科员"), holds("dora", "组织干事"),
        Seat(person_id=made.ada, team=leaders, role="chief"),
        Seat(person_id=made.emil, team=leaders, role="deputy"),
        Charge(person_id=made.emil, unit_id=made.units["planning"]),
        BranchMember(person_id=made.ben, branch_id=made.units["branch"], role="secretary"),
        BranchMember(person_id=made.ada, branch_id=made.units["branch"], role="member"),
    ]  # fmt: skip
    for fact in facts:
        fact.start = SINCE
    for row in (*rows, *facts):
        if isinstance(row, Fact):
            row.source = SOURCE
    with transaction.atomic():
        write_facts(realm_id, [*rows, leaders, *people, *facts], at=FOUNDED)
        for key in NAMES:
            made.accounts[key] = create_account(f"{key}-{realm_id.hex[:8]}", hashed(None))
            Membership.objects.create(
                realm_id=realm_id, account_id=made.accounts[key], person_id=made.people[key]
            )
        audit.record(
            "fact.recorded", realm_id=realm_id, actor=made.founder, subject_kind="roster",
            subject_id=None, at=FOUNDED,
        )  # fmt: skip
    made.entrust("dora", Role.ORGANISER)
    return made


@pytest.fixture
def world(db, keeper) -> World:
    return small_world()


@pytest.fixture
def actor(world) -> Callable[[str], Actor]:
    return world.actor


@pytest.fixture
def client_of(world) -> Callable[[str | None], Client]:
    """``client_of("ada")`` is Ada's browser; ``client_of(None)`` is nobody's."""
    return world.client
