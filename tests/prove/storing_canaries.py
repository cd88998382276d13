"""Store texts, drafts, names and numbers that begin with a canary, and provoke errors with them.

``python -m bench.with_django storing_canaries CANARY COUNT``
"""

import sys
from contextlib import suppress
from uuid import uuid4

from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.archive.services.storing import add_version
from tanxin.apps.org.services import PersonDetails, add_people, found_realm, founder
from tanxin.apps.sealing import client
from tanxin.core.access import Actor


def main(canary, count):
    call_command("migrate", verbosity=0)
    now = timezone.now()
    realm = found_realm("某某委员会", at=now)
    details = [
        PersonDetails(name=f"{canary}{n}", number=f"N{n}", mail=f"{canary}{n}@example.cn")
        for n in range(count)
    ]
    people = add_people(founder(realm), details, at=now)
    for n, person in enumerate(people):
        store(realm, person, people[n - 1], f"{canary}{n}", now)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def store(realm, person, other, text, now):
    parties = [(person, "initiator"), (other, "subject")]
    sealed = archive.prepare(
        realm, kind="remark", about_kind="talk", about_id=uuid4(), author_id=person, text=text,
        parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        row = archive.store(sealed, parties, now)
    # The same version once more: the server writes the statement into its log.
    with suppress(IntegrityError), transaction.atomic():
        add_version(sealed, now)
    assert RecordVersion.objects.filter(record=row.pk).count() == 1
    actor = Actor(realm, person, session=client.open_session(realm, None, person).token)
    archive.save_draft(
        actor, "record", uuid4(), {"text": text}, window=archive.Window(uuid4()), at=now
    )
    assert archive.open_texts(actor, [row.pk], "initiator") == {row.pk: text}
    archive.search_texts(actor, [text])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
