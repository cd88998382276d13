"""Windows fitted to a place: a meeting there, a share of those who are there, a sample of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from hashlib import blake2b

from tanxin.core.calendar import deadline_before
from tanxin.core.policy.distance import offset_on
from tanxin.core.policy.facts import EventFact
from tanxin.core.policy.identity import KEY_SIZE
from tanxin.core.policy.relate import Group, Joining
from tanxin.core.policy.resolve import Edition
from tanxin.core.policy.rows import Row
from tanxin.core.policy.schema import EachPeriod, Sample
from tanxin.core.policy.snapshot import Snapshot
from tanxin.core.policy.windows import Occasion, Window, seeds

Fit = Callable[[Group, Window], tuple[Group, Window]]
_HUNDRED = 100


def fitting(
    edition: Edition, snapshot: Snapshot, joining: Joining, occasion: Occasion
) -> Fit | None:
    """Return what fits groups and windows to each other, or None where a rule asks for nothing."""
    steps = list(_steps(edition, snapshot, joining, occasion))
    if not steps:
        return None

    def fit(group: Group, window: Window) -> tuple[Group, Window]:
        for step in steps:
            group, window = step(group, window)
        return group, window

    return fit


def _steps(
    edition: Edition, snapshot: Snapshot, joining: Joining, occasion: Occasion
) -> Iterator[Fit]:
    terms = edition.terms
    time = terms.time
    if isinstance(time, EachPeriod) and time.before and time.by:
        yield _before_meetings(time, snapshot, joining, occasion)
    if isinstance(time, EachPeriod) and time.percent:
        yield _share_of(edition)
    if terms.sample is not None:
        yield _sampled(edition, terms.sample, snapshot, occasion)


def _before_meetings(
    time: EachPeriod, snapshot: Snapshot, joining: Joining, occasion: Occasion
) -> Fit:
    """The talks of a period are due before the first meeting in it; it may move, or not come."""
    days: defaultdict[Hashable, set[date]] = defaultdict(set)
    for kind in time.before:
        for event in snapshot.events_by_kind.get(kind, ()):
            for place in _about(event, joining):
                days[place].add(event.on)

    def fit(group: Group, window: Window) -> tuple[Group, Window]:
        coming = [day for day in days[group.via] if window.opens <= day.toordinal() <= window.due]
        if time.by is None or not coming:
            return group, window
        first = min(coming)
        done = deadline_before(first, offset_on(time.by, first), occasion.calendar).toordinal()
        due = max(window.opens, done)
        earlier = window.due - due
        return group, window._replace(
            due=due,
            floor=min(window.floor, due),
            latest=window.latest - earlier,
            parameters=f"{window.parameters},on={first}",
        )

    return fit


def _about(event: EventFact, joining: Joining) -> set[Hashable]:
    """A meeting is one of a team or a unit; what happens to a person is none."""
    return joining.near(event) if event.person is None else set()


def _share_of(edition: Edition) -> Fit:
    def fit(group: Group, window: Window) -> tuple[Group, Window]:
        base = len(_there_on(group.whom, window.opens))
        return group, window._replace(
            seeds=seeds(edition, window.period, part_of(base, window.percent))
        )

    return fit


def _sampled(edition: Edition, sample: Sample, snapshot: Snapshot, occasion: Occasion) -> Fit:
    """Whom the sample takes does not depend on who else is there, so it changes little."""
    name = f"{edition.pack.id}/{edition.rule.id}"

    def fit(group: Group, window: Window) -> tuple[Group, Window]:
        opens = date.fromordinal(window.opens)
        base = _there_on(group.whom, window.opens)
        number = sample.amount.on(opens)
        wanted = part_of(len(base), number) if sample.percent else number
        rested = _rested(sample, snapshot, name, opens, occasion)
        able = {
            row.key
            for row in group.whom
            if row.key in base
            and row.person not in rested
            and row.first <= window.due
            and row.last >= window.floor
        }
        drawn = set(sorted(able, key=lambda key: _draw(name, window.period, key))[:wanted])
        whom = [row for row in group.whom if row.key in drawn]
        return group._replace(whom=whom, same=False, once=False), window

    return fit


def _rested(
    sample: Sample, snapshot: Snapshot, name: str, opens: date, occasion: Occasion
) -> set[Hashable]:
    if sample.rest is None:
        return set()
    since = deadline_before(opens, offset_on(sample.rest, opens), occasion.calendar)
    return {
        talk.subject for talk in snapshot.talks if talk.rule == name and since <= talk.on < opens
    }


def _there_on(rows: Sequence[Row], day: int) -> set[bytes]:
    return {row.key for row in rows if row.first <= day <= row.last}


def part_of(base: int, percent: int) -> int:
    """Return the percentage of a number of people, rounded up."""
    return -(-base * percent // _HUNDRED)


def _draw(name: str, period: str, key: bytes) -> bytes:
    return blake2b(f"{name}\0{period}\0".encode() + key, digest_size=KEY_SIZE).digest()


def spread_over(subject: bytes, initiator: bytes) -> bytes:
    """Return the lot by which a subject falls to one of several; the lowest has it."""
    return blake2b(subject + initiator, digest_size=KEY_SIZE).digest()
