"""From a login to the actor that every service asks for."""

from datetime import date
from itertools import pairwise
from uuid import UUID

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Concat

from tanxin.apps.org.models import Membership, RoleHolding, Tenure
from tanxin.apps.org.trust import Administrator, Secretary
from tanxin.core.access import Actor, Role, Span

# What stands before the leader for whom somebody arranges.
FOR = "for:"


def on_day(day: date) -> Q:
    """Facts that are believed today and true on ``day``."""
    return Q(voided_at=None) & (Q(start=None) | Q(start__lte=day)) & (Q(end=None) | Q(end__gt=day))


def actor_of(
    account_id: UUID, *, on: date, realm_id: UUID | None = None, session: str = ""
) -> Actor | None:
    """Who ``account_id`` is in ``realm_id``, or in its first realm; None without a membership."""
    here = Q(person__left_on=None) | Q(person__left_on__gt=on)
    memberships = Membership.objects.filter(here, account=account_id)
    if realm_id:
        memberships = memberships.filter(realm=realm_id)
    membership = memberships.order_by("realm").first()
    if membership is None:
        return None
    roles, leaders, held = entrusted(membership.realm_id, membership.person_id, on)
    return Actor(
        realm_id=membership.realm_id,
        person_id=membership.person_id,
        account_id=account_id,
        roles=roles,
        session=session,
        former=former_spans(held, on),
        arranges_for=leaders,
    )


def entrusted(
    realm_id: UUID, person_id: UUID, on: date
) -> tuple[frozenset[Role], tuple[UUID, ...], list[tuple[str, date, date]]]:
    """The roles of the day, for whom one arranges, and every post ever held; one query.

    A post is its unit, the first day and the day after the last.
    """
    mine = Q(realm=realm_id, person=person_id)
    today = mine & on_day(on)
    columns = (Cast("role", TextField()), "start", "end")
    rows = RoleHolding.objects.filter(today).values_list(*columns)
    tasks = Administrator.objects.filter(today).values_list(*columns)
    posts = Tenure.objects.filter(mine, voided_at=None).values_list(
        Cast("post__unit", TextField()), "start", "end"
    )
    leader = Concat(Value(FOR), Cast("leader", TextField()), output_field=TextField())
    leaders = Secretary.objects.filter(today).values_list(leader, "start", "end")
    found = list(rows.union(tasks, leaders, posts))
    known = {role.value for role in Role}
    return (
        frozenset(Role(what) for what, _, _ in found if what in known),
        tuple(sorted(UUID(what[len(FOR) :]) for what, _, _ in found if what.startswith(FOR))),
        [
            (what, start or date.min, end or date.max)
            for what, start, end in found
            if what not in known and not what.startswith(FOR)
        ],
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
