"""G14: in random situations the keeper never allows what Django denies."""

from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tanxin.apps.archive.access import (
    RecordForbidden,
    RecordNotFound,
    may_open,
    own_parts,
    parts_for,
    parts_now,
)
from tanxin.apps.archive.grants import end_parts
from tanxin.apps.archive.models import Party, RecordVersion
from tanxin.apps.archive.reading import sealed_text
from tanxin.apps.archive.services import prepare, store
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Actor

FEW, ALL = 150, 100_000
# So many situations stand in the tables at once: one reading of Django's answers them all.
RECORDS_OF_A_KIND = 10
ROLES = ("author", "initiator", "subject", "owner", "verifier", "asker", "asked", "witness")
PEOPLE = ("ada", "ben", "cleo", "emil")


def stored(world, kind, person, role):
    parties = [(world.people[person], role)]
    sealed = prepare(
        world.realm_id, kind=kind, about_kind="talk", about_id=uuid4(), author_id=world.ada,
        text="一", parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        return store(sealed, parties, timezone.now())


def some_parts(world, chance, each):
    """Records for each role, of the kinds that differ; a third of the grants has ended."""
    for kind in ("record", "memo", "answer"):
        for role in ROLES * each:
            stored(world, kind, chance.choice(PEOPLE), role)
    parts = list(Party.objects.select_related("record"))
    end_parts(world.realm_id, chance.sample(parts, len(parts) // 3))
    return list(Party.objects.select_related("record"))


def altered(part, chance, world):
    """The columns somebody with the database may have changed; nothing, half of the time."""
    now = datetime.now(UTC)
    made_up = {
        "role": chance.choice(ROLES),
        "may_pass_on": not part.may_pass_on,
        "end": chance.choice((None, now + timedelta(days=9), now - timedelta(days=9))),
        "start": now - timedelta(days=chance.randrange(1, 99)),
        "person_id": world.people[chance.choice(PEOPLE)],
        "mac": chance.randbytes(36),
    }
    count = chance.choice((0, 0, 0, 1, 1, 2))
    return {name: made_up[name] for name in chance.sample(sorted(made_up), count)}


def sessions_of(world):
    closed = client.open_session(world.realm_id, None, world.ada).token
    client.close_session(world.realm_id, closed)
    return {name: world.session(name) for name in PEOPLE} | {"closed": closed, "none": ""}


@dataclass
class Situation:
    """Somebody asks for a record, while ``changes`` stand in the row of his part or another's."""

    part: Party
    changes: dict
    actor: Actor
    whose: str


def situations(world, parts, sessions, chance, count):
    made = []
    for part in chance.sample(parts, min(count, len(parts))):
        holder = next(name for name in PEOPLE if world.people[name] == part.person_id)
        whose = chance.choice((holder, holder, holder, *sessions))
        asker = whose if whose in PEOPLE else chance.choice(PEOPLE)
        actor = Actor(world.realm_id, world.people[asker], session=sessions[whose])
        made.append(Situation(part, altered(part, chance, world), actor, whose))
    return made


@contextmanager
def standing(some):
    """The rows as they were changed, read again; afterwards they are as they were."""
    rows = Party.objects.filter(pk__in=[one.part.pk for one in some])
    rows.delete()
    Party.objects.bulk_create(changed(one.part, one.changes) for one in some)
    yield rows.select_related("record").in_bulk()
    rows.delete()
    Party.objects.bulk_create(one.part for one in some)


def changed(part, changes):
    row = copy(part)
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def django_says(some):
    """What the door finds for each asker, and whether that part opens such a record."""
    found, wanted = {}, [one.part.record_id for one in some]
    for actor in {one.actor.person_id: one.actor for one in some}.values():
        for record_id, part in parts_now(actor, wanted).items():
            found[actor.person_id, record_id] = part
    mine = [found.get((one.actor.person_id, one.part.record_id)) for one in some]
    return [part is not None and may_open(part) for part in mine]


def keeper_allows(actor, row, version):
    """Asked with the row as it stands.

    Whose row it is, the keeper takes from the login alone; a row of somebody else's is not shown to
    it, and would open only what the one who is logged in was given himself.
    """
    if row.person_id != actor.person_id:
        return False
    try:
        client.open_texts(actor, [sealed_text(row, version)], ground="x")
    except KeeperRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("count", "each"),
    [(FEW, 1), pytest.param(ALL, RECORDS_OF_A_KIND, marks=pytest.mark.prove)],
)
def test_what_django_denies_the_keeper_denies(world, count, each):
    chance = Random(count)
    parts, sessions = some_parts(world, chance, each), sessions_of(world)
    versions = {row.record_id: row for row in RecordVersion.objects.all()}
    wrong, seen = [], {(django, keeper): 0 for django in (True, False) for keeper in (True, False)}
    while (left := count - sum(seen.values())) > 0:
        some = situations(world, parts, sessions, chance, left)
        with standing(some) as rows:
            for one, django in zip(some, django_says(some), strict=True):
                version = versions[one.part.record_id]
                says = django, keeper_allows(one.actor, rows[one.part.pk], version)
                seen[says] += 1
                if says == (False, True):
                    wrong.append((one.part.role, one.part.record.kind, one.changes, one.whose))

    print(f"{count} situations: {seen}")
    assert wrong == []
    assert seen[True, True] > count // 50
    assert seen[True, False] > count // 50
    assert seen[False, False] > count // 10


def test_one_by_one_the_door_says_what_it_says_of_many(world):
    chance = Random(7)
    parts, sessions = some_parts(world, chance, 1), sessions_of(world)
    some = situations(world, parts, sessions, chance, len(parts))
    with standing(some):
        assert django_says(some) == [opens_one(one.actor, one.part.record_id) for one in some]


def opens_one(actor, record_id):
    try:
        return bool(parts_for(actor, [record_id]))
    except (RecordNotFound, RecordForbidden):
        return False


def test_who_has_no_part_has_no_grant_to_show(world):
    stored(world, "record", "ada", "initiator")
    assert not own_parts(world.actor("cleo")).exists()
