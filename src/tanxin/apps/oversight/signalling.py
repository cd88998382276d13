"""Each day the signs are looked for anew, and only the difference is written."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.oversight.gathering import year_of
from tanxin.apps.oversight.models import Signal, SignalTalk
from tanxin.core.oversight.facts import Found
from tanxin.core.oversight.looking import look_at
from tanxin.core.oversight.settling import SignalState

Key = tuple[str, UUID, str]


def look(realm_id: UUID, *, today: date, at: datetime) -> int:
    """Return how many signals are new, changed or gone. May run again, and late.

    What somebody settled is not asked again, unless talks were added to it since.
    """
    found = look_at(year_of(realm_id, today=today))
    with transaction.atomic():
        known = latest_known(realm_id)
        count = sum(write(realm_id, one, known.get(key_of(one)), at) for one in found)
        count += let_go(realm_id, known, found)
        if count:
            audit.record(
                "signals.looked",
                realm_id=realm_id,
                actor=None,
                subject_kind="realm",
                subject_id=realm_id,
                detail={"changed": count},
                at=at,
            )
    return count


def key_of(found: Found) -> Key:
    return found.sign.value, found.person, found.anchor


def latest_known(realm_id: UUID) -> dict[Key, Signal]:
    rows = Signal.objects.filter(realm=realm_id).order_by("round")
    return {(row.sign, row.person_id, row.anchor): row for row in rows}


def write(realm_id: UUID, found: Found, known: Signal | None, at: datetime) -> bool:
    if known is None:
        return add(realm_id, found, 1, at)
    talks = set(known.talks.filter(realm=realm_id).values_list("talk", flat=True))
    if known.state == SignalState.SETTLED:
        grown = set(found.talks) - talks
        return bool(grown) and add(realm_id, found, known.round + 1, at)
    if known.told == dict(found.told) and talks == set(found.talks) and is_open(known):
        return False
    rows = Signal.objects.filter(realm=realm_id, pk=known.pk, state=known.state)
    changed = rows.update(told=dict(found.told), state=SignalState.OPEN.value)
    SignalTalk.objects.filter(realm=realm_id, signal=known.pk).delete()
    add_talks(realm_id, known.pk, found.talks)
    return bool(changed)


def is_open(signal: Signal) -> bool:
    return signal.state == SignalState.OPEN


def add(realm_id: UUID, found: Found, number: int, at: datetime) -> bool:
    signal = Signal.objects.create(
        pk=uuid4(),
        realm_id=realm_id,
        sign=found.sign.value,
        person_id=found.person,
        anchor=found.anchor,
        round=number,
        told=dict(found.told),
        found_at=at,
    )
    add_talks(realm_id, signal.pk, found.talks)
    return True


def add_talks(realm_id: UUID, signal_id: UUID, talks: Iterable[UUID]) -> None:
    SignalTalk.objects.bulk_create(
        SignalTalk(realm_id=realm_id, signal_id=signal_id, talk_id=talk) for talk in talks
    )


def let_go(realm_id: UUID, known: dict[Key, Signal], found: Iterable[Found]) -> int:
    """What is open and no longer so was put right without a word, and asks nobody any more."""
    still = {key_of(one) for one in found}
    gone = [row.pk for key, row in known.items() if key not in still and is_open(row)]
    rows = Signal.objects.filter(realm=realm_id, pk__in=gone, state=SignalState.OPEN.value)
    return rows.update(state=SignalState.GONE.value)
