"""Puts units, people and relations together."""

from dataclasses import dataclass
from datetime import date

from tanxin.demo.invent.human import (
    ChargeLine,
    ContactLine,
    EventLine,
    Human,
    SeatLine,
    StateLine,
    UnitLine,
)
from tanxin.demo.invent.people import People
from tanxin.demo.invent.plan import Plan, read_plan
from tanxin.demo.invent.relations import charges, contacts, fill_branches, seats
from tanxin.demo.invent.situations import events, states
from tanxin.demo.invent.units import unit_lines


@dataclass(frozen=True, slots=True)
class Organisation:
    plan: Plan
    today: date
    units: tuple[UnitLine, ...]
    people: tuple[Human, ...]
    seats: tuple[SeatLine, ...]
    charges: tuple[ChargeLine, ...]
    contacts: tuple[ContactLine, ...]
    states: tuple[StateLine, ...]
    events: tuple[EventLine, ...]

    @property
    def personas(self) -> dict[str, Human]:
        return {human.persona: human for human in self.people if human.persona}

    @property
    def leaders(self) -> list[Human]:
        return [human for human in self.people if human.place == self.plan.name]


def invent(today: date) -> Organisation:
    plan = read_plan()
    people = tuple(People(plan, today).everybody())
    fill_branches(people)
    dated = states(people, today)
    return Organisation(
        plan=plan,
        today=today,
        units=unit_lines(plan),
        people=people,
        seats=seats(plan, people, today),
        charges=charges(plan, people, today),
        contacts=contacts(people, dated, today),
        states=dated,
        events=events(plan, people, dated, today),
    )
