"""Deriving in memory, without a database: its growth, and a rule engine on the same facts.

``python -m bench.engine [PEOPLE …]``, 10,000 to 1,000,000 unless given. The engine is clingo, the
fastest of those looked at; it finds the same pairs, but no keys, days, periods or traces.
"""

import gc
import math
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import median
from uuid import UUID

import clingo

from bench import facts
from tanxin.core.calendar import WorkCalendar
from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    Pack,
    PostFact,
    SeatFact,
    Snapshot,
    TeamFact,
    TenureFact,
    derive,
    load_packs,
)
from tanxin.packs import NATIONAL, THREE_MUSTS, shipped_sources

SIZES = (10_000, 100_000, 1_000_000)
TODAY = date(2026, 11, 23)
HORIZON = date(2026, 1, 1), date(2026, 12, 24)
SINCE = date(2020, 1, 1)
LARGEST_FOR_PEER = 100_000
PROGRAM = """
duty("chief-with-member",T,A,B) :- seat(T,A,"chief"), seat(T,B,"deputy").
duty("member-with-member",T,A,B) :- seat(T,A,"deputy"), seat(T,B,"deputy"), A < B.
duty("charge-with-head",U,A,B) :- charge(A,U), head(U,B), A != B.
duty("branch-committee-member",U,A,B) :- member(U,A,"secretary"), member(U,B,"member").
duty("branch-committee-among",U,A,B) :- member(U,A,R), member(U,B,S), A < B,
    R != "member", S != "member".
duty("branch-member-member",U,A,0) :- member(U,A,"member").
"""


class Facts:
    """Only what the rules look at, block by block: posts that lead, seats, charges, memberships."""

    def __init__(self, people: int) -> None:
        self.seats: list[SeatFact] = []
        self.teams: list[TeamFact] = []
        self.posts: list[PostFact] = []
        self.tenures: list[TenureFact] = []
        self.charges: list[ChargeFact] = []
        self.members: list[BranchMemberFact] = []
        writer = facts.Writer(UUID(int=1), 7)
        while writer.made.people < people:
            self.take(writer.block(min(facts.BLOCK, people - writer.made.people)))

    def take(self, rows: facts.Rows) -> None:
        heads = {row[0] for row in rows["org_post"] if row[4] == "head"}
        self.posts += [
            PostFact(b(r[0]), b(r[2]), "head") for r in rows["org_post"] if r[0] in heads
        ]
        self.teams += [TeamFact(b(r[0]), b(r[2]), str(r[4])) for r in rows["org_team"]]
        self.seats += [SeatFact(b(r[6]), b(r[7]), str(r[8]), SINCE) for r in rows["org_seat"]]
        self.charges += [ChargeFact(b(r[6]), b(r[7]), SINCE) for r in rows["org_charge"]]
        self.members += [
            BranchMemberFact(b(r[6]), b(r[7]), str(r[8]), SINCE) for r in rows["org_branchmember"]
        ]
        self.tenures += [
            TenureFact(b(r[6]), b(r[7]), SINCE) for r in rows["org_tenure"] if r[7] in heads
        ]

    def snapshot(self) -> Snapshot:
        return Snapshot(
            posts=self.posts, tenures=self.tenures, teams=self.teams, seats=self.seats,
            charges=self.charges, members=self.members,
        )  # fmt: skip

    def told(self) -> Iterator[str]:
        """The same facts as the engine reads them; ids as small numbers, which suits it best."""
        number: dict[object, int] = {}

        def n(key: object) -> int:
            return number.setdefault(key, len(number) + 1)

        units = {post.id: post.unit for post in self.posts}
        for seat in self.seats:
            yield f'seat({n(seat.team)},{n(seat.person)},"{seat.role}").'
        for charge in self.charges:
            yield f"charge({n(charge.person)},{n(charge.unit)})."
        for tenure in self.tenures:
            yield f"head({n(units[tenure.post])},{n(tenure.person)})."
        for member in self.members:
            yield f'member({n(member.branch)},{n(member.person)},"{member.role}").'


def b(key: object) -> bytes:
    return bytes.fromhex(str(key))


def ours(told: Facts, packs: list[Pack]) -> tuple[float, Counter[str]]:
    begun = time.process_time()
    found = derive(told.snapshot(), packs, HORIZON, WorkCalendar(), today=TODAY)
    rules = Counter(duty.rule.rule for duty in found if duty.period == "2026")
    return time.process_time() - begun, rules


def theirs(told: Facts) -> tuple[float, Counter[str]]:
    begun = time.process_time()
    control = clingo.Control(["--warn=none"])
    control.add("base", [], PROGRAM + "\n".join(told.told()))
    control.ground([("base", [])])
    atoms = control.symbolic_atoms.by_signature("duty", 4)
    rules = Counter(atom.symbol.arguments[0].string for atom in atoms)
    return time.process_time() - begun, rules


def main(sizes: tuple[int, ...]) -> None:
    packs = list(load_packs(shipped_sources(NATIONAL, THREE_MUSTS)).packs)
    spent: dict[int, float] = {}
    gc.disable()
    for people in sizes:
        told = Facts(people)
        runs = [ours(told, packs) for _ in range(3)]
        seconds, duties = median(run[0] for run in runs), runs[0][1]
        spent[people] = seconds
        rate = duties.total() / seconds
        line = (
            f"{people:>9,} people  {duties.total():>9,} duties  {seconds:6.2f} s  {rate:>9,.0f}/s"
        )
        if people <= LARGEST_FOR_PEER:
            peer, found = theirs(told)
            same = all(found[rule] == duties[rule] for rule in found)
            line += f"  clingo {peer:6.2f} s  {found.total() / peer:>9,.0f}/s  same pairs: {same}"
        print(line)  # noqa: T201 - a bench speaks
    first, last = min(sizes), max(sizes)
    if first != last:
        power = math.log(spent[last] / spent[first]) / math.log(last / first)
        print(f"exponent from {first:,} to {last:,} people: {power:.2f}")  # noqa: T201 - as above


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
