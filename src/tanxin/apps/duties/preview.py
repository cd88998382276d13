"""What a change of rules would do, before anything is saved: duties that come, change and go."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from tanxin.apps.duties.horizon import horizon_for
from tanxin.apps.duties.more_facts import MoreFacts
from tanxin.apps.duties.packs import adopted_packs, checked_with_adopted, may_change_rules
from tanxin.apps.duties.snapshot import LEADING, Facts
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core import policy
from tanxin.core.access import Actor
from tanxin.core.policy import Duty, Fault, Pack, Snapshot, notes_on
from tanxin.core.policy.asked import asked_by

SHOWN = ("initiator", "subject", "mutual", "shared", "opens", "due", "kind", "form")


@dataclass(frozen=True, slots=True)
class Preview:
    """Duties that are due from ``start`` on, as the rules in force and the new ones give them.

    ``changed`` holds each duty as it is and as it would be. ``notes`` say where the new rules speak
    of the same people as others.
    """

    start: date
    appearing: tuple[Duty, ...]
    changing: tuple[tuple[Duty, Duty], ...]
    vanishing: tuple[Duty, ...]
    notes: tuple[Fault, ...]

    @property
    def by_rule(self) -> Mapping[tuple[str, str], tuple[int, int, int]]:
        """``(pack, rule)`` → how many appear, change and vanish."""
        counts = [
            Counter((duty.rule.pack, duty.rule.rule) for duty in some)
            for some in (self.appearing, [new for _, new in self.changing], self.vanishing)
        ]
        came, changed, went = counts
        return {key: (came[key], changed[key], went[key]) for key in {**came, **changed, **went}}

    def burden(self) -> Mapping[Hashable, int]:
        """Whoever leads talks → how many more, or fewer, he would lead."""
        more = Counter(duty.initiator for duty in self.appearing)
        more.subtract(Counter(duty.initiator for duty in self.vanishing))
        return {person: number for person, number in more.items() if number}


def preview(actor: Actor, sources: Mapping[str, str], *, start: date, today: date) -> Preview:
    """Derive with the packs of ``sources`` as if put in force on ``start``, and store nothing.

    Raises ``RulesForbidden`` or ``PacksHaveFaults``.
    """
    may_change_rules(actor)
    checked = checked_with_adopted(actor.realm_id, sources)
    coming = [pack for pack in checked.packs if pack.file in sources]
    before = adopted_packs(actor.realm_id)
    after = packs_with(before, coming, start)
    snapshot = everything(actor.realm_id, [*before, *after], today)
    old = duties(actor.realm_id, snapshot, before, start, today)
    new = duties(actor.realm_id, snapshot, after, start, today)
    return Preview(
        start,
        appearing=tuple(new[key] for key in new.keys() - old.keys()),
        changing=tuple(
            (old[key], new[key]) for key in new.keys() & old.keys() if differ(old[key], new[key])
        ),
        vanishing=tuple(old[key] for key in old.keys() - new.keys()),
        notes=tuple(note for note in notes_on(checked.packs) if note.file in sources),
    )


def packs_with(packs: Iterable[Pack], coming: Sequence[Pack], start: date) -> list[Pack]:
    """Return the packs in force when those that come rule from ``start`` on."""
    names = {pack.id for pack in coming}
    kept = []
    for pack in packs:
        ends = pack.end
        if pack.id in names:
            if pack.start >= start:
                continue
            ends = min(ends or start, start)
        kept.append(replace(pack, end=ends))
    return [*kept, *(replace(pack, start=max(pack.start, start)) for pack in coming)]


def everything(realm_id: UUID, packs: Sequence[Pack], today: date) -> Snapshot:
    asked, since = asked_by(packs), horizon_for(realm_id, today)[0]
    more = MoreFacts(realm_id, asked, since=since, today=today).all()
    return Facts(realm_id, LEADING | asked.levels, since=since).all(more)


def duties(
    realm_id: UUID, snapshot: Snapshot, packs: Sequence[Pack], start: date, today: date
) -> dict[bytes, Duty]:
    horizon, calendar = horizon_for(realm_id, today), work_calendar(realm_id)
    found = policy.derive(snapshot, packs, horizon, calendar, today=today)
    return {duty.key: duty for duty in found if duty.due >= start}


def differ(old: Duty, new: Duty) -> bool:
    return any(getattr(old, name) != getattr(new, name) for name in SHOWN)
