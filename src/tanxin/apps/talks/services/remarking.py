from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import Sealed, VersionMoved
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.groups import standing_of
from tanxin.apps.talks.refusals import NothingRecorded
from tanxin.apps.talks.selectors import memo_of
from tanxin.apps.talks.services.words import me, sealed, sides
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log
from tanxin.core.access import Actor, Permission
from tanxin.core.wording import is_blank


def add_remark(
    actor: Actor, talk_id: UUID, *, text: str, at: datetime, form: UUID | None = None
) -> Record:
    """Either side adds to the record, for good; what stands in it stays as it is.

    The same ``form`` twice makes one remark. Raises ``TextMissing``, ``NothingRecorded``, and as
    ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.REMARK_WRITE)
    if standing_of(talk) is None:
        raise NothingRecorded("there is no record yet")
    version_id = id_of(actor, form)
    readers = sides(talk)
    words = sealed(actor, "remark", ("talk", talk_id), text, readers=readers, version_id=version_id)
    try:
        with transaction.atomic():
            talk = talk_for(actor, talk_id, Permission.REMARK_WRITE)
            remark = archive.store(words, sides(talk), at)
            log(actor, "record.remarked", talk, at=at)
    except IntegrityError:
        version = RecordVersion.objects.select_related("record").get(
            realm=actor.realm_id, pk=version_id
        )
        return version.record
    return remark


def write_memo(actor: Actor, talk_id: UUID, *, text: str, at: datetime) -> None:
    """Keep the author's own aide-mémoire, in place of what he kept before.

    Nobody else can open it; that there is one is no secret. Raises ``VersionMoved`` where another
    window was faster, and as ``talk_for``.
    """
    talk_for(actor, talk_id, Permission.RECORD_WRITE)
    words = sealed_memo(actor, talk_id, text)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
        if words is None:
            return
        store_memo(words, at)
        log(actor, "memo.written", talk, at=at)


def sealed_memo(actor: Actor, talk_id: UUID, text: str) -> Sealed | None:
    if is_blank(text):
        return None
    return sealed_for_oneself(actor, "memo", talk_id, memo_of(actor, talk_id), text)


def sealed_for_oneself(
    actor: Actor, kind: str, talk_id: UUID, known: Record | None, text: str
) -> Sealed:
    """A text that nobody but its author opens, in place of what he kept before."""
    if known is None:
        alone = [(me(actor), "author")]
        return sealed(actor, kind, ("talk", talk_id), text, readers=alone)
    return archive.prepare_version(actor, known, text=text.strip(), number=known.latest + 1)


def store_memo(words: Sealed | None, at: datetime) -> None:
    if words is not None:
        store_for_oneself(words, at)


def store_for_oneself(words: Sealed, at: datetime) -> None:
    if words.number > 1:
        archive.store_version(words, at)
        return
    try:
        with transaction.atomic():
            archive.store(words, [(words.author_id, "author")], at)
    except IntegrityError:
        # The first one was kept in another window meanwhile; this one would be the second.
        raise VersionMoved(1) from None
