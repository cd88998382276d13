"""What a draft would change for the people who are here: counted before anything is in force.

Looks to the end of next year. What nobody can know yet, such as an illness to come, is in neither
of the two that are compared.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache

from tanxin.apps.duties.drafting.reading import DraftRow, look, may_read_drafts
from tanxin.apps.duties.drafting.writing import DraftForbidden
from tanxin.apps.duties.more_facts import MoreFacts
from tanxin.apps.duties.packs import adopted_packs
from tanxin.apps.duties.preview import differ, packs_with
from tanxin.apps.duties.snapshot import LEADING, Facts
from tanxin.apps.org.recusals import in_force
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core import policy
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.policy import Duty, Fault, Pack, Rule
from tanxin.core.policy.asked import asked_by
from tanxin.core.policy.own import OwnWords

KEPT_SECONDS = 180


class What(StrEnum):
    APPEARS = "appears"
    CHANGES = "changes"
    VANISHES = "vanishes"


class When(StrEnum):
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


class Change(NamedTuple):
    """One duty that comes, goes or changes; ``was`` is the day it was due before."""

    what: What
    pack: str
    rule: str
    initiator: UUID
    subject: UUID | None
    unit: UUID | None
    due: date
    was: date | None
    kind: str
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """``rules`` are those of all the packs by pack and id; ``notes`` where they meet others.

    ``whole`` where duties that would tell of an illness or a sanction are among the changes.
    """

    start: date
    today: date
    changes: tuple[Change, ...]
    rules: Mapping[tuple[str, str], Rule]
    notes: tuple[Fault, ...]
    clauses: Mapping[str, str]
    own: OwnWords
    whole: bool = True

    def chosen(
        self,
        what: What | None = None,
        when: When = When.ALL,
        *,
        rule: tuple[str, str] | None = None,
        unit: UUID | None = None,
        person: UUID | None = None,
    ) -> list[Change]:
        first, after = span_of(when, self.today)
        return [
            each
            for each in self.changes
            if (what is None or each.what is what)
            and first <= each.due < after
            and (rule is None or (each.pack, each.rule) == rule)
            and (unit is None or each.unit == unit)
            and (person is None or person in (each.initiator, each.subject))
        ]

    def talks(self, when: When) -> Counter[str]:
        """Kind → how many more talks, or fewer."""
        some = self.chosen(None, when)
        more = Counter(each.kind for each in some if each.what is What.APPEARS)
        more.subtract(each.kind for each in some if each.what is What.VANISHES)
        return more

    def by(self, field: str, when: When) -> dict[UUID, tuple[int, int, int]]:
        """Unit or initiator → how many appear, change and vanish, the most touched first."""
        counts: dict[UUID, Counter[What]] = {}
        for each in self.chosen(None, when):
            key = getattr(each, field)
            if key is not None:
                counts.setdefault(key, Counter())[each.what] += 1
        order = sorted(counts, key=lambda key: (-counts[key].total(), str(key)))
        return {key: tuple(counts[key][what] for what in What) for key in order}  # type: ignore[misc]


def span_of(when: When, today: date) -> tuple[date, date]:
    """The next month and the next year by the calendar."""
    if when is When.MONTH:
        first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return first, (first + timedelta(days=32)).replace(day=1)
    if when is When.YEAR:
        return date(today.year + 1, 1, 1), date(today.year + 2, 1, 1)
    return date.min, date.max


class DraftUnready(Exception):
    """What has faults cannot be tried."""


def try_draft(actor: Actor, draft: DraftRow, *, start: date, today: date) -> Tried:
    """Derive as it is and as it would be; kept for some minutes, so that pages of it are quick.

    Nothing that the actor may not know of is among the changes, nor in any number of them.
    Raises ``DraftForbidden`` or ``DraftUnready``.
    """
    if not may_read_drafts(actor):
        raise DraftForbidden(Permission.RULE_VIEW)
    digest = sha256(draft.text.encode()).hexdigest()
    name = f"tried:{draft.realm_id}:{digest}:{start.isoformat()}:{today.isoformat()}"
    found: Tried | None = cache.get(name)
    if found is None:
        found = try_text(draft.realm_id, draft.text, start=start, today=today)
        cache.set(name, found, KEPT_SECONDS)
    return shown_to(actor, found)


def shown_to(actor: Actor, tried: Tried) -> Tried:
    """Without whom the actor is kept from, and without reasons that are not for him.

    A number counted for one person and one rule says as much as the line behind it.
    """
    whole = decide(Permission.DUTY_REASON, actor.standing).allowed
    kept = frozenset(
        in_force(actor.realm_id)
        .filter(excluded=actor.person_id, excluded__isnull=False)
        .values_list("about_id", flat=True)
    )
    changes = tuple(
        each
        for each in tried.changes
        if (whole or not each.sensitive) and kept.isdisjoint((each.initiator, each.subject))
    )
    return replace(tried, changes=changes, whole=whole)


def is_at_hand(draft: DraftRow, *, start: date, today: date) -> bool:
    """Whether it was tried a moment ago."""
    digest = sha256(draft.text.encode()).hexdigest()
    name = f"tried:{draft.realm_id}:{digest}:{start.isoformat()}:{today.isoformat()}"
    return name in cache


def try_text(realm_id: UUID, text: str, *, start: date, today: date) -> Tried:
    """The same for a text that is nobody's draft. Raises ``DraftUnready``."""
    looked = look(realm_id, text)
    if looked.pack is None or looked.faults:
        raise DraftUnready(realm_id)
    before = adopted_packs(realm_id)
    after = packs_with(before, [looked.pack], start)
    old, new = _derived(realm_id, before, after, start, today)
    rules = {(pack.id, rule.id): rule for pack in (*before, *looked.packs) for rule in pack.rules}
    return Tried(
        start,
        today,
        tuple(_changes(old, new)),
        rules,
        tuple(placed.fault for placed in looked.notes),
        {
            f"{pack}/{name}": "; ".join(
                f"《{c.document}》{c.place}: {c.clause}" for c in rule.cites
            )
            for (pack, name), rule in rules.items()
        },
        looked.own,
    )


def clause_of(rule: Rule) -> str:
    return "; ".join(f"《{cite.document}》{cite.place} {cite.clause}" for cite in rule.cites)


def _derived(
    realm_id: UUID, before: list[Pack], after: list[Pack], start: date, today: date
) -> tuple[dict[bytes, Duty], dict[bytes, Duty]]:
    horizon = date(today.year, 1, 1), date(today.year + 2, 1, 1)
    packs = [*before, *after]
    asked = asked_by(packs)
    more = MoreFacts(realm_id, asked, since=horizon[0], today=today).all()
    snapshot = Facts(realm_id, LEADING | asked.levels, since=horizon[0]).all(more)
    calendar = work_calendar(realm_id)
    old, new = (
        {
            duty.key: duty
            for duty in policy.derive(snapshot, some, horizon, calendar, today=today)
            if duty.due >= start
        }
        for some in (before, after)
    )
    return old, new


def _changes(old: Mapping[bytes, Duty], new: Mapping[bytes, Duty]) -> list[Change]:
    found = [_change(What.APPEARS, new[key]) for key in new.keys() - old.keys()]
    found += [_change(What.VANISHES, old[key]) for key in old.keys() - new.keys()]
    found += [
        _change(What.CHANGES, new[key], was=old[key])
        for key in new.keys() & old.keys()
        if differ(old[key], new[key])
    ]
    return sorted(
        found, key=lambda each: (each.due, each.what, str(each.initiator), str(each.subject))
    )


def _change(what: What, duty: Duty, was: Duty | None = None) -> Change:
    return Change(
        what,
        duty.rule.pack,
        duty.rule.rule,
        _id(duty.initiator) or UUID(int=0),
        _id(duty.subject),
        _id(duty.unit),
        duty.due,
        was.due if was else None,
        duty.kind,
        duty.sensitive or (was is not None and was.sensitive),
    )


def _id(key: Hashable | None) -> UUID | None:
    """Facts are told under the bytes of their ids."""
    return UUID(bytes=key) if isinstance(key, bytes) else None


__all__ = ["Change", "DraftUnready", "Tried", "What", "When", "is_at_hand", "try_draft", "try_text"]
