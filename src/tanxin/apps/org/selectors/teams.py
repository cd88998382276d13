"""Teams (班子) and branches, and who belonged to them on a day."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from tanxin.apps.org.actors import on_day
from tanxin.apps.org.models import BRANCH_ROLES, SEAT_ROLES, BranchMember, Seat, Team

ROLE_ORDER = {role: place for place, role in enumerate((*SEAT_ROLES, *BRANCH_ROLES))}


@dataclass(frozen=True, slots=True)
class SeatOn:
    """A seat in a team or a place in a branch (``of_id``)."""

    of_id: UUID
    person_id: UUID
    role: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TeamOn:
    id: UUID
    name: str
    kind: str
    unit_id: UUID
    seats: tuple[SeatOn, ...]

    @property
    def chief_id(self) -> UUID | None:
        return next((seat.person_id for seat in self.seats if seat.role == "chief"), None)


def by_role(rows: QuerySet[Seat, tuple[UUID, UUID, str, date | None, date | None]]) -> list[SeatOn]:
    seats = [SeatOn(*row) for row in rows]
    return sorted(seats, key=lambda seat: (ROLE_ORDER[seat.role], seat.start or date.min))


def seats_on(realm_id: UUID, team_ids: list[UUID], on: date) -> list[SeatOn]:
    rows = Seat.objects.filter(on_day(on), realm=realm_id, team__in=team_ids)
    return by_role(rows.values_list("team", "person", "role", "start", "end"))


def with_seats(realm_id: UUID, teams: QuerySet[Team], on: date) -> list[TeamOn]:
    rows = list(teams.order_by("kind", "name").values_list("pk", "name", "kind", "unit"))
    seats = seats_on(realm_id, [row[0] for row in rows], on)
    return [TeamOn(*row, tuple(seat for seat in seats if seat.of_id == row[0])) for row in rows]


def team_on(realm_id: UUID, team_id: UUID, on: date) -> TeamOn | None:
    """The team with the seats of the day, the chief first."""
    found = with_seats(realm_id, Team.objects.filter(realm=realm_id, pk=team_id), on)
    return found[0] if found else None


def teams_of_unit(realm_id: UUID, unit_id: UUID, on: date) -> list[TeamOn]:
    return with_seats(realm_id, Team.objects.filter(realm=realm_id, unit=unit_id), on)


def units_with_teams(realm_id: UUID) -> frozenset[UUID]:
    return frozenset(Team.objects.filter(realm=realm_id).values_list("unit", flat=True))


def teams_of_person(realm_id: UUID, person_id: UUID, on: date) -> list[TeamOn]:
    """The teams in which the person had a seat on the day, with all their seats."""
    mine = Seat.objects.filter(on_day(on), realm=realm_id, person=person_id).values("team")
    return with_seats(realm_id, Team.objects.filter(realm=realm_id, pk__in=mine), on)


def branch_members(realm_id: UUID, branch_id: UUID, on: date) -> list[SeatOn]:
    """Who belonged to the branch on the day, its secretary first."""
    rows = BranchMember.objects.filter(on_day(on), realm=realm_id, branch=branch_id)
    return by_role(rows.values_list("branch", "person", "role", "start", "end"))  # type: ignore[arg-type] # the same five columns


def branch_counts(realm_id: UUID, on: date) -> Counter[UUID]:
    """Branch → how many people belonged to it on the day."""
    rows = BranchMember.objects.filter(on_day(on), realm=realm_id).values("branch")
    counted = rows.annotate(count=Count("person", distinct=True)).order_by()
    return Counter(dict(counted.values_list("branch", "count")))


def seats_over_time(realm_id: UUID, team_id: UUID) -> list[SeatOn]:
    """Every seat ever held in the team, voided ones excepted."""
    rows = Seat.objects.filter(realm=realm_id, team=team_id, voided_at=None)
    return by_role(rows.values_list("team", "person", "role", "start", "end"))
