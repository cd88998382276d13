"""The same record written and read twice: in plain rows, and through the keeper.

Both ways write the record, its version, its two parties and the leaf of the log of changes in one
transaction; the plain way leaves out the keeper alone.
"""

from collections.abc import Callable
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from tanxin.apps.archive.models import Party, Record, RecordVersion
from tanxin.apps.archive.services import open_texts, prepare, search_texts, store
from tanxin.apps.audit.services import record
from tanxin.apps.org import services as org
from tanxin.apps.org.services import PersonDetails
from tanxin.apps.sealing import client
from tanxin.core.access import Actor


class Cost:
    def __init__(self, text: str) -> None:
        self.text = text
        at = timezone.now()
        self.realm = org.found_realm("测量", at=at)
        founder = org.founder(self.realm)
        self.people = [
            org.add_person(founder, PersonDetails(name=name, number=name), at=at)
            for name in ("ada", "ben")
        ]
        token = client.open_session(self.realm, None, self.people[0]).token
        self.actor = Actor(self.realm, self.people[0], session=token)
        self.plain: list[UUID] = []
        self.sealed: list[UUID] = []

    @property
    def parties(self) -> list[tuple[UUID, str]]:
        return list(zip(self.people, ("initiator", "subject"), strict=True))

    def write_plain(self) -> None:
        at, record_id, content = timezone.now(), uuid4(), self.text.encode()
        with transaction.atomic():
            Record.objects.create(
                pk=record_id, realm_id=self.realm, kind="remark", about_kind="talk",
                about_id=uuid4(), author_id=self.people[0], wrapped_key=b"", created_at=at,
            )  # fmt: skip
            Party.objects.bulk_create(
                Party(
                    realm_id=self.realm, record_id=record_id, person_id=person, role=role,
                    start=at, mac=b"",
                )
                for person, role in self.parties
            )  # fmt: skip
            RecordVersion.objects.create(
                realm_id=self.realm, record_id=record_id, number=1, author_id=self.people[0],
                sealed=content, digest=sha256(content).digest(), written_at=at,
            )  # fmt: skip
            self._leaf(record_id)
        self.plain.append(record_id)

    def write_sealed(self) -> None:
        sealed = prepare(
            self.realm, kind="remark", about_kind="talk", about_id=uuid4(),
            author_id=self.people[0], text=self.text, parties=self.parties,
        )  # fmt: skip
        with transaction.atomic():
            made = store(sealed, self.parties, timezone.now())
            self._leaf(made.pk)
        self.sealed.append(made.pk)

    def _leaf(self, record_id: UUID) -> None:
        record(
            "record.written", realm_id=self.realm, actor=self.actor, subject_kind="record",
            subject_id=record_id, detail={"version": 1}, at=timezone.now(),
        )  # fmt: skip

    def read_plain(self) -> str:
        row = Party.objects.select_related("record").get(
            realm=self.realm, person=self.people[0], record=self.plain[0]
        )
        version = RecordVersion.objects.get(
            realm=self.realm, record=row.record_id, number=row.record.latest
        )
        return bytes(version.sealed).decode()

    def read_sealed(self) -> str:
        record_id = self.sealed[0]
        return open_texts(self.actor, [record_id], "initiator")[record_id]

    def searching(self, count: int) -> Callable[[], object]:
        """A search in ``count`` records, most of them written for it; the plain ones go."""
        for table in (Party, RecordVersion):
            table.objects.filter(record__in=self.plain).delete()
        while len(self.sealed) < count:
            self.write_sealed()
        return lambda: search_texts(self.actor, ["换岗位"])
