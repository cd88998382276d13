"""Sets the scene as root: a realm, three people with passwords, eighty records of two of them."""

import json
import sys
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django comes first
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from tanxin.apps.archive.services import prepare, store  # noqa: E402
from tanxin.apps.sealing import client  # noqa: E402
from world import small_world  # noqa: E402

SECRET = "红队的金丝雀"
RECORDS = 80


def main(target: Path) -> None:
    call_command("migrate", verbosity=0)
    world = small_world()
    by = ""
    for name in ("dora", "ada", "ben", "cleo"):
        client.set_credential(
            world.realm_id,
            world.accounts[name],
            world.people[name],
            password_of(name),
            authority=by,
        )
        by = by or login(world, "dora")
    records = [record_of(world, number) for number in range(RECORDS)]
    closed = login(world, "ada")
    client.close_session(world.realm_id, closed)
    told = {
        "realm": str(world.realm_id),
        "people": {name: str(person) for name, person in world.people.items()},
        "accounts": {name: str(account) for name, account in world.accounts.items()},
        "records": records,
        "live": login(world, "ada"),
        "closed": closed,
    }
    target.write_text(json.dumps(told), encoding="utf-8")


def password_of(name: str) -> str:
    return f"a-long-password-of-{name}"


def login(world, name: str) -> str:
    opened = client.open_session(
        world.realm_id, world.accounts[name], world.people[name], password=password_of(name)
    )
    return opened.token


def record_of(world, number: int) -> str:
    parties = [(world.ada, "initiator"), (world.ben, "subject")]
    sealed = prepare(
        world.realm_id, kind="record", about_kind="talk", about_id=uuid4(), author_id=world.ada,
        text=f"{SECRET} {number}", parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        return str(store(sealed, parties, timezone.now()).pk)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
