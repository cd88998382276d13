"""Drafts, for who writes rules and who may put them in force; nobody else learns of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tanxin.apps.duties.drafted import DROPPED, EDITABLE, PROPOSED, DraftText, PackDraft
from tanxin.apps.duties.models import PackInForce
from tanxin.apps.org.selectors.entrusted import holders_of
from tanxin.apps.org.selectors.leading import is_subordinate
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, Role, RowNotFound, decide
from tanxin.core.drafting.placed import Looked, look_at
from tanxin.core.drafting.rewrite import read_tree
from tanxin.core.drafting.tree import Tree

DraftRow: TypeAlias = PackDraft
TextRow: TypeAlias = DraftText
APPROVERS = frozenset({Role.ORGANISER, Role.SUPERVISOR})
REASON = "draft-reason"
FILE = "draft.yaml"
MOST_DRAFTS = 200
MOST_TEXTS = 100


class DraftNotFound(RowNotFound):
    pass


@dataclass(frozen=True, slots=True)
class Standing:
    """What an actor may do to a draft as it stands."""

    edits: bool
    proposes: bool
    decides: bool
    withdraws: bool


def may_draft(actor: Actor) -> bool:
    return decide(Permission.RULE_DRAFT, actor.standing).allowed


def may_read_drafts(actor: Actor) -> bool:
    return may_draft(actor) or decide(Permission.RULE_APPROVE, actor.standing).allowed


def drafts(actor: Actor) -> list[PackDraft]:
    """Raises ``DraftNotFound`` for whoever has nothing to do with them."""
    if not may_read_drafts(actor):
        raise DraftNotFound
    rows = PackDraft.objects.filter(realm=actor.realm_id).exclude(state=DROPPED)
    return list(rows.defer("text").order_by("-changed_at", "-pk")[:MOST_DRAFTS])


def draft_for(actor: Actor, draft_id: UUID) -> PackDraft:
    """Raises ``DraftNotFound``."""
    row = PackDraft.objects.filter(realm=actor.realm_id, pk=draft_id).exclude(state=DROPPED).first()
    if row is None or not may_read_drafts(actor):
        raise DraftNotFound(draft_id)
    return row


def texts_of(draft: PackDraft) -> list[DraftText]:
    """The newest first."""
    rows = DraftText.objects.filter(realm=draft.realm_id, draft=draft)
    return list(rows.order_by("-number")[:MOST_TEXTS])


def text_numbered(draft: PackDraft, number: int) -> DraftText:
    """Raises ``DraftNotFound``."""
    row = DraftText.objects.filter(realm=draft.realm_id, draft=draft, number=number).first()
    if row is None:
        raise DraftNotFound(number)
    return row


def standing_of(actor: Actor, draft: PackDraft, *, on: date) -> Standing:
    writes, editable = may_draft(actor), draft.state in EDITABLE
    proposed = draft.state == PROPOSED
    return Standing(
        edits=writes and editable,
        proposes=writes and editable,
        decides=proposed and may_decide(actor, draft, on=on),
        withdraws=proposed and writes,
    )


def writers_of(draft: PackDraft) -> frozenset[UUID]:
    """Everybody with a part in it: who wrote any of its texts, and who proposed it."""
    texts = DraftText.objects.filter(realm=draft.realm_id, draft=draft)
    found = {*texts.values_list("by", flat=True), draft.changed_by_id, draft.proposed_by_id}
    return frozenset(one for one in found if one is not None)


def who_may_approve(realm_id: UUID, writers: frozenset[UUID], *, on: date) -> frozenset[UUID]:
    """None of the writers, and nobody who works under one of them."""
    entitled = holders_of(realm_id, APPROVERS, on)
    return frozenset(one for one in entitled - writers if is_free(realm_id, one, writers, on))


def is_free(realm_id: UUID, person_id: UUID, writers: frozenset[UUID], on: date) -> bool:
    return person_id not in writers and not any(
        is_subordinate(realm_id, person_id, writer, on) for writer in writers
    )


def may_decide(actor: Actor, draft: PackDraft, *, on: date) -> bool:
    if not decide(Permission.RULE_APPROVE, actor.standing).allowed:
        return False
    return actor.person_id in holders_of(draft.realm_id, APPROVERS, on) and is_free(
        draft.realm_id, actor.person_id, writers_of(draft), on
    )


def drafts_to_decide(actor: Actor, *, on: date) -> list[PackDraft]:
    """What waits for the actor's word."""
    if not decide(Permission.RULE_APPROVE, actor.standing).allowed:
        return []
    rows = PackDraft.objects.filter(realm=actor.realm_id, state=PROPOSED).defer("text")
    waiting = rows.exclude(proposed_by=actor.person_id).order_by("proposed_at", "pk")
    return [row for row in waiting[:MOST_DRAFTS] if may_decide(actor, row, on=on)]


def why_returned(draft: PackDraft) -> str:
    if not draft.reason_sealed:
        return ""
    return pii.open_pii(draft.realm_id, draft.pk, REASON, bytes(draft.reason_sealed))


def source_in_force(actor: Actor, pack_id: UUID) -> str:
    """The source of a version that was adopted. Raises ``DraftNotFound``."""
    row = PackInForce.objects.filter(realm=actor.realm_id, pk=pack_id).first()
    if row is None or not may_read_drafts(actor):
        raise DraftNotFound(pack_id)
    return row.text


def text_in_force(realm_id: UUID, pack: str) -> str | None:
    """The source of the version that is in force, for the shell."""
    rows = PackInForce.objects.filter(realm=realm_id, pack=pack, end=None).order_by("-start")
    return rows.values_list("text", flat=True).first()


def packs_beside(realm_id: UUID, tree: Tree) -> Mapping[str, str]:
    """The packs in force that a draft would stand beside, without the one it would follow."""
    own = str(tree.get("pack", "")) if isinstance(tree, dict) else ""
    staying = PackInForce.objects.filter(realm=realm_id, end=None).exclude(pack=own)
    return dict(staying.order_by("file").values_list("file", "text"))


def look(realm_id: UUID, text: str) -> Looked:
    """Check the text of a draft together with what is in force."""
    return look_at(FILE, text, packs_beside(realm_id, read_tree(text)))
