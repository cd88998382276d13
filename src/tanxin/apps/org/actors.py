"""From a login to the actor that every service asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from tanxin.apps.accounts.second_factor.keeping import second_factors
from tanxin.apps.org.models import (
    BranchMember,
    Charge,
    Membership,
    RoleHolding,
    Seat,
    Tenure,
)
from tanxin.apps.org.trust import Administrator, Secretary
from tanxin.apps.realms.models import Realm
from tanxin.core.access import Actor, Ground, Role, SecondFactor, Span

# What stands before the leader for whom somebody arranges, and before the grounds of talks.
FOR = "for:"
# What stands before nothing: the days that an inspection looks at.
LOOKS = "looks:"
GROUNDS = ("charge", "seat", "branch")
ROLES = frozenset(role.value for role in Role)


def on_day(day: date) -> Q:
    """Facts that are believed today and true on ``day``."""
    return Q(voided_at=None) & (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gt=day))


def actor_of(
    account_id: UUID, *, on: date, realm_id: UUID | None = None, session: str = ""
) -> Actor | None:
    """Who ``account_id`` is in ``realm_id``, or in its first realm; None without a membership."""
    here = Q(person__left_on=None) | Q(person__left_on__gt=on)
    factors = Exists(second_factors(OuterRef("account")))
    memberships = Membership.objects.filter(here, account=account_id).annotate(has_factor=factors)
    if realm_id:
        memberships = memberships.filter(realm=realm_id)
    membership = memberships.select_related("realm").order_by("realm").first()
    if membership is None:
        return None
    trust = entrusted(membership.realm_id, membership.person_id, on)
    lost, kept = lost_and_kept(trust.grounds, on)
    return Actor(
        realm_id=membership.realm_id,
        person_id=membership.person_id,
        account_id=account_id,
        roles=trust.roles,
        session=session,
        second_factor=second_factor_of(membership.realm, trust.roles, has=membership.has_factor),
        former=former_spans(trust.held, on),
        arranges_for=trust.leaders,
        inspects=trust.looks,
        on=on,
        grounds_lost=lost,
        grounds_kept=kept,
    )


def second_factor_of(realm: Realm, roles: frozenset[Role], *, has: bool) -> SecondFactor:
    if has or roles.isdisjoint(realm.second_factor_for.split()):
        return SecondFactor.ENOUGH
    return SecondFactor.WARNED if realm.is_demo else SecondFactor.BARRED


def standing_of(realm_id: UUID, person_id: UUID, *, on: date) -> Actor:
    """Somebody as he stands on the day, also without an account, to ask what is still his."""
    trust = entrusted(realm_id, person_id, on)
    lost, kept = lost_and_kept(trust.grounds, on)
    return Actor(
        realm_id=realm_id,
        person_id=person_id,
        former=former_spans(trust.held, on),
        on=on,
        grounds_lost=lost,
        grounds_kept=kept,
    )


@dataclass(frozen=True, slots=True)
class Entrusted:
    """The roles of the day, for whom one arranges, all posts and all grounds ever.

    A post is its unit, the first day and the day after the last; ``looks`` are the days that an
    inspector of the day looks at.
    """

    roles: frozenset[Role]
    leaders: tuple[UUID, ...]
    held: list[tuple[str, date, date]]
    grounds: list[Ground]
    looks: tuple[Span, ...]


def entrusted(realm_id: UUID, person_id: UUID, on: date) -> Entrusted:
    """In one query."""
    mine = {"realm": realm_id, "person": person_id, "voided_at": None}
    columns = (Cast("role", TextField()), "start", "end")
    rows = RoleHolding.objects.filter(**mine).values_list(*columns)
    looking = RoleHolding.objects.filter(
        on_day(on), realm=realm_id, person=person_id, role=Role.INSPECTOR.value
    ).exclude(looks_since=None)
    looks = looking.values_list(
        Value(LOOKS, output_field=TextField()), "looks_since", "looks_before"
    )
    tasks = Administrator.objects.filter(**mine).values_list(*columns)
    posts = Tenure.objects.filter(**mine).values_list(
        Cast("post__unit", TextField()), "start", "end"
    )
    leaders = Secretary.objects.filter(**mine).values_list(marked(FOR, "leader"), "start", "end")
    charges = Charge.objects.filter(**mine).values_list(marked("charge:", "unit"), "start", "end")
    seats = Seat.objects.filter(**mine).values_list(marked("seat:", "team"), "start", "end")
    in_branches = BranchMember.objects.filter(**mine).exclude(role="member")
    branches = in_branches.values_list(marked("branch:", "branch"), "start", "end")
    found = [
        (*what.rpartition(":")[::2], start or date.min, end or date.max)
        for what, start, end in rows.union(tasks, looks, leaders, posts, charges, seats, branches)
    ]
    today = [(mark, what) for mark, what, start, end in found if start <= on < end]
    return Entrusted(
        roles=frozenset(Role(what) for mark, what in today if not mark and what in ROLES),
        leaders=tuple(sorted(UUID(what) for mark, what in today if f"{mark}:" == FOR)),
        held=[
            (what, start, end) for mark, what, start, end in found if not mark and what not in ROLES
        ],
        grounds=[
            Ground(mark, UUID(what), start, end)
            for mark, what, start, end in found
            if mark in GROUNDS
        ],
        looks=tuple(sorted((start, end) for mark, _, start, end in found if f"{mark}:" == LOOKS)),
    )


def marked(mark: str, column: str) -> Concat:
    return Concat(Value(mark), Cast(column, TextField()), output_field=TextField())


def lost_and_kept(
    grounds: Iterable[Ground], on: date
) -> tuple[tuple[Ground, ...], tuple[Ground, ...]]:
    """A charge, seat or post in a branch that was given again is not lost."""
    rows = sorted(grounds, key=lambda one: (one.kind, one.key, one.first))
    today = {(one.kind, one.key) for one in rows if one.first <= on < one.after}
    return (
        tuple(one for one in rows if (one.kind, one.key) not in today and one.first <= on),
        tuple(one for one in rows if (one.kind, one.key) in today),
    )


def former_spans(held: list[tuple[str, date, date]], on: date) -> tuple[Span, ...]:
    """The times in which he held posts, all of them in units where he holds none today.

    What somebody did for a post ends with it: a new post in the same unit lets him go on.
    """
    now = {unit for unit, start, end in held if start <= on < end}
    days = sorted({day for _, start, end in held for day in (start, end)})
    spans: list[Span] = []
    for first, after in pairwise(days):
        then = {unit for unit, start, end in held if start <= first < end}
        if then and not then & now and first <= on:
            begun = spans.pop()[0] if spans and spans[-1][1] == first else first
            spans.append((begun, after))
    return tuple(spans)
