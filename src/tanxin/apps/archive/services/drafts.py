"""What somebody is typing, sealed like any other text and opened for him alone."""

import dataclasses
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from json import dumps, loads
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Draft
from tanxin.apps.sealing import client
from tanxin.apps.sealing.client import Grant, Named
from tanxin.core.access import Actor

FIELD = "draft"


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form as they were typed, and when they were kept.

    ``aside`` is what another window typed meanwhile; ``version`` counts how often it was kept.
    """

    fields: Mapping[str, str]
    saved_at: datetime
    version: int = 0
    aside: "Typed | None" = None


@dataclass(frozen=True, slots=True)
class Window:
    """The page somebody types in, and the version of the draft that it began with."""

    id: UUID
    version: int = 0


def save_draft(
    actor: Actor,
    purpose: str,
    about_id: UUID,
    fields: Mapping[str, str],
    *,
    window: Window,
    at: datetime,
) -> bool:
    """Keep ``fields`` as the draft, or beside what another window has written since.

    Returns whether it is the draft. Call it outside of any transaction.
    """
    if actor.person_id is None:
        raise RecordNotFound(about_id)
    text, rows = dumps(dict(fields), ensure_ascii=False), draft_rows(actor, purpose, about_id)
    new = Draft(
        realm_id=actor.realm_id, author_id=actor.person_id, purpose=purpose, about_id=about_id,
        window=window.id, saved_at=at,
    )  # fmt: skip
    main, aside = rows.get(False), rows.get(True)
    if main is None:
        if add_first(new, text):
            return True
    elif (window.id == main.window or window.version == main.version) and replace(
        actor, main, text, new
    ):
        return True
    new.is_aside = True
    if aside is None:
        add_first(new, text)
    else:
        replace(actor, aside, text, new)
    return False


def add_first(draft: Draft, text: str) -> bool:
    """Of two windows that begin at once one is first."""
    named = Named(draft.author_id, "author")
    [made] = client.create(
        draft.realm_id, [client.NewText(draft.pk, FIELD, text.encode(), (named,))]
    )
    draft.wrapped_key, draft.sealed = made.wrapped_key, made.sealed
    draft.start, draft.mac = made.grants[0].start, made.grants[0].mac
    with suppress(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)
        return True
    return False


def replace(actor: Actor, known: Draft, text: str, new: Draft) -> bool:
    """Of two windows that save at once one does."""
    number, wrapped = known.version + 1, bytes(known.wrapped_key)
    later = client.Draft(known.pk, wrapped, FIELD, number, text.encode(), own_grant(known))
    sealed = client.seal_text(actor, later)
    mine = Draft.objects.filter(realm=known.realm_id, pk=known.pk, version=known.version)
    kept = {"version": number, "window": new.window, "saved_at": new.saved_at}
    return mine.update(sealed=sealed, **kept) == 1


def load_draft(actor: Actor, purpose: str, about_id: UUID) -> Typed | None:
    """Open the actor's own draft, if there is one. Call it outside of any transaction."""
    found = draft_rows(actor, purpose, about_id)
    rows = [found[is_aside] for is_aside in (False, True) if is_aside in found]
    if not rows:
        return None
    texts = client.open_texts(actor, [sealed_of(row) for row in rows], ground=FIELD)
    main, *asides = [
        Typed(loads(text), row.saved_at, row.version) for row, text in zip(rows, texts, strict=True)
    ]
    return dataclasses.replace(main, aside=asides[0]) if asides else main


def sealed_of(draft: Draft) -> client.Sealed:
    return client.Sealed(
        record=draft.pk,
        wrapped_key=bytes(draft.wrapped_key),
        field=FIELD,
        version=draft.version,
        sealed=bytes(draft.sealed),
        grant=own_grant(draft),
    )


def own_grant(draft: Draft) -> Grant:
    return Grant(
        draft.author_id, "author", may_pass_on=False, start=draft.start, end=None,
        mac=bytes(draft.mac),
    )  # fmt: skip


def drop_draft(actor: Actor, purpose: str, about_id: UUID, *, aside_only: bool = False) -> None:
    rows = Draft.objects.filter(
        realm=actor.realm_id, author=actor.person_id, purpose=purpose, about_id=about_id
    )
    (rows.filter(is_aside=True) if aside_only else rows).delete()


def draft_rows(actor: Actor, purpose: str, about_id: UUID) -> dict[bool, Draft]:
    """The draft, and what another window wrote, by whether it is aside."""
    rows = Draft.objects.filter(
        realm=actor.realm_id, author=actor.person_id, purpose=purpose, about_id=about_id
    )
    return {row.is_aside: row for row in rows}
