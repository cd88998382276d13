"""Facts and rules → duties, streaming.

A duty exists where its relation is true on some day of its window that is not yet over: today or
later, or, once the window has passed, on its last day. So a relation that ended without the talk
withdraws the duty, and one that ends on a known day makes it due by then. In a period, a relation
that began inside it counts if at least ``newcomer-days`` (30 unless the pack says otherwise, never
more than half the period) are left. Days on which somebody is gone or exempted do not count. The
same two people owe each other one talk however many posts they hold, and nobody owes himself one.
"""

from collections.abc import Collection, Container, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby
from typing import NamedTuple

from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy.count import Found, better, counting
from tanxin.core.policy.delegated import delegations
from tanxin.core.policy.duty import Duty
from tanxin.core.policy.fit import fitting
from tanxin.core.policy.identity import id_bytes
from tanxin.core.policy.join import joining
from tanxin.core.policy.recurring import judged_apart, recurring
from tanxin.core.policy.relate import Group
from tanxin.core.policy.resolve import Edition, editions
from tanxin.core.policy.rows import Holdings
from tanxin.core.policy.schema import Pack, Relation
from tanxin.core.policy.scope import Reach
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.windows import Occasion, Window, periods, wished
from tanxin.core.policy.write import Writer, Writing


def derive(
    snapshot: Snapshot,
    packs: Sequence[Pack],
    horizon: tuple[date, date],
    calendar: WorkCalendar,
    *,
    today: date,
    near: Reach | None = None,
    known: Container[bytes] = (),
    terms: Sequence[CustomPeriod] = (),
) -> Iterator[Duty]:
    """Return the duties of all periods, and of all events, that touch ``horizon`` (end excluded).

    Keys are never repeated. With ``near`` only those come out that a change can have touched: what
    is found at one of its places or because of one of its people, and what has a key in ``known``,
    which are the keys of the stored duties that it ``concerns``. The snapshot then holds all facts
    of everybody at those places and on those duties; of other places it may hold a part, unless a
    rule counts more than pairs there.
    """
    occasion = Occasion(*horizon, today, calendar, terms)
    holdings = Holdings(snapshot)
    derivations = [
        _Derivation(edition, snapshot, holdings, occasion, near) for edition in editions(packs)
    ]
    return chain.from_iterable(_batches(derivations, known))


def _batches(derivations: Sequence["_Derivation"], known: Container[bytes]) -> Iterator[list[Duty]]:
    """Place by place, so that what was made of the facts there serves all rules and is let go."""
    for _, alike in groupby(sorted(derivations, key=_relation), _relation):
        some = list(alike)
        # In order, so that the indexes of a first load are built from rows that are nearly sorted.
        for place in sorted(set(chain.from_iterable(each.places for each in some)), key=id_bytes):
            for each in some:
                if place in each.places:
                    yield from each.at(place)
    for each in derivations:
        yield from each.answers()
        yield from each.kept(known)


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
        near: Reach | None,
    ) -> None:
        terms = edition.terms
        self.relation = terms.joined.relation
        self._edition, self._snapshot, self._occasion = edition, snapshot, occasion
        self._near = near
        self._joining = joining(
            holdings, snapshot, edition.rule, judged_apart(terms), occasion.today
        )
        self._judge = recurring(snapshot, terms)
        self._fit = fitting(edition, snapshot, self._joining, occasion)
        self._find = counting(terms)
        self._writer = Writer(edition, delegations(snapshot, edition.rule))
        self._windows = [
            (window, self._writer.into(window))
            for window in periods(edition, occasion)
            if window.seeds or window.percent
        ]
        self.places: Collection[Hashable] = ()
        if self._windows:
            self.places = self._joining.worth_joining()
        self._kept: dict[tuple[str, bytes], _Kept] = {}

    def at(self, place: Hashable) -> Iterator[list[Duty]]:
        """Return what is owed at one of the places."""
        group = self._joining.group(place)
        if group.who and group.whom:
            touched = self._near is None or place in self._near.places
            for window, write in self._windows:
                yield self._fitted(group, window, write, touched=touched)

    def answers(self) -> Iterator[list[Duty]]:
        """Return what is owed because of events."""
        near = self._near
        for happening, window in wished(self._edition, self._snapshot, self._occasion):
            event = happening.event
            write = self._writer.into(window)
            for found in self._joining.around(event):
                group = self._judge(found, event.on) if self._judge else found
                touched = near is None or group.via in near.places or near.about(event)
                yield self._fitted(group, window, write, touched=touched)

    def kept(self, known: Container[bytes]) -> Iterator[list[Duty]]:
        """Return what might have been found again; to be asked for in the end."""
        for write, meeting, touched in self._kept.values():
            group, found = meeting
            duties = write(group, [found])
            yield duties if touched else [duty for duty in duties if duty.key in known]

    def _fitted(self, group: Group, window: Window, write: Writing, *, touched: bool) -> list[Duty]:
        if self._fit is not None:
            group, window = self._fit(group, window)
            write = self._writer.into(window)
        return write(group, self._found(group, window, write, touched=touched))

    def _found(
        self, group: Group, window: Window, write: Writing, *, touched: bool
    ) -> Iterable[Found]:
        finds = self._find(group, window)
        if group.once and touched:
            return finds
        return self._settled(group, window, write, finds, touched=touched)

    def _settled(
        self,
        group: Group,
        window: Window,
        write: Writing,
        finds: Iterable[Found],
        *,
        touched: bool,
    ) -> Iterator[Found]:
        """Keep what might be found again, and return the rest."""
        for found in finds:
            sides, *_, once = found
            if once and touched:
                yield found
                continue
            key = (window.period, sides)
            meeting = (group, found)
            before = self._kept.get(key)
            if before:
                meeting, was_touched = better(meeting, before.meeting), before.touched
                self._kept[key] = _Kept(write, meeting, touched or was_touched)
            else:
                self._kept[key] = _Kept(write, meeting, touched)


class _Kept(NamedTuple):
    write: Writing
    meeting: tuple[Group, Found]
    touched: bool
