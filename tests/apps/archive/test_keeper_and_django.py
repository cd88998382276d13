"""G14: in random situations the keeper never allows what Django denies."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tanxin.apps.archive.access import (
    RecordForbidden,
    RecordNotFound,
    own_parts,
    parts_for,
)
from tanxin.apps.archive.grants import end_parts, grant_of
from tanxin.apps.archive.models import Party
from tanxin.apps.archive.reading import latest_texts
from tanxin.apps.archive.services import prepare, store
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import KeeperRefused
from tanxin.core.access import Actor

FEW, ALL = 150, 100_000
ROLES = ("author", "initiator", "subject", "owner", "verifier", "asker", "asked")
PEOPLE = ("ada", "ben", "cleo", "emil")


def stored(world, kind, person, role):
    parties = [(world.people[person], role)]
    sealed = prepare(
        world.realm_id, kind=kind, about_kind="talk", about_id=uuid4(), author_id=world.ada,
        text="一", parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        return store(sealed, parties, timezone.now())


def some_parts(world, chance):
    """A record for each role, of the kinds that differ; a third of the grants has ended."""
    for kind in ("record", "memo", "answer"):
        for role in ROLES:
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


def django_allows(actor, record_id):
    try:
        return bool(parts_for(actor, [record_id]))
    except (RecordNotFound, RecordForbidden):
        return False


def keeper_allows(actor, part):
    """Asked with the row as it stands.

    Whose row it is, the keeper takes from the login alone; a row of somebody else's is not shown to
    it, and would open only what the one who is logged in was given himself.
    """
    if part.person_id != actor.person_id:
        return False
    [item] = latest_texts(actor, [part])
    try:
        client.open_texts(actor, [replace(item, grant=grant_of(part))], ground="x")
    except KeeperRefused:
        return False
    return True


@pytest.mark.parametrize("count", [FEW, pytest.param(ALL, marks=pytest.mark.prove)])
def test_what_django_denies_the_keeper_denies(world, count):
    chance = Random(count)
    parts, sessions = some_parts(world, chance), sessions_of(world)
    wrong, seen = [], {(django, keeper): 0 for django in (True, False) for keeper in (True, False)}
    for number in range(count):
        part = chance.choice(parts)
        holder = next(name for name in PEOPLE if world.people[name] == part.person_id)
        whose = chance.choice((holder, holder, holder, *sessions))
        asker = whose if whose in PEOPLE else chance.choice(PEOPLE)
        actor = Actor(world.realm_id, world.people[asker], session=sessions[whose])
        kept = {
            name: getattr(part, name)
            for name in ("role", "may_pass_on", "end", "start", "person_id", "mac")
        }
        changes = altered(part, chance, world)
        Party.objects.filter(pk=part.pk).update(**changes)
        row = Party.objects.select_related("record").get(pk=part.pk)
        says = django_allows(actor, part.record_id), keeper_allows(actor, row)
        Party.objects.filter(pk=part.pk).update(**kept)
        seen[says] += 1
        if says == (False, True):
            wrong.append((number, part.role, part.record.kind, changes, asker))

    print(f"{count} situations: {seen}")
    assert wrong == []
    assert seen[True, True] > count // 50
    assert seen[True, False] > count // 50
    assert seen[False, False] > count // 10


def test_who_has_no_part_has_no_grant_to_show(world):
    stored(world, "record", "ada", "initiator")
    assert not own_parts(world.actor("cleo")).exists()
