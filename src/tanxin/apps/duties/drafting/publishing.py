"""Two people put rules in force: who writes them proposes, somebody free to say no approves."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tanxin.apps.duties.drafted import (
    EDITABLE,
    PROPOSED,
    PUBLISHED,
    RETURNED,
    WRITING,
    DraftText,
    PackDraft,
)
from tanxin.apps.duties.drafting.reading import (
    FILE,
    REASON,
    DraftNotFound,
    draft_for,
    look,
    may_decide,
    who_may_approve,
    writers_of,
)
from tanxin.apps.duties.drafting.writing import (
    DraftForbidden,
    DraftIsFrozen,
    DraftMoved,
    begin_draft,
    digest_of,
    drop_draft,
    log,
    to_change,
)
from tanxin.apps.duties.models import PackInForce
from tanxin.apps.duties.packs import (
    PacksHaveFaults,
    VersionIsTaken,
    adopt_checked,
    log_published,
    refuse_taken,
)
from tanxin.apps.sealing import pii
from tanxin.core.access import Actor, Permission, decide
from tanxin.core.drafting.placed import Placed
from tanxin.core.wording import is_blank


class DraftHasFaults(Exception):
    """Nothing with a fault is put in force; ``faults`` say what and where."""

    def __init__(self, faults: tuple[Placed, ...]) -> None:
        super().__init__(f"{len(faults)} faults, the first: {faults[0].fault.code}")
        self.faults = faults


class NobodyToApprove(Exception):
    """There is no second person who is free to say no."""


class StartIsPast(Exception):
    """Past periods keep the rules they had: the day it begins may not lie behind us."""


class ReasonMissing(Exception):
    """Whoever says no says why."""


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    pack: str
    version: str
    start: date


def propose_draft(
    actor: Actor, draft_id: UUID, *, base: int, start: date, today: date, at: datetime
) -> PackDraft:
    """Freeze the text and ask a second person to put it in force on ``start``.

    Raises ``DraftNotFound``, ``DraftForbidden``, ``DraftIsFrozen``, ``DraftMoved``,
    ``DraftHasFaults``, ``VersionIsTaken``, ``StartIsPast`` or ``NobodyToApprove``.
    """
    draft = to_change(actor, draft_id)
    if draft.number != base:
        raise DraftMoved(draft)
    if start < today:
        raise StartIsPast(start)
    refuse_faulty(draft)
    if not who_may_approve(draft.realm_id, writers_of(draft) | person(actor), on=today):
        raise NobodyToApprove
    digest = digest_of(draft.text, start)
    with transaction.atomic():
        rows = PackDraft.objects.filter(
            realm=actor.realm_id, pk=draft_id, number=base, state__in=EDITABLE
        )
        changed = rows.update(
            state=PROPOSED,
            digest=digest,
            start=start,
            proposed_by=actor.person_id,
            proposed_at=at,
            decided_by=None,
            decided_at=None,
            reason_sealed=None,
        )
        if changed != 1:
            raise DraftIsFrozen(draft_id)
        log("rules.proposed", actor, draft, at, digest=digest, start=start.isoformat())
    draft.refresh_from_db()
    return draft


def person(actor: Actor) -> frozenset[UUID]:
    """Whoever acts from the shell is none."""
    return frozenset({actor.person_id} if actor.person_id else ())


def refuse_faulty(draft: PackDraft) -> None:
    looked = look(draft.realm_id, draft.text)
    if looked.faults or looked.pack is None:
        raise DraftHasFaults(looked.faults)
    refuse_taken(draft.realm_id, looked.pack)


def approve_draft(
    actor: Actor, draft_id: UUID, *, digest: str, today: date, at: datetime
) -> PublishedVersion:
    """Put in force what was proposed, letter by letter and from that day.

    ``digest`` says which text and which day the approver saw. Raises ``DraftNotFound``,
    ``DraftForbidden``, ``DraftIsFrozen``, ``StartIsPast``, ``PacksHaveFaults`` or
    ``VersionIsTaken``.
    """
    draft = to_decide(actor, draft_id, today)
    start = draft.start or today
    if draft.digest != digest or digest_of(draft.text, start) != digest:
        raise DraftIsFrozen(draft_id)
    if start < today:
        raise StartIsPast(start)
    with transaction.atomic():
        settle(draft, PROPOSED, actor, at)  # Of two who approve at once one goes on.
        new, _ = adopt_checked(draft.realm_id, {FILE: draft.text}, start=start, at=at)
        row = PackInForce.objects.get(realm=draft.realm_id, pack=new[0].id, version=new[0].version)
        PackDraft.objects.filter(realm=draft.realm_id, pk=draft.pk).update(
            state=PUBLISHED, published=row
        )
        log_published(actor, new, at, draft=str(draft.pk), digest=digest)
    return PublishedVersion(row.pack, row.version, row.start)


def return_draft(
    actor: Actor, draft_id: UUID, *, reason: str, today: date, at: datetime
) -> PackDraft:
    """Say why not; it can be changed again. Raises as ``approve_draft``, or ``ReasonMissing``."""
    draft = to_decide(actor, draft_id, today)
    if is_blank(reason):
        raise ReasonMissing
    sealed = pii.seal_pii(draft.realm_id, draft.pk, REASON, reason.strip())
    with transaction.atomic():
        settle(draft, RETURNED, actor, at, reason_sealed=sealed)
        log("rules.returned", actor, draft, at, digest=draft.digest)
    return draft


def publish_text(
    actor: Actor, text: str, *, start: date, today: date, at: datetime
) -> PackDraft | None:
    """From the shell: propose it to whoever may approve; nothing where nobody is there to.

    Raises as ``begin_draft`` and ``propose_draft``.
    """
    if not who_may_approve(actor.realm_id, person(actor), on=today):
        return None
    draft = begin_draft(actor, text, at=at)
    try:
        return propose_draft(actor, draft.pk, base=1, start=start, today=today, at=at)
    except Exception:
        drop_draft(actor, draft.pk, at=at)
        raise


def withdraw_draft(actor: Actor, draft_id: UUID, *, at: datetime) -> PackDraft:
    """Go on writing. Raises ``DraftNotFound``, ``DraftForbidden`` or ``DraftIsFrozen``."""
    draft = draft_for(actor, draft_id)
    if not decide(Permission.RULE_DRAFT, actor.standing).allowed:
        raise DraftForbidden(Permission.RULE_DRAFT)
    with transaction.atomic():
        rows = PackDraft.objects.filter(realm=actor.realm_id, pk=draft_id, state=PROPOSED)
        if rows.update(state=WRITING, digest="", start=None) != 1:
            raise DraftIsFrozen(draft_id)
        log("rules.withdrawn", actor, draft, at)
    draft.refresh_from_db()
    return draft


def to_decide(actor: Actor, draft_id: UUID, on: date) -> PackDraft:
    draft = draft_for(actor, draft_id)
    if not decide(Permission.RULE_APPROVE, actor.standing).allowed:
        raise DraftForbidden(Permission.RULE_APPROVE)
    if draft.state != PROPOSED:
        raise DraftIsFrozen(draft_id)
    if not may_decide(actor, draft, on=on):
        raise DraftForbidden(Permission.RULE_APPROVE)
    return draft


def settle(draft: PackDraft, state: str, actor: Actor, at: datetime, **changes: object) -> None:
    """Only what was looked at, and only by somebody who wrote nothing of it."""
    rows = PackDraft.objects.filter(
        realm=draft.realm_id,
        pk=draft.pk,
        state=PROPOSED,
        digest=draft.digest,
        start=draft.start,
        number=draft.number,
        decided_by=None,
    ).exclude(
        pk__in=DraftText.objects.filter(
            realm=draft.realm_id, draft=draft.pk, by=actor.person_id
        ).values("draft")
    )
    if rows.update(state=state, decided_by=actor.person_id, decided_at=at, **changes) != 1:
        raise DraftIsFrozen(draft.pk)
    draft.refresh_from_db()


__all__ = [
    "DraftForbidden",
    "DraftHasFaults",
    "DraftIsFrozen",
    "DraftNotFound",
    "NobodyToApprove",
    "PacksHaveFaults",
    "PublishedVersion",
    "ReasonMissing",
    "StartIsPast",
    "VersionIsTaken",
    "approve_draft",
    "propose_draft",
    "publish_text",
    "return_draft",
    "withdraw_draft",
]
