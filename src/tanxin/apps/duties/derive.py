"""Facts and rules → the stored duties of a realm, changed only where they differ."""

from collections.abc import Hashable, Iterator
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tanxin.apps.audit import services as audit
from tanxin.apps.duties import bulk
from tanxin.apps.duties.horizon import horizon_of
from tanxin.apps.duties.models import Derivation, Duty
from tanxin.apps.duties.neighbours import snapshot_around
from tanxin.apps.duties.packs import adopted_packs, rule_rows
from tanxin.apps.duties.snapshot import Facts
from tanxin.apps.org.models import BranchMember
from tanxin.apps.realms.models import Realm
from tanxin.apps.realms.selectors import work_calendar
from tanxin.core import policy
from tanxin.core.access import Actor
from tanxin.core.lifecycle import DutyState
from tanxin.core.policy import Scope, reach

LARGE = 50_000


class Difference:
    """What a derivation changed. ``digest`` is over the ids, in the order they were written."""

    def __init__(self) -> None:
        self.appeared = 0
        self.changed = 0
        self.vanished = 0
        self._digest = sha256()

    def note(self, mark: bytes, key: str) -> None:
        self._digest.update(mark + bytes.fromhex(key))

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
    twice changes nothing the second time. Open duties whose relation has ended are withdrawn; what
    is met, confirmed, contested or waived stays, and so does everything due before the year began.
    """
    large = scope is None and _is_first_and_large(realm_id)
    with bulk.first_load(large=large), transaction.atomic():
        _wait_for_others(realm_id)
        derivation = _Derivation(realm_id, today, scope)
        if large or (scope is None and not Duty.objects.filter(realm=realm_id).exists()):
            with bulk.indexes_afterwards(large=large):
                bulk.insert(derivation.all_fresh())
        else:
            bulk.upsert(derivation.differing())
            bulk.withdraw(derivation.vanished())
        _write_down(realm_id, derivation.difference, actor, at=at, reason=reason)
    return derivation.difference


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
        self._scope = scope
        self._horizon = horizon_of(today)
        self._packs = adopted_packs(realm_id)
        self._calendar = work_calendar(realm_id)
        self._rules = {key: row.hex for key, row in rule_rows(realm_id).items()}
        facts = Facts(realm_id, self._packs, since=self._horizon[0])
        self._snapshot = facts.snapshot() if scope is None else snapshot_around(facts, scope)
        self._left: dict[str, tuple[str, int]] = {}

    def all_fresh(self) -> Iterator[bulk.Row]:
        """Yield every duty, where nothing is stored yet."""
        for row in self._rows():
            self.difference.appeared += 1
            self.difference.note(b"+", row[0] or "")
            yield row

    def differing(self) -> list[bulk.Row]:
        """Return the duties that are new, changed or true again."""
        people = None if self._scope is None else _bytes_of(reach(self._snapshot, self._scope))
        for row in bulk.stored(self._realm, due_from=self._horizon[0], people=people):
            self._left[row[0] or ""] = (row[-1] or "", hash(row[bulk.CONTENT]))
        return [row for row in self._rows() if self._differs(row)]

    def vanished(self) -> list[str]:
        """Return, after ``differing``, the open duties that nothing asks for any more."""
        gone = [key for key, (state, _) in self._left.items() if state == DutyState.OPEN]
        self.difference.vanished = len(gone)
        for key in gone:
            self.difference.note(b"-", key)
        return gone

    def _differs(self, row: bulk.Row) -> bool:
        key = row[0] or ""
        known = self._left.pop(key, None)
        if known is None:
            self.difference.appeared += 1
            self.difference.note(b"+", key)
            return True
        state, content = known
        if state == DutyState.OPEN and content == hash(row[bulk.CONTENT]):
            return False
        if state not in (DutyState.OPEN, DutyState.WITHDRAWN):
            return False
        self.difference.changed += 1
        self.difference.note(b"~", key)
        return True

    def _rows(self) -> Iterator[bulk.Row]:
        duties = policy.derive(
            self._snapshot,
            self._packs,
            self._horizon,
            self._calendar,
            self._scope,
            today=self._today,
        )
        realm, rules, start, days = self._realm.hex, self._rules, self._horizon[0], _Days()
        for duty in duties:
            if duty.due >= start:
                yield _row(duty, realm, rules[duty.rule], days)


def _bytes_of(people: frozenset[Hashable]) -> list[bytes]:
    return [person for person in people if isinstance(person, bytes)]


class _Days(dict[date, str]):
    def __missing__(self, day: date) -> str:
        text = self[day] = day.isoformat()
        return text


def _row(duty: policy.Duty, realm: str, rule: str, days: _Days) -> bulk.Row:
    return (
        duty.key.hex(),
        realm,
        rule,
        duty.period,
        str(duty.ordinal),
        duty.initiator.hex(),  # type: ignore[attr-defined] # ids are bytes here
        duty.subject.hex() if duty.subject is not None else None,  # type: ignore[attr-defined] # as above
        "1" if duty.mutual else "0",
        "1" if duty.shared else "0",
        days[duty.opens],
        days[duty.due],
        duty.kind,
        duty.form,
        duty.unit.hex() if duty.unit is not None else None,  # type: ignore[attr-defined] # as above
        duty.via.hex(),  # type: ignore[attr-defined] # as above
        duty.event.hex() if duty.event is not None else None,  # type: ignore[attr-defined] # as above
        duty.basis,
        "1" if duty.sensitive else "0",
        "open",
    )
