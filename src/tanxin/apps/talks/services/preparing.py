"""Written before a talk: the subject's topics for both, the initiator's outline for himself."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed, VersionMoved
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.beforehand import is_to_come
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.selectors import outline_of, topics_of
from tanxin.apps.talks.services.remarking import sealed_for_oneself, store_for_oneself
from tanxin.apps.talks.services.words import sealed, sides
from tanxin.apps.talks.transitions import log
from tanxin.core.access import Actor, Permission
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.wording import is_blank


def write_topics(
    actor: Actor, talk_id: UUID, *, text: str, at: datetime, expected_version: int = 0
) -> None:
    """Say before the talk what it should be about; the two read it, nobody else.

    ``expected_version`` is what the writer had before him, 0 for nothing. Raises ``TextMissing``,
    ``VersionMoved``, ``IllegalMove`` once it was held or called off, and as ``talk_for``.
    """
    talk = to_come(actor, talk_id)
    words = sealed_topics(actor, talk, text, expected_version)
    with transaction.atomic():
        talk = to_come(actor, talk_id)
        if words.number > 1:
            archive.store_version(words, at)
        else:
            archive.store(words, sides(talk), at)
        log(actor, "topic.written", talk, at=at)


def to_come(actor: Actor, talk_id: UUID) -> Talk:
    talk = talk_for(actor, talk_id, Permission.TOPIC_WRITE)
    if not is_to_come(talk):
        raise IllegalMove("the talk is over")
    return talk


def sealed_topics(actor: Actor, talk: Talk, text: str, expected: int) -> Sealed:
    known = topics_of(talk)
    latest = known.latest if known else 0
    if latest != expected:
        raise VersionMoved(latest)
    if known is None or is_blank(text):
        return sealed(actor, "topic", ("talk", talk.pk), text, readers=sides(talk))
    return archive.prepare_version(actor, known, text=text.strip(), number=latest + 1)


def write_outline(actor: Actor, talk_id: UUID, *, text: str, at: datetime) -> None:
    """Keep the author's own outline for a talk, in place of what he kept before.

    Like a memo: nobody else can open it, and nothing of it goes into the record. Raises
    ``VersionMoved``, ``TextMissing``, and as ``talk_for``.
    """
    talk_for(actor, talk_id, Permission.TALK_PREPARE)
    words = sealed_for_oneself(actor, "outline", talk_id, outline_of(actor, talk_id), text)
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.TALK_PREPARE)
        store_for_oneself(words, at)
        log(actor, "outline.written", talk, at=at)
