"""Dated facts of a person: his post, rank, branch and states, compared with what is held."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from tanxin.apps.org import codes
from tanxin.apps.org.intake.difference import Group, Step
from tanxin.apps.org.intake.held import Held
from tanxin.apps.org.intake.levels import level_of
from tanxin.apps.org.intake.people import GONE
from tanxin.apps.org.intake.places import Places
from tanxin.apps.org.models import (
    BranchMember,
    Fact,
    PersonState,
    Post,
    RankHolding,
    Tenure,
)
from tanxin.apps.org.roster import PersonRow

NO_STATE = "active"
NOT_SENSITIVE = frozenset({"retired", "secondment", "study", "floating", "newcomer"})

Ends = tuple[tuple[type[Fact], UUID, date], ...]
Voids = tuple[tuple[type[Fact], UUID], ...]


@dataclass
class Facts:
    held: Held
    places: Places
    source: str
    steps: list[Step] = field(default_factory=list)
    unsaved_posts: set[UUID] = field(default_factory=set)
    over_already: set[UUID] = field(default_factory=set)

    def take(self, person_id: UUID, row: PersonRow) -> None:
        if GONE & {*row.states}:
            self.leave(person_id, row.name)
            return
        self.take_post(person_id, row)
        self.take_rank(person_id, row)
        self.take_branch(person_id, row)
        for state in row.states:
            self.take_state(person_id, row.name, state)

    def take_post(self, person_id: UUID, row: PersonRow) -> None:
        held = self.held.tenures.get(person_id, [])
        unit_id = self.unit_of(row, held)
        if unit_id is None or not (row.post or row.department or row.unit):
            return
        post = self.post(unit_id, row.post)
        same = [tenure for tenure in held if tenure.post_id == post.pk]
        if same and row.post_since in {None, same[0].start}:
            return
        after = f"{self.places.by_id[unit_id].name} {row.post}".strip()
        if same:
            fresh = Tenure(
                person_id=person_id, post_id=post.pk, start=row.post_since, source=self.source
            )
            voids: Voids = ((Tenure, same[0].pk),)
            self.steps.append(Step(Group.MOVED, row.name, after, after, rows=(fresh,), voids=voids))
            self.held.fresh.add(fresh.pk)
            self.held.tenures[person_id] = [fresh]
            return
        start = row.post_since or (self.held.on if held else None)
        fresh = Tenure(person_id=person_id, post_id=post.pk, start=start, source=self.source)
        ends, voids = self.over(list(held), start or self.held.on)
        before = "、".join(self.post_words(tenure.post_id) for tenure in held)
        rows = (*self.new_posts(post), fresh)
        group = Group.MOVED if held else Group.JOINED
        self.steps.append(Step(group, row.name, before, after, rows=rows, ends=ends, voids=voids))
        self.held.fresh.add(fresh.pk)
        self.held.tenures[person_id] = [fresh]

    def unit_of(self, row: PersonRow, held: list[Tenure]) -> UUID | None:
        """The unit the row names; without one, that of the person's present post."""
        name = row.department or row.unit
        if name:
            return self.places.find(name, row.unit)
        return self.held.posts[held[0].post_id].unit_id if held and row.post else None

    def post(self, unit_id: UUID, title: str) -> Post:
        known = self.held.post_of.get((unit_id, title))
        if known:
            return self.held.posts[known]
        place = self.places.by_id[unit_id]
        post = Post(unit_id=unit_id, title=title, level=level_of(title, place.kind))
        self.unsaved_posts.add(post.pk)
        self.held.posts[post.pk] = post
        self.held.post_of[unit_id, title] = post.pk
        return post

    def new_posts(self, post: Post) -> tuple[Post, ...]:
        """The post itself the first time it is used, so that it is saved with its first tenure."""
        if post.pk not in self.unsaved_posts:
            return ()
        self.unsaved_posts.remove(post.pk)
        return (post,)

    def post_words(self, post_id: UUID) -> str:
        post = self.held.posts[post_id]
        place = self.places.by_id.get(post.unit_id)
        return f"{place.name if place else ''} {post.title}".strip()

    def take_rank(self, person_id: UUID, row: PersonRow) -> None:
        if not row.rank:
            return
        held = self.held.ranks.get(person_id, [])
        same = [holding for holding in held if holding.rank == row.rank]
        if same and row.rank_since in {None, same[0].start}:
            return
        start = row.rank_since or (self.held.on if held and not same else None)
        fresh = RankHolding(person_id=person_id, rank=row.rank, start=start, source=self.source)
        ends, voids = self.over(list(held), start or self.held.on)
        if same:
            ends, voids = (), ((RankHolding, same[0].pk),)
        before = "、".join(codes.rank_word(holding.rank) for holding in held)
        after = codes.rank_word(row.rank)
        self.steps.append(
            Step(Group.RANK, row.name, before, after, rows=(fresh,), ends=ends, voids=voids)
        )
        self.held.fresh.add(fresh.pk)
        self.held.ranks[person_id] = [fresh]

    def take_branch(self, person_id: UUID, row: PersonRow) -> None:
        branch_id = self.places.find(row.branch) if row.branch else None
        if branch_id is None:
            return
        role = codes.branch_role(row.party_post)
        held = self.held.branches.get(person_id, [])
        if any(member.branch_id == branch_id and member.role == role for member in held):
            return
        start = self.held.on if held else None
        fresh = BranchMember(
            person_id=person_id, branch_id=branch_id, role=role, start=start, source=self.source
        )
        ends, voids = self.over(list(held), start or self.held.on)
        before = "、".join(self.places.by_id[member.branch_id].name for member in held)
        word = codes.table("branch_role").word(role)
        after = f"{self.places.by_id[branch_id].name} {word}"
        self.steps.append(
            Step(Group.BRANCH, row.name, before, after, rows=(fresh,), ends=ends, voids=voids)
        )
        self.held.fresh.add(fresh.pk)
        self.held.branches[person_id] = [fresh]

    def take_state(self, person_id: UUID, name: str, state: str) -> None:
        if state != NO_STATE and not self.held.states.get((person_id, state)):
            fresh = PersonState(person_id=person_id, kind=state, source=self.source)
            self.add_state(name, fresh)

    def add_state(self, name: str, fresh: PersonState) -> None:
        fresh.sensitive = fresh.kind not in NOT_SENSITIVE
        word = codes.table("state").word(fresh.kind)
        after = " ".join(filter(None, (word, span(fresh.start, fresh.end))))
        self.steps.append(Step(Group.STATE, name, after=after, rows=(fresh,)))
        self.held.fresh.add(fresh.pk)
        self.held.states.setdefault((fresh.person_id, fresh.kind), []).append(fresh)

    def leave(self, person_id: UUID, name: str, day: date | None = None) -> None:
        """Gone from the day on: what he held ends, what was true stays true."""
        person = self.held.people[person_id]
        on = day or self.held.on
        if person.left_on is not None:
            return
        person.left_on = on
        held: list[Fact] = [
            *self.held.tenures.pop(person_id, []),
            *self.held.ranks.pop(person_id, []),
            *self.held.branches.pop(person_id, []),
            *self.related.get(person_id, []),
        ]
        ends, voids = self.over(held, on)
        leaves = ((person_id, on),)
        self.steps.append(Step(Group.LEFT, name, ends=ends, voids=voids, leaves=leaves))

    @cached_property
    def related(self) -> dict[UUID, list[Fact]]:
        """Seats, charges and contacts by each person they are about."""
        found: dict[UUID, list[Fact]] = defaultdict(list)
        for seats in self.held.seats.values():
            for seat in seats:
                found[seat.person_id].append(seat)
        for charges in self.held.charges.values():
            for charge in charges:
                found[charge.person_id].append(charge)
        for contacts in self.held.contacts.values():
            for contact in contacts:
                for person_id in filter(None, (contact.person_id, contact.other_id)):
                    found[person_id].append(contact)
        return found

    def over(self, facts: list[Fact], end: date) -> tuple[Ends, Voids]:
        """End each fact at ``end``; one that had not begun by then was never so."""
        ends: list[tuple[type[Fact], UUID, date]] = []
        voids: list[tuple[type[Fact], UUID]] = []
        for fact in facts:
            if fact.pk in self.held.fresh or fact.pk in self.over_already:
                continue
            self.over_already.add(fact.pk)
            if fact.start is not None and fact.start >= end:
                voids.append((type(fact), fact.pk))
            elif fact.end is None or fact.end > end:
                ends.append((type(fact), fact.pk, end))
        return tuple(ends), tuple(voids)


def span(start: date | None, end: date | None) -> str:
    if start is None and end is None:
        return ""
    return f"{start.isoformat() if start else ''}–{end.isoformat() if end else ''}"
