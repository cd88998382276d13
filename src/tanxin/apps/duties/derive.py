"""Facts and rules → the stored duties of a realm, changed only where they differ."""

import gc
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tanxin.apps.audit import services as audit
from tanxin.apps.duties import bulk
from tanxin.apps.duties.causes import Causes
from tanxin.apps.duties.horizon import horizon_for
from tanxin.apps.duties.models import Derivation, Duty
from tanxin.apps.duties.more_facts import MoreFacts
from tanxin.apps.duties.neighbours import Around
from tanxin.apps.duties.packs import adopted_packs, rule_rows
from tanxin.apps.duties.snapshot import LEADING, Facts
from tanxin.apps.duties.tallies import counted_again, rebuild
from tanxin.apps.org.models import BranchMember
from tanxin.apps.realms.models import Realm
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core import policy
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import Cause, Reach, RuleKey, Scope, Snapshot, reach
from tanxin.core.policy.asked import asked_by

LARGE = 5_000
# What is late may ask for talks by rules after a lapse, which may be late themselves.
MOST_ROUNDS = 3
_DUE = bulk.COMMON.index("due")


class Difference:
    """What a derivation changed; near a change ``causes`` counts because of what.

    ``digest`` is over the ids, in the order they were written.
    """

    def __init__(self) -> None:
        self.appeared = 0
        self.changed = 0
        self.vanished = 0
        self.causes: Counter[Cause] = Counter()
        self._digest = sha256()

    def note(self, mark: bytes, keys: Sequence[bytes]) -> None:
        if keys:
            self._digest.update(mark + mark.join(keys))

    def add(self, later: "Difference") -> None:
        """A further round of the same run."""
        if later.count:
            self.appeared += later.appeared
            self.changed += later.changed
            self.vanished += later.vanished
            self.causes.update(later.causes)
            self._digest.update(later.digest)

    @property
    def digest(self) -> bytes:
        return self._digest.digest()

    @property
    def count(self) -> int:
        return self.appeared + self.changed + self.vanished


def derive_realm(
    actor: Actor | None,
    realm_id: UUID,
    *,
    today: date,
    at: datetime,
    reason: str,
    scope: Scope | None = None,
) -> Difference:
    """Derive the duties of a realm, or of those whom ``scope`` reaches, and store the difference.

    ``actor`` is None where a job asks; the ids of ``scope`` are bytes, see ``scope_of``. Doing it
    twice changes nothing the second time: what follows from a duty that is late at once comes too.
    Open duties whose relation has ended are withdrawn; what is met, confirmed, contested or waived
    stays, and so does everything due before the year began.
    """
    whole = scope is None
    large = whole and _is_first_and_large(realm_id)
    with _no_search_for_cycles(), bulk.first_load(large=large), transaction.atomic():
        _wait_for_others(realm_id)
        derivation = _Derivation(realm_id, today, scope)
        if large or (whole and not Duty.objects.filter(realm=realm_id).exists()):
            with bulk.indexes_afterwards(large=large):
                bulk.insert(derivation.all_fresh())
            rebuild(realm_id)
        else:
            _write_difference(realm_id, derivation)
        difference = derivation.difference
        for later in _further_rounds(realm_id, derivation):
            difference.add(later)
        _write_down(realm_id, difference, actor, at=at, reason=reason)
    return difference


def _further_rounds(realm_id: UUID, derivation: "_Derivation") -> Iterator[Difference]:
    """What is late as soon as it is derived may ask for talks itself: again until that is all."""
    for _ in range(MOST_ROUNDS):
        if not derivation.changed_what_is_late:
            return
        derivation = derivation.anew()
        _write_difference(realm_id, derivation)
        yield derivation.difference


def _write_difference(realm_id: UUID, derivation: "_Derivation") -> None:
    rows, gone = derivation.differing(), derivation.vanished()
    with counted_again(realm_id, [UUID(bytes=key) for key in (*(row[0] for row in rows), *gone)]):
        bulk.upsert(rows)
        bulk.withdraw(gone)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Millions of small rows hold no cycles; looking for some would cost a third of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _is_first_and_large(realm_id: UUID) -> bool:
    """The table is empty, and the organisation so large that indexes are better built late."""
    if Duty.objects.exists():
        return False
    return BranchMember.objects.filter(realm=realm_id)[LARGE : LARGE + 1].exists()


def _wait_for_others(realm_id: UUID) -> None:
    """One derivation of a realm at a time: the second waits at this row until the first is done."""
    Realm.objects.filter(pk=realm_id).update(name=F("name"))


def _write_down(
    realm_id: UUID, difference: Difference, actor: Actor | None, *, at: datetime, reason: str
) -> None:
    derivation = Derivation.objects.create(
        realm_id=realm_id,
        at=at,
        reason=reason,
        appeared=difference.appeared,
        changed=difference.changed,
        vanished=difference.vanished,
        digest=difference.digest,
    )
    audit.record(
        "duties.derived",
        realm_id=realm_id,
        actor=actor,
        subject_kind="derivation",
        subject_id=derivation.pk,
        at=at,
        detail={
            "count": difference.count,
            "digest": difference.digest.hex(),
            "appeared": difference.appeared,
            "changed": difference.changed,
            "vanished": difference.vanished,
            "reason": reason,
        },
    )


class _Derivation:
    """One run: what comes out of the rules, beside what is stored.

    Everything is read before the first row comes out: while rows are copied into PostgreSQL its
    connection answers nothing else.
    """

    def __init__(self, realm_id: UUID, today: date, scope: Scope | None) -> None:
        self.difference = Difference()
        self._realm = realm_id
        self._today = today
        self._horizon = horizon_for(realm_id, today)
        self._packs = adopted_packs(realm_id)
        self._calendar = work_calendar(realm_id)
        self._alike = _Alike(
            realm_id.hex, {key: row.hex for key, row in rule_rows(realm_id).items()}
        )
        self._left: dict[bytes, tuple[str, int]] = {}
        self._near: Reach | None = None
        self._causes = Causes()
        self.difference.causes = self._causes.counted
        self.changed_what_is_late = False
        asked, start = asked_by(self._packs), self._horizon[0]
        self._looks_at_lapses = asked.lapses
        self._more = MoreFacts(realm_id, asked, since=start, today=today)
        if asked.is_wide or (scope is not None and self._more.names_units()):
            scope = None
        levels = LEADING | asked.levels
        facts = Facts(realm_id, levels, since=start, streaming=scope is None)
        if scope is None:
            self._snapshot = facts.all(self._more.all())
        else:
            self._snapshot = self._around(facts, scope)

    def anew(self) -> "_Derivation":
        return _Derivation(self._realm, self._today, None)

    def _around(self, facts: Facts, scope: Scope) -> Snapshot:
        """Read the facts near a change, and the duties that it concerns with their people."""
        around = Around(facts, self._packs, more=self._more)
        around.changed(_ids(scope.persons), _ids(scope.units | scope.branches), _ids(scope.teams))
        self._near = reach(around.snapshot(), scope, self._packs)
        persons, places = _ids(self._near.persons), _ids(self._near.places)
        people: set[bytes] = set()
        for column, ids in (("via", places), ("initiator_id", persons), ("subject_id", persons)):
            rows = bulk.stored_with(self._realm, column, ids, due_from=self._horizon[0])
            people.update(self._compare_with(rows))
        around.others(people)
        return around.snapshot()

    def _compare_with(self, stored: Iterable[tuple[bulk.Row, str]]) -> set[bytes]:
        """Note stored duties; return whose they are."""
        people: set[bytes | None] = set()
        for row, state in stored:
            self._left[row[0]] = (state, hash(row))
            people.update(row[1:3])
            if self._near is not None:
                self._causes.knows(row)
        return {person for person in people if person}

    def all_fresh(self) -> Iterator[list[bulk.Row]]:
        """Yield every duty, where nothing is stored yet."""
        for chunk in bulk.chunks(self._rows()):
            self.difference.appeared += len(chunk)
            self.difference.note(b"+", [row[0] for row in chunk])
            self._look_for_late(chunk)
            yield chunk

    def differing(self) -> list[bulk.Row]:
        """Return the duties that are new, changed or true again."""
        if self._near is None:
            self._compare_with(bulk.stored(self._realm, due_from=self._horizon[0]))
            found = [row for row in self._rows() if self._differs(row)]
        else:
            found = [row for row in self._rows_near() if self._differs(row)]
        self._look_for_late(found)
        return found

    def _look_for_late(self, rows: Iterable[bulk.Row]) -> None:
        """Whether a rule after a lapse may have more to say once these are stored."""
        if self._looks_at_lapses and not self.changed_what_is_late:
            today = self._today.isoformat()
            self.changed_what_is_late = any(row[6].split("\t")[_DUE] < today for row in rows)

    def _rows_near(self) -> list[bulk.Row]:
        rows = list(self._rows())
        strange = {row[0] for row in rows if row[0] not in self._left}
        # Most of them are new; some are stored, and best found at a place that did not change.
        self._compare_with(bulk.stored_as(strange))
        return rows

    def vanished(self) -> list[bytes]:
        """Return, after ``differing``, the open duties that nothing asks for any more."""
        gone = [key for key, (state, _) in self._left.items() if state == DutyState.OPEN]
        self.difference.vanished = len(gone)
        self.difference.note(b"-", gone)
        self.changed_what_is_late |= self._looks_at_lapses and bool(gone)
        if self._near is not None:
            for key in gone:
                self._causes.went(key, self._snapshot)
        return gone

    def _differs(self, row: bulk.Row) -> bool:
        key = row[0]
        known = self._left.pop(key, None)
        if known is None:
            self.difference.appeared += 1
            self.difference.note(b"+", [key])
            self._because(row)
            return True
        state, content = known
        if state == DutyState.OPEN and content == hash(row):
            return False
        if state not in (DutyState.OPEN, DutyState.WITHDRAWN):
            return False
        self.difference.changed += 1
        self.difference.note(b"~", [key])
        self._because(row)
        return True

    def _because(self, row: bulk.Row) -> None:
        if self._near is not None:
            self._causes.came(row)

    def _rows(self) -> Iterator[bulk.Row]:
        duties = policy.derive(
            self._snapshot,
            self._packs,
            self._horizon,
            self._calendar,
            today=self._today,
            near=self._near,
            known=self._left,
        )
        start, alike = self._horizon[0], self._alike
        for duty in duties:
            (
                key, rule, period, ordinal, initiator, subject, mutual, shared, opens, due, kind,
                form, unit, via, event, _, basis, sensitive,
            ) = duty  # fmt: skip
            if due >= start:
                common = alike[
                    rule, period, ordinal, mutual, shared, opens, due, kind, form, event, sensitive
                ]
                # Ids are bytes here, which the core knows as hashable.
                yield key, initiator, subject, unit, via, basis, common  # type: ignore[misc]


class _Alike(dict[tuple[Any, ...], str]):
    """The columns that many duties have in common, as one text; each is put together once."""

    def __init__(self, realm: str, rules: Mapping[RuleKey, str]) -> None:
        super().__init__()
        self._realm, self._rules = realm, rules

    def __missing__(self, values: tuple[Any, ...]) -> str:
        rule, period, ordinal, mutual, shared, opens, due, kind, form, event, sensitive = values
        text = self[values] = bulk.common(
            realm_id=self._realm,
            rule_id=self._rules[rule],
            period=period,
            ordinal=str(ordinal),
            mutual="01"[mutual],
            shared="01"[shared],
            opens=opens.isoformat(),
            due=due.isoformat(),
            kind=kind,
            form=form,
            event_id=event.hex() if event is not None else None,
            sensitive="01"[sensitive],
            state="open",
        )
        return text


def _ids(some: Iterable[Hashable]) -> set[bytes]:
    """Return the ids among ``some``; facts about nobody leave None behind."""
    return {each for each in some if isinstance(each, bytes)}
