"""Sealing what is typed about a talk or a request, before the transaction that stores it."""

from typing import TypeAlias
from uuid import UUID

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed
from tanxin.apps.sealing import pii
from tanxin.apps.talks.access import TalkNotFound, is_untold
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import TextMissing
from tanxin.core.access import Actor
from tanxin.core.wording import is_blank

PLACE = "place"
Readers: TypeAlias = list[tuple[UUID, str]]


def sides(talk: Talk) -> Readers:
    """Who may open what is written about ``talk`` for both.

    What is written before it was approved is not for the subject, who has not been told.
    """
    if is_untold(talk):
        return [(talk.initiator_id, "initiator")]
    return [(talk.initiator_id, "initiator"), (talk.subject_id, "subject")]


def askers(request: Request) -> Readers:
    return asking(request.asker_id, request.asked_id)


def asking(asker: UUID, asked: UUID) -> Readers:
    return [(asker, "asker"), (asked, "asked")]


def answered(request: Request) -> Readers:
    """Who may open an answer: also whoever asked for somebody without an account, to tell him."""
    told = [(request.through_id, "asker")] if request.through_id else []
    return [*askers(request), *told]


def me(actor: Actor) -> UUID:
    """The person who acts; an account that is nobody in the realm has nothing to say."""
    if actor.person_id is None:
        raise TalkNotFound
    return actor.person_id


def sealed(
    actor: Actor,
    kind: str,
    about: tuple[str, UUID],
    text: str,
    *,
    readers: Readers,
    version_id: UUID | None = None,
) -> Sealed:
    """Seal a text that must say something for those who shall read it; raises ``TextMissing``."""
    if is_blank(text):
        raise TextMissing(kind)
    return archive.prepare(
        actor.realm_id,
        kind=kind,
        about_kind=about[0],
        about_id=about[1],
        author_id=me(actor),
        text=text.strip(),
        parties=readers,
        version_id=version_id,
    )


def sealed_if_any(
    actor: Actor, kind: str, about: tuple[str, UUID], text: str, *, readers: Readers
) -> Sealed | None:
    return None if is_blank(text) else sealed(actor, kind, about, text, readers=readers)


def sealed_place(talk_id: UUID, realm_id: UUID, place: str) -> bytes | None:
    """Where it is to be: needed on lists, so it is sealed as a personal column, not as a text."""
    return None if is_blank(place) else pii.seal_pii(realm_id, talk_id, PLACE, place.strip())
