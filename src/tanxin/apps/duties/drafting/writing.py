"""Beginning a draft and changing its text; of two writers neither loses what he wrote."""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from tanxin.apps.audit import services as audit
from tanxin.apps.duties.drafted import DROPPED, EDITABLE, DraftText, PackDraft
from tanxin.apps.duties.drafting.reading import DraftNotFound, draft_for, may_draft, text_numbered
from tanxin.core.access import Actor, Permission, RowForbidden
from tanxin.core.drafting.rewrite import read_tree
from tanxin.core.policy.read import MAX_CHARACTERS

MOST_LETTERS = {"pack": 60, "title": 120}


class DraftForbidden(RowForbidden):
    """It may be read, but is not the actor's to change."""


class DraftIsFrozen(Exception):
    """It was proposed or settled: what somebody decides about does not change under his eyes."""


class DraftMoved(Exception):
    """Somebody else saved in between: ``now`` is what stands there."""

    def __init__(self, now: PackDraft) -> None:
        super().__init__(now.pk)
        self.now = now


class TextTooLong(Exception):
    """More than a pack may have."""


def digest_of(text: str, start: date | None = None) -> str:
    """Of what is proposed it stands for the day as well."""
    said = f"{start.isoformat()}\n{text}" if start else text
    return sha256(said.encode()).hexdigest()


def begin_draft(actor: Actor, text: str, *, at: datetime) -> PackDraft:
    """Raises ``DraftForbidden`` or ``TextTooLong``."""
    if not may_draft(actor):
        raise DraftForbidden(Permission.RULE_DRAFT)
    refuse_long(text)
    with transaction.atomic():
        draft = PackDraft.objects.create(
            realm_id=actor.realm_id,
            text=text,
            changed_by_id=actor.person_id,
            changed_at=at,
            **named(text),
        )
        keep_text(actor, draft.pk, 1, text, at)
        log("rules.drafted", actor, draft, at)
    return draft


def save_text(actor: Actor, draft_id: UUID, text: str, *, base: int, at: datetime) -> PackDraft:
    """Put a text in place of number ``base``; the same text again changes nothing.

    Raises ``DraftNotFound``, ``DraftForbidden``, ``TextTooLong``, ``DraftIsFrozen`` or
    ``DraftMoved``.
    """
    draft = to_change(actor, draft_id)
    refuse_long(text)
    if draft.number != base:
        raise DraftMoved(draft)
    if draft.text == text:
        return draft
    with transaction.atomic():
        rows = PackDraft.objects.filter(
            realm=actor.realm_id, pk=draft_id, number=base, state__in=EDITABLE
        )
        changed = rows.update(
            text=text,
            number=base + 1,
            changed_by=actor.person_id,
            changed_at=at,
            **named(text),
        )
        if changed:
            keep_text(actor, draft_id, base + 1, text, at)
            log("rules.edited", actor, draft, at, digest=digest_of(text))
    draft.refresh_from_db()
    if not changed:
        raise DraftIsFrozen(draft_id) if draft.state not in EDITABLE else DraftMoved(draft)
    return draft


def take_back(actor: Actor, draft_id: UUID, *, to: int, base: int, at: datetime) -> PackDraft:
    """Put an earlier text back, as a new one. Raises as ``save_text``."""
    draft = to_change(actor, draft_id)
    return save_text(actor, draft_id, text_numbered(draft, to).text, base=base, at=at)


def drop_draft(actor: Actor, draft_id: UUID, *, at: datetime) -> None:
    """Raises ``DraftNotFound``, ``DraftForbidden`` or ``DraftIsFrozen``."""
    draft = to_change(actor, draft_id)
    with transaction.atomic():
        rows = PackDraft.objects.filter(realm=actor.realm_id, pk=draft_id, state__in=EDITABLE)
        if rows.update(state=DROPPED) != 1:
            raise DraftIsFrozen(draft_id)
        log("rules.dropped", actor, draft, at)


def to_change(actor: Actor, draft_id: UUID) -> PackDraft:
    draft = draft_for(actor, draft_id)
    if not may_draft(actor):
        raise DraftForbidden(Permission.RULE_DRAFT)
    if draft.state not in EDITABLE:
        raise DraftIsFrozen(draft_id)
    return draft


def refuse_long(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong(len(text))


def named(text: str) -> dict[str, str]:
    """What a draft calls itself, as far as it says so yet."""
    tree = read_tree(text)
    said = tree if isinstance(tree, dict) else {}
    title = said.get("title")
    words = title.get("zh") or title.get("en") if isinstance(title, dict) else title
    found = {"pack": said.get("pack"), "title": words}
    return {
        name: value[: MOST_LETTERS[name]] if isinstance(value, str) else ""
        for name, value in found.items()
    }


def keep_text(actor: Actor, draft_id: UUID, number: int, text: str, at: datetime) -> None:
    DraftText.objects.create(
        realm_id=actor.realm_id,
        draft_id=draft_id,
        number=number,
        text=text,
        by_id=actor.person_id,
        at=at,
    )


def log(event: str, actor: Actor, draft: PackDraft, at: datetime, **detail: str) -> None:
    audit.record(
        event,
        realm_id=draft.realm_id,
        actor=actor,
        subject_kind="draft",
        subject_id=draft.pk,
        at=at,
        detail={"pack": draft.pack, **detail},
    )


__all__ = [
    "DraftForbidden",
    "DraftIsFrozen",
    "DraftMoved",
    "DraftNotFound",
    "TextTooLong",
    "begin_draft",
    "drop_draft",
    "save_text",
    "take_back",
]
