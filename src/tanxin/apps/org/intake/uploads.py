"""Files between looking and accepting: sealed, for their uploader alone, for one day."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from tanxin.apps.org.access import may_record_facts
from tanxin.apps.org.models import Upload
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, RowNotFound

KEPT_FOR = timedelta(days=1)
COLUMN = "upload"


class UploadNotFound(RowNotFound):
    """It is somebody else's, older than a day, or was taken in or discarded."""


@dataclass(frozen=True)
class RosterFile:
    id: UUID
    name: str = field(repr=False)
    data: bytes = field(repr=False)


def keep_upload(actor: Actor, name: str, data: bytes, *, at: datetime) -> UUID:
    """Seal and keep the file; older ones of the realm are swept out."""
    may_record_facts(actor)
    if actor.person_id is None:
        raise UploadNotFound(name)
    upload_id = uuid4()
    text = name.replace("\n", " ") + "\n" + b64encode(data).decode("ascii")
    sealed = pii.seal_pii(actor.realm_id, upload_id, COLUMN, text)
    Upload.objects.filter(realm=actor.realm_id, uploaded_at__lt=at - KEPT_FOR).delete()
    Upload.objects.create(
        id=upload_id, realm_id=actor.realm_id, person_id=actor.person_id, sealed=sealed,
        uploaded_at=at,
    )  # fmt: skip
    return upload_id


def upload_for(actor: Actor, upload_id: UUID, *, at: datetime) -> RosterFile:
    """Raises ``UploadNotFound``, also for another organiser's file."""
    may_record_facts(actor)
    row = Upload.objects.filter(
        realm=actor.realm_id, person=actor.person_id, pk=upload_id, uploaded_at__gte=at - KEPT_FOR
    ).first()
    if row is None:
        raise UploadNotFound(upload_id)
    text = pii.open_pii(actor.realm_id, upload_id, COLUMN, bytes(row.sealed))
    name, _, data = text.partition("\n")
    return RosterFile(upload_id, name, b64decode(data))


def drop_upload(actor: Actor, upload_id: UUID) -> None:
    may_record_facts(actor)
    Upload.objects.filter(realm=actor.realm_id, person=actor.person_id, pk=upload_id).delete()
