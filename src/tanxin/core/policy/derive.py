"""Facts and rules → duties, streaming.

A duty exists where its relation is true on some day of its window that is not yet over: today or
later, or, once the window has passed, on its last day. So a relation that ended without the talk
withdraws the duty, and one that ends on a known day makes it due by then. In a period, a relation
that began inside it counts if at least ``newcomer-days`` (30 unless the pack says otherwise, never
more than half the period) are left. Days on which somebody is gone or exempted do not count. The
same two people owe each other one talk however many posts they hold, and nobody owes himself one.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby

from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy.count import Found, better, counting
from tanxin.core.policy.duty import Duty
from tanxin.core.policy.relate import Group, joining
from tanxin.core.policy.resolve import Edition, editions
from tanxin.core.policy.rows import Holdings
from tanxin.core.policy.schema import Count, Pack, Relation
from tanxin.core.policy.scope import Scope, concerns, reach
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.windows import Occasion, Window, happenings, periods, window_of
from tanxin.core.policy.write import Writer, Writing


def derive(
    snapshot: Snapshot,
    packs: Sequence[Pack],
    horizon: tuple[date, date],
    calendar: WorkCalendar,
    scope: Scope | None = None,
    *,
    today: date,
    terms: Sequence[CustomPeriod] = (),
) -> Iterator[Duty]:
    """Return the duties of all periods, and of all events, that touch ``horizon`` (end excluded).

    Keys are never repeated. With ``scope`` only duties of the people in ``reach(snapshot, scope)``
    come out, but for them all: the stored duties to compare with are those that ``concerns`` them.
    """
    occasion = Occasion(*horizon, today, calendar, terms)
    people = None if scope is None else reach(snapshot, scope)
    holdings = Holdings(snapshot)
    derivations = [
        _Derivation(edition, snapshot, holdings, occasion, people) for edition in editions(packs)
    ]
    return chain.from_iterable(_batches(derivations))


def _batches(derivations: Sequence["_Derivation"]) -> Iterator[list[Duty]]:
    """Place by place, so that what was made of the facts there serves all rules and is let go."""
    for _, alike in groupby(sorted(derivations, key=_relation), _relation):
        some = list(alike)
        for place in dict.fromkeys(chain.from_iterable(each.places for each in some)):
            for each in some:
                if place in each.places:
                    yield from each.at(place)
    for each in derivations:
        yield from each.answers()
        yield from each.kept()


def _relation(derivation: "_Derivation") -> Relation:
    return derivation.relation


class _Derivation:
    """One edition of a rule over one snapshot. ``places`` are those to look at in its periods."""

    def __init__(
        self,
        edition: Edition,
        snapshot: Snapshot,
        holdings: Holdings,
        occasion: Occasion,
        people: frozenset[Hashable] | None,
    ) -> None:
        terms = edition.terms
        self.relation = terms.joined.relation
        self._edition, self._snapshot, self._occasion = edition, snapshot, occasion
        self._people = people
        self._joining = joining(holdings, snapshot, edition.rule, terms, occasion.today)
        self._find = counting(terms.count, mutual=terms.mutual)
        self._writer = Writer(edition)
        self._windows = [
            (window, self._writer.into(window))
            for window in periods(edition, occasion)
            if window.seeds
        ]
        self._near = self._places_near()
        self.places: Collection[Hashable] = ()
        if self._windows:
            self.places = self._joining.worth_joining() if people is None else self._near
        self._kept: dict[tuple[str, bytes], tuple[Writing, tuple[Group, Found]]] = {}

    def at(self, place: Hashable) -> Iterator[list[Duty]]:
        """Return what is owed at one of the places."""
        group = self._joining.group(place)
        if group.who and group.whom:
            for window, write in self._windows:
                yield write(group, self._found(group, window, write))

    def answers(self) -> Iterator[list[Duty]]:
        """Return what is owed because of events."""
        joined, edition, occasion = self._joining, self._edition, self._occasion
        people, near = self._people, self._near
        for happening in happenings(edition, self._snapshot, occasion):
            event = happening.event
            if people is None or event.person in people or near & joined.near(event):
                window = window_of(edition, happening, occasion)
                write = self._writer.into(window)
                for group in joined.around(event):
                    yield write(group, self._found(group, window, write))

    def kept(self) -> Iterator[list[Duty]]:
        """Return what might have been found again; to be asked for in the end."""
        for write, (group, found) in self._kept.values():
            if self._is_wanted(found):
                yield write(group, [found])

    def _found(self, group: Group, window: Window, write: Writing) -> Iterable[Found]:
        finds = self._find(group, window)
        if group.once and self._people is None:
            return finds
        return self._settled(group, window, write, finds)

    def _settled(
        self, group: Group, window: Window, write: Writing, finds: Iterable[Found]
    ) -> Iterator[Found]:
        """Keep what might be found again, and return the rest."""
        for found in finds:
            sides, *_, once = found
            if once:
                if self._is_wanted(found):
                    yield found
                continue
            key = (window.period, sides)
            known = self._kept.get(key)
            meeting = (group, found)
            self._kept[key] = write, better(meeting, known[1]) if known else meeting

    def _places_near(self) -> frozenset[Hashable]:
        """Whose places to look at: all where a wanted duty might be found a second time."""
        people, joined = self._people, self._joining
        if people is None:
            return frozenset()
        places = joined.places_of(people)
        if self._edition.terms.count is Count.SUBJECT:
            subjects = {row.person for place in places for row in joined.group(place).whom}
            places |= joined.places_of(subjects)
        return frozenset(places)

    def _is_wanted(self, found: Found) -> bool:
        _, initiator, subject, *_ = found
        people = self._people
        return people is None or concerns(
            people, initiator.person, subject.person if subject else None
        )
