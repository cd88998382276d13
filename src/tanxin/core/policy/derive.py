"""Facts and rules → duties, streaming.

A duty exists where its relation is true on some day of its window that is not yet over: today or
later, or, once the window has passed, on its last day. So a relation that ended without the talk
withdraws the duty, and one that ends on a known day makes it due by then. In a period, a relation
that began inside it counts if at least ``newcomer-days`` (30 unless the pack says otherwise, never
more than half the period) are left. Days on which somebody is gone or exempted do not count. The
same two people owe each other one talk however many posts they hold, and nobody owes himself one.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

from tanxin.core.calendar import CustomPeriod, WorkCalendar
from tanxin.core.policy.count import Found, better, counted
from tanxin.core.policy.duty import Duty, RuleKey
from tanxin.core.policy.identity import KEY_SIZE
from tanxin.core.policy.relate import Group, joining
from tanxin.core.policy.resolve import Edition, editions
from tanxin.core.policy.schema import Count, Pack
from tanxin.core.policy.scope import Scope, concerns, reach
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.windows import Occasion, Window, windows

_Late = dict[tuple[str, bytes], tuple[Window, Found]]


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
    for edition in editions(packs):
        yield from _Derivation(edition, snapshot, occasion, people).duties()


class _Derivation:
    """One edition of a rule over one snapshot."""

    def __init__(
        self,
        edition: Edition,
        snapshot: Snapshot,
        occasion: Occasion,
        people: frozenset[Hashable] | None,
    ) -> None:
        rule = edition.rule
        self._people = people
        self._count = edition.terms.count
        self._mutual = edition.terms.mutual
        self._key = RuleKey(edition.pack.id, edition.pack.version, rule.id)
        self._kind, self._form = rule.kind.value, rule.form.value
        self._joining = joining(snapshot, rule, edition.terms, occasion.today)
        self._windows = list(windows(edition, snapshot, occasion))

    def duties(self) -> Iterator[Duty]:
        late: _Late = {}
        for group, window in self._meetings():
            yield from self._found(group, window, late)
        for window, found in late.values():
            if self._is_wanted(found):
                yield from self._owed(found, window)

    def _meetings(self) -> Iterator[tuple[Group, Window]]:
        """Return which people to look at for which window."""
        periods = [window for window in self._windows if window.about is None]
        if periods:
            for group in self._joining.groups(self._standing()):
                for window in periods:
                    yield group, window
        for window in self._windows:
            if window.about is not None:
                for group in self._joining.around(window.about):
                    yield group, window

    def _standing(self) -> Iterable[Hashable] | None:
        """Whose places to look at: all where a wanted duty might be found a second time."""
        if self._people is None or self._count is not Count.SUBJECT:
            return self._people
        near = self._joining.groups(self._people)
        return self._people.union(row.person for group in near for row in group.whom)

    def _is_wanted(self, found: Found) -> bool:
        subject = found.subject.person if found.subject else None
        people = self._people
        return people is None or concerns(people, found.initiator.person, subject)

    def _found(self, group: Group, window: Window, late: _Late) -> Iterator[Duty]:
        for found in counted(self._count, group, window, mutual=self._mutual):
            if not found.once:
                _keep(late, window, found)
            elif self._is_wanted(found):
                yield from self._owed(found, window)

    def _owed(self, found: Found, window: Window) -> Iterator[Duty]:
        initiator, subject, group = found.initiator, found.subject, found.group
        basis = f"{window.parameters}|{initiator.basis}"
        sensitive = window.sensitive or initiator.sensitive
        if subject is not None:
            basis = f"{basis}|{subject.basis}"
            sensitive = sensitive or subject.sensitive
        for ordinal, seed in enumerate(window.seeds[: found.talks], 1):
            yield Duty(
                blake2b(found.sides, digest_size=KEY_SIZE, salt=seed).digest(),
                self._key,
                window.period,
                ordinal,
                initiator.person,
                None if subject is None else subject.person,
                self._mutual,
                found.shared,
                date.fromordinal(found.opens),
                date.fromordinal(found.due),
                self._kind,
                self._form,
                group.unit,
                group.via,
                window.event,
                window.state,
                basis,
                sensitive,
            )


def _keep(late: _Late, window: Window, found: Found) -> None:
    key = (window.period, found.sides)
    known = late.get(key)
    late[key] = (window, better(found, known[1]) if known else found)
