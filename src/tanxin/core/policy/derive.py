"""Facts and rules → duties, streaming.

A duty exists where its relation is true on some day of its window that is not yet over: today or
later, or, once the window has passed, on its last day. So a relation that ended without the talk
withdraws the duty, and one that ends on a known day makes it due by then. In a period, a relation
that began inside it counts if at least ``newcomer-days`` (30 unless the pack says otherwise, never
more than half the period) are left. Days on which somebody is gone or exempted do not count. The
same two people owe each other one talk however many posts they hold, and nobody owes himself one.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b

from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy.count import Found, better, counting
from tanxin.core.policy.duty import Duty, RuleKey
from tanxin.core.policy.identity import KEY_SIZE
from tanxin.core.policy.relate import Group, joining
from tanxin.core.policy.resolve import Edition, editions
from tanxin.core.policy.rows import Holdings
from tanxin.core.policy.schema import Count, Pack
from tanxin.core.policy.scope import Scope, concerns, reach
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.windows import Occasion, Window, happenings, periods, window_of


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
    for edition in editions(packs):
        yield from _Derivation(edition, snapshot, holdings, occasion, people).duties()


class _Derivation:
    """One edition of a rule over one snapshot."""

    def __init__(
        self,
        edition: Edition,
        snapshot: Snapshot,
        holdings: Holdings,
        occasion: Occasion,
        people: frozenset[Hashable] | None,
    ) -> None:
        self._edition, self._snapshot, self._occasion = edition, snapshot, occasion
        self._people = people
        self._joining = joining(holdings, snapshot, edition.rule, edition.terms, occasion.today)
        self._late: dict[tuple[str, bytes], tuple[Window, Found]] = {}

    def duties(self) -> Iterator[Duty]:
        terms = self._edition.terms
        find = counting(terms.count, mutual=terms.mutual)
        write = _writer(self._edition)
        for group, window in self._meetings():
            for found in find(group, window):
                if not found.once:
                    self._keep(window, found)
                elif self._people is None or self._is_wanted(found):
                    yield from write(found, window)
        for window, found in self._late.values():
            if self._is_wanted(found):
                yield from write(found, window)

    def _meetings(self) -> Iterator[tuple[Group, Window]]:
        """Return which people to look at for which window."""
        joined, edition, occasion = self._joining, self._edition, self._occasion
        standing = self._standing()
        windows = list(periods(edition, occasion))
        if windows:
            for group in joined.groups(standing):
                for window in windows if group.who and group.whom else ():
                    yield group, window
        near = joined.places_of(standing or ())
        for happening in happenings(edition, self._snapshot, occasion):
            event = happening.event
            if self._people is None or event.person in self._people or near & joined.near(event):
                window = window_of(edition, happening, occasion)
                for group in joined.around(event):
                    yield group, window

    def _standing(self) -> Iterable[Hashable] | None:
        """Whose places to look at: all where a wanted duty might be found a second time."""
        if self._people is None or self._edition.terms.count is not Count.SUBJECT:
            return self._people
        near = self._joining.groups(self._people)
        return self._people.union(row.person for group in near for row in group.whom)

    def _is_wanted(self, found: Found) -> bool:
        subject = found.subject.person if found.subject else None
        people = self._people
        return people is None or concerns(people, found.initiator.person, subject)

    def _keep(self, window: Window, found: Found) -> None:
        key = (window.period, found.sides)
        known = self._late.get(key)
        self._late[key] = (window, better(found, known[1]) if known else found)


def _writer(edition: Edition) -> Callable[[Found, Window], list[Duty]]:
    """Return what turns a find into duties, one for each talk."""
    rule = edition.rule
    name = RuleKey(edition.pack.id, edition.pack.version, rule.id)
    mutual, kind, form = edition.terms.mutual, rule.kind.value, rule.form.value
    day = cache(date.fromordinal)

    def write(found: Found, window: Window) -> list[Duty]:
        sides, initiator, subject, opens, due, talks, shared, _, group = found
        basis = f"{window.parameters}|{initiator.basis}"
        sensitive = window.sensitive or initiator.sensitive
        person = None
        if subject is not None:
            person = subject.person
            basis = f"{basis}|{subject.basis}"
            sensitive = sensitive or subject.sensitive
        return [
            Duty(
                blake2b(sides, digest_size=KEY_SIZE, salt=seed).digest(),
                name,
                window.period,
                ordinal,
                initiator.person,
                person,
                mutual,
                shared,
                day(opens),
                day(due),
                kind,
                form,
                group.unit,
                group.via,
                window.event,
                window.state,
                basis,
                sensitive,
            )
            for ordinal, seed in enumerate(window.seeds[:talks], 1)
        ]

    return write
