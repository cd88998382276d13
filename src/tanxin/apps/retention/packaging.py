"""What goes into an archive package of one talk, for a supervisor.

Facts and digests always; texts and files only for who was let read them, by an approved request
that is still open: the second person of that request is the second person of the package.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID
from xml.etree import ElementTree as ET

from django.db import transaction

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.attachments import attachments_about, open_file
from tanxin.apps.archive.content import opened_as
from tanxin.apps.archive.erasing import texts_about
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.selectors import records_about
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit import services as audit
from tanxin.apps.audit.receipts import receipt_about
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.receipts import ANSWERED
from tanxin.apps.talks.selectors import said_about
from tanxin.core.access import Actor, Permission, Relation

KINDS = ("record", "remark", "reason")


@dataclass(frozen=True, slots=True)
class Contents:
    """``texts`` are empty where the actor was not let read; ``files`` go in as they are."""

    talk: Talk
    records: list[Record]
    texts: Mapping[UUID, str]
    files: dict[str, bytes]

    @property
    def is_whole(self) -> bool:
        return bool(self.records) and len(self.texts) == len(self.records)


def contents_of(actor: Actor, talk_id: UUID) -> Contents:
    """Raises as ``talk_for``, and what opening texts raises. Call it outside transactions."""
    talk = talk_for(actor, talk_id, Permission.PACKAGE_MAKE)
    records = list(records_about(actor, talk.pk, KINDS))
    files = {"metadata.xml": metadata(talk), **proofs(talk)}
    # Neither as a side of the talk nor in an emergency: somebody else has said yes to it.
    if Relation.GRANTED not in opened_as(actor, talk.pk):
        return Contents(talk, records, {}, files)
    ground = Relation.GRANTED.value
    texts = open_texts(actor, [one.pk for one in openable(actor, records)], ground)
    return Contents(talk, records, texts, {**files, **attached(actor, talk, ground)})


def attached(actor: Actor, talk: Talk, ground: str) -> dict[str, bytes]:
    """Each file as it was brought, by number: what it was called stays sealed."""
    rows = list(attachments_about(actor, [talk.pk]))
    readable = {record.pk for record in openable(actor, [row.record for row in rows])}
    return {
        f"files/{number:02}.bin": b"".join(open_file(actor, row.pk, ground).pieces)
        for number, row in enumerate(rows, 1)
        if row.record_id in readable
    }


def metadata(talk: Talk) -> bytes:
    """Ids, kind, days and the digests of the sealed texts: no name, no word."""
    root = ET.Element("talk", id=str(talk.pk), realm=str(talk.realm_id), form="1")
    facts = {
        "initiator": talk.initiator_id, "subject": talk.subject_id, "kind": talk.kind,
        "type": talk.type, "channel": talk.channel, "state": talk.state,
        "heldAt": talk.held_at and talk.held_at.isoformat(),
        "enteredAt": talk.entered_at and talk.entered_at.isoformat(),
        "fromPaper": "yes" if talk.from_paper else "no",
        "enteredLate": "yes" if talk.late_id else "no",
    }  # fmt: skip
    for name, value in facts.items():
        if value:
            ET.SubElement(root, name).text = str(value)
    texts = ET.SubElement(root, "texts")
    for one in texts_about(talk.realm_id, [talk.pk]):
        ET.SubElement(
            texts, "text", record=str(one.record_id), kind=one.kind, version=str(one.number),
            sealedSha256=one.digest.hex(),
        )  # fmt: skip
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def proofs(talk: Talk) -> dict[str, bytes]:
    """That the log holds what the subject said last, as ``verifier.py`` reads it."""
    said = said_about(talk)
    if not said:
        return {}
    receipt = receipt_about(talk.realm_id, talk.pk, ANSWERED, said[-1].said_at)
    return {"receipt.json": receipt.encode()} if receipt else {}


@transaction.atomic
def note_package(actor: Actor, found: Contents, package: bytes, *, at: datetime) -> str:
    """Before it leaves; returns its hash."""
    digest = sha256(package).hexdigest()
    audit.record(
        "talk.packaged", realm_id=actor.realm_id, actor=actor, subject_kind="talk",
        subject_id=found.talk.pk, at=at,
        detail={"digest": digest, "texts": len(found.texts)},
    )  # fmt: skip
    return digest
