"""Whether somebody is one of those a pack names by what they hold: a seat, a post, a role."""

from collections.abc import Collection, Hashable, Iterable, Iterator
from datetime import date

from tanxin.core.policy.rows import Holdings
from tanxin.core.policy.schema import Holder, Holding
from tanxin.core.policy.snapshot import Snapshot


def stands_as(
    snapshot: Snapshot,
    holders: Iterable[Holder],
    person: Hashable,
    day: date,
    entrusted: Collection[Holding] = (),
) -> bool:
    """Say whether ``person`` is any of ``holders`` on ``day``, at whatever place.

    ``entrusted`` is what he is by a task and no fact tells: ``discipline``.
    """
    holdings, places = Holdings(snapshot), set(_places(snapshot, person))
    return any(
        holder.holding is Holding.ANYONE
        or holder.holding in entrusted
        or _is_at(holdings, holder, places, person, day)
        for holder in holders
    )


def _is_at(
    holdings: Holdings, holder: Holder, places: Iterable[Hashable], person: Hashable, day: date
) -> bool:
    find, ordinal = holdings.at(holder), day.toordinal()
    return any(
        row.person == person and row.first <= ordinal <= row.last
        for place in places
        for row in find(place).rows
    )


def _places(snapshot: Snapshot, person: Hashable) -> Iterator[Hashable]:
    for tenure in snapshot.tenures_by_person.get(person, ()):
        yield snapshot.posts[tenure.post].unit
    for seat in snapshot.seats_by_person.get(person, ()):
        yield snapshot.teams[seat.team].unit
    for member in snapshot.members_by_person.get(person, ()):
        yield member.branch
