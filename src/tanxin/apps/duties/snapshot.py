"""The facts of a realm as the core's ``Snapshot``: of everybody, or of those a change can reach.

Facts that are voided, or that ended before the horizon, are left out; so are posts of levels that
no rule asks about, which in a large organisation are most of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from tanxin.apps.duties.columns import DAY, ID, PLAIN, Reader
from tanxin.apps.org.models import (
    POST_LEVELS,
    BranchMember,
    Charge,
    Contact,
    Event,
    Person,
    PersonState,
    Post,
    Seat,
    Team,
    Tenure,
    UnitSpell,
)
from tanxin.core.policy import (
    BranchMemberFact,
    ChargeFact,
    ContactFact,
    EventFact,
    Pack,
    PersonFact,
    PostFact,
    SeatFact,
    Snapshot,
    StateFact,
    TeamFact,
    TenureFact,
    UnitFact,
)
from tanxin.core.policy.schema import Holder, Holding

LEADING = frozenset({"chief", "head"})
SPAN = {"start": DAY, "end": DAY}
EVERYTHING = (Q(),)
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of each table to read: conditions whose rows together make the part."""

    seats: Sequence[Q] = EVERYTHING
    tenures: Sequence[Q] = EVERYTHING
    charges: Sequence[Q] = EVERYTHING
    members: Sequence[Q] = EVERYTHING
    contacts: Sequence[Q] = EVERYTHING
    states: Sequence[Q] = EVERYTHING
    persons: Sequence[Q] = EVERYTHING
    teams: Sequence[Q] = EVERYTHING
    posts: Sequence[Q] = EVERYTHING
    units: Sequence[Q] = EVERYTHING


class Facts:
    """Reads the facts of one realm that can matter from ``since`` on."""

    def __init__(self, realm_id: UUID, packs: Iterable[Pack], *, since: date) -> None:
        self.reader = Reader()
        self.realm = Q(realm=realm_id)
        self.believed = self.realm & Q(voided_at=None) & (Q(end=None) | Q(end__gt=since))
        self.levels = levels_asked_for(packs)
        self.happened = self.realm & Q(voided_at=None, on__gte=since)

    @property
    def tenures(self) -> Q:
        """Posts that lead, and those of people with an event: whoever looks after them is near."""
        about = Event.objects.filter(self.happened, person__isnull=False).values("person")
        if self.levels >= set(POST_LEVELS):
            return self.believed
        return self.believed & (Q(post__level__in=sorted(self.levels)) | Q(person__in=about))

    def snapshot(self, wanted: Wanted | None = None) -> Snapshot:
        part = wanted or Wanted()
        posts = self._part(Post, self.realm, part.posts, id=ID, unit=ID, level=PLAIN)
        held = self.tenures
        return Snapshot(
            persons=(
                PersonFact(person, None, left)
                for person, left in self._part(
                    Person, self.realm & Q(left_on__isnull=False), part.persons, id=ID, left_on=DAY
                )
            ),
            units=map(
                UnitFact._make,
                self._part(
                    UnitSpell, self.believed, part.units, unit=ID, kind=PLAIN, parent=ID, **SPAN
                ),
            ),
            posts=map(PostFact._make, posts),
            tenures=map(
                TenureFact._make, self._part(Tenure, held, part.tenures, person=ID, post=ID, **SPAN)
            ),
            teams=map(
                TeamFact._make,
                self._part(Team, self.realm, part.teams, id=ID, unit=ID, kind=PLAIN),
            ),
            seats=map(
                SeatFact._make,
                self._part(Seat, self.believed, part.seats, team=ID, person=ID, role=PLAIN, **SPAN),
            ),
            charges=map(
                ChargeFact._make,
                self._part(Charge, self.believed, part.charges, person=ID, unit=ID, **SPAN),
            ),
            members=map(
                BranchMemberFact._make,
                self._part(
                    BranchMember, self.believed, part.members,
                    person=ID, branch=ID, role=PLAIN, **SPAN,
                ),
            ),
            contacts=map(
                ContactFact._make,
                self._part(
                    Contact, self.believed, part.contacts,
                    kind=PLAIN, person=ID, other=ID, unit=ID, **SPAN,
                ),
            ),
            states=map(
                StateFact._make,
                self._part(
                    PersonState, self.believed, part.states,
                    id=ID, person=ID, kind=PLAIN, **SPAN, sensitive=PLAIN,
                ),
            ),
            events=map(EventFact._make, self._events()),
        )  # fmt: skip

    def _events(self) -> Iterator[tuple[Any, ...]]:
        rows = Event.objects.filter(self.happened)
        return self.reader.rows(
            rows, id=ID, kind=PLAIN, on=DAY, unit=ID, team=ID, person=ID, sensitive=PLAIN
        )

    def _part(
        self, table: type[Model], always: Q, parts: Sequence[Q], **columns: str
    ) -> Iterable[tuple[Any, ...]]:
        """Read the rows of all ``parts`` once each; they may overlap."""
        found = (
            row
            for part in parts
            for row in self.reader.rows(table._default_manager.filter(always, part), **columns)
        )
        return found if len(parts) == 1 else dict.fromkeys(found)


def levels_asked_for(packs: Iterable[Pack]) -> frozenset[str]:
    """Return the levels of posts that any rule looks at; those that lead are always looked at."""
    levels = set(LEADING)
    for pack in packs:
        for rule in pack.rules:
            if rule.terms is not None:
                levels |= _levels(rule.terms.who.holder) | _levels(rule.terms.whom.holder)
    return frozenset(levels)


def _levels(holder: Holder) -> set[str]:
    if holder.holding is not Holding.POST:
        return set()
    return set(holder.roles or POST_LEVELS)
