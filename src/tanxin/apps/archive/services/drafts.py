"""What somebody is typing, sealed like any other text and opened for him alone."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from json import dumps, loads
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Draft
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import Grant, Named
from tanxin.core.access import Actor

FIELD = "draft"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were typed, and when they were kept."""

    fields: Mapping[str, str]
    saved_at: datetime


def save_draft(
    actor: Actor, purpose: str, about_id: UUID, fields: Mapping[str, str], *, at: datetime
) -> None:
    """Keep ``fields``; the last one to save wins. Call it outside of any transaction."""
    if actor.person_id is None:
        raise RecordNotFound(about_id)
    known = draft_row(actor, purpose, about_id)
    draft_id = uuid4()
    text = dumps(dict(fields), ensure_ascii=False)
    if known:
        replace(actor, known, text, at)
        return
    new = client.NewText(draft_id, FIELD, text.encode(), (Named(actor.person_id, "author"),))
    [made] = client.create(actor.realm_id, [new])
    first = Draft(
        pk=draft_id,
        realm_id=actor.realm_id,
        author_id=actor.person_id,
        purpose=purpose,
        about_id=about_id,
        wrapped_key=made.wrapped_key,
        sealed=made.sealed,
        start=made.grants[0].start,
        mac=made.grants[0].mac,
        saved_at=at,
    )
    add_first(first)


def replace(actor: Actor, known: Draft, text: str, at: datetime) -> None:
    """Of two tabs that save at once the first one wins; the other saves again soon."""
    number, wrapped = known.version + 1, bytes(known.wrapped_key)
    later = client.Draft(known.pk, wrapped, FIELD, number, text.encode(), own_grant(known))
    sealed = client.seal_text(actor, later)
    Draft.objects.filter(realm=known.realm_id, pk=known.pk, version=known.version).update(
        sealed=sealed, version=number, saved_at=at
    )


def add_first(draft: Draft) -> None:
    """Of two tabs that begin at once one is first; the other saves again soon."""
    with suppress(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)


def load_draft(actor: Actor, purpose: str, about_id: UUID) -> Typed | None:
    """Open the actor's own draft, if there is one. Call it outside of any transaction."""
    draft = draft_row(actor, purpose, about_id)
    if draft is None:
        return None
    item = client.Sealed(
        record=draft.pk,
        wrapped_key=bytes(draft.wrapped_key),
        field=FIELD,
        version=draft.version,
        sealed=bytes(draft.sealed),
        grant=own_grant(draft),
    )
    [text] = client.open_texts(actor, [item], ground=FIELD)
    return Typed(loads(text), draft.saved_at)


def own_grant(draft: Draft) -> Grant:
    return Grant(
        draft.author_id, "author", may_pass_on=False, start=draft.start, end=None,
        mac=bytes(draft.mac),
    )  # fmt: skip


def drop_draft(actor: Actor, purpose: str, about_id: UUID) -> None:
    Draft.objects.filter(
        realm=actor.realm_id, author=actor.person_id, purpose=purpose, about_id=about_id
    ).delete()


def draft_row(actor: Actor, purpose: str, about_id: UUID) -> Draft | None:
    return Draft.objects.filter(
        realm=actor.realm_id, author=actor.person_id, purpose=purpose, about_id=about_id
    ).first()
