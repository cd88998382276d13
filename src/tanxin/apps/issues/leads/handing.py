"""Handing something to another body: asked, approved by a second person, followed without words."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import services as archive
from tanxin.apps.archive.services import Sealed, open_texts
from tanxin.apps.audit.services import record
from tanxin.apps.issues.access import issue_for
from tanxin.apps.issues.feedback.writing import Reader, Statement, barred_from
from tanxin.apps.issues.leads.access import LeadForbidden, lead_for
from tanxin.apps.issues.leads.models import Lead
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.second_person import APPROVING, check_second, head_of, second_people
from tanxin.apps.issues.untellable import StillMarked, TooMuchSaid
from tanxin.apps.issues.wording import known_words, said_by_source
from tanxin.apps.org.access import unit_for
from tanxin.apps.realms.selectors import zone_of
from tanxin.apps.talks.submission import id_of
from tanxin.core.access import Actor, Permission
from tanxin.core.deidentify import MarkKind, find_marks
from tanxin.core.lifecycle import IllegalMove, next_state
from tanxin.core.passing_on import LEAD_MOVES, LeadMove, LeadState
from tanxin.core.wording import is_blank

# What is about, and where more can be asked; not a record.
LONGEST = 500
LOOKED_AT = (MarkKind.OWN, MarkKind.QUOTE)


def ask_lead(
    actor: Actor,
    issue_id: UUID,
    statement: Statement,
    *,
    body: UUID,
    approver: UUID,
    is_about_source: bool,
    at: datetime,
    form: UUID | None = None,
) -> Lead:
    """Ask ``approver`` whether it may go to who heads ``body``; the issue is not kept with it.

    ``is_about_source`` lets the one who raised it be named, because it is about himself. Raises
    ``TextMissing``, ``TooMuchSaid``, ``StillMarked``, ``NobodyToReview``, ``NobodyToAnswer``, and
    as ``issue_for`` and ``unit_for``.
    """
    issue = issue_for(actor, issue_id, Permission.LEAD_HAND)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    unit_for(actor, body, Permission.ORG_VIEW, on=today)
    new_id = id_of(actor, form)
    written = Lead.objects.filter(realm=actor.realm_id, pk=new_id)
    if earlier := written.first():
        return earlier
    barred = barred_from(issue)
    check_second(actor.realm_id, approver, APPROVING, barred, on=today)
    head = head_of(actor.realm_id, body, {*barred, approver}, on=today)
    said = said_by_source(actor, issue)
    source = None if is_about_source else issue.talk.subject_id
    check_little(actor, statement, source=source, said=said)
    readers = [(me(actor), "initiator"), (approver, "endorser")]
    sealed = sealed_for(actor, new_id, "issue", statement.text, readers)
    try:
        with transaction.atomic():
            issue_for(actor, issue_id, Permission.LEAD_HAND)
            lead = Lead.objects.create(
                pk=new_id, realm_id=actor.realm_id, author_id=me(actor), approver_id=approver,
                body_id=body, recipient_id=head, draft=archive.store(sealed, readers, at),
                asked_at=at,
            )  # fmt: skip
            log(actor, "lead.asked", lead, at)
    except IntegrityError:
        if earlier := written.first():
            return earlier
        raise
    return lead


def check_little(
    actor: Actor, statement: Statement, *, source: UUID | None, said: list[str]
) -> None:
    if is_blank(statement.text):
        raise TextMissing("statement")
    if len(statement.text.strip()) > LONGEST:
        raise TooMuchSaid(LONGEST)
    marks = find_marks(statement.text, known_words(actor.realm_id, source=source, said=said))
    found = tuple(mark for mark in marks if mark.kind in LOOKED_AT)
    if any(not mark.may_stay or mark.key not in statement.kept for mark in found):
        raise StillMarked(found)


def approve_lead(actor: Actor, lead_id: UUID, *, at: datetime) -> Lead:
    """Let it go.

    Raises ``NobodyToReview`` for who approves no more, ``NobodyToAnswer`` where nobody heads the
    body, ``IllegalMove`` if another does now, and as ``lead_for``.
    """
    lead = lead_for(actor, lead_id, Permission.LEAD_APPROVE)
    asked(lead)
    today = at.astimezone(zone_of(actor.realm_id)).date()
    others = {lead.author_id, lead.approver_id}
    check_second(lead.realm_id, lead.approver_id, APPROVING, {lead.author_id}, on=today)
    if head_of(lead.realm_id, lead.body_id, others, on=today) != lead.recipient_id:
        raise IllegalMove("somebody else heads the body now")
    text = open_texts(actor, [lead.draft_id], Permission.LEAD_APPROVE)[lead.draft_id]
    readers: list[Reader] = [*author_and_approver(lead), (lead.recipient_id, "owner")]
    sealed = sealed_for(actor, lead.pk, "issue", text, readers)
    with transaction.atomic():
        lead = lead_for(actor, lead_id, Permission.LEAD_APPROVE)
        handed = archive.store(sealed, readers, at)
        move(lead, LeadMove.APPROVE, handed=handed, decided_at=at)
        log(actor, "lead.approved", lead, at)
    return lead


def refuse_lead(actor: Actor, lead_id: UUID, *, reason: str, at: datetime) -> Lead:
    """Raises ``TextMissing``, ``IllegalMove``, and as ``lead_for``."""
    lead = lead_for(actor, lead_id, Permission.LEAD_APPROVE)
    asked(lead)
    if is_blank(reason):
        raise TextMissing("reason")
    readers = author_and_approver(lead)
    sealed = sealed_for(actor, lead.pk, "reason", reason, readers)
    with transaction.atomic():
        lead = lead_for(actor, lead_id, Permission.LEAD_APPROVE)
        why = archive.store(sealed, readers, at)
        move(lead, LeadMove.REFUSE, reason=why, decided_at=at)
        log(actor, "lead.refused", lead, at)
    return lead


def follow_lead(actor: Actor, lead_id: UUID, by: LeadMove, *, at: datetime) -> Lead:
    """The body says how it stands, without a word of what. Raises ``IllegalMove``."""
    with transaction.atomic():
        lead = lead_for(actor, lead_id, Permission.LEAD_FOLLOW)
        if by in {LeadMove.APPROVE, LeadMove.REFUSE}:
            raise IllegalMove("the second person decides that")
        move(lead, by, followed_at=at)
        log(actor, "lead.followed", lead, at)
    return lead


def approvers_of(actor: Actor, issue_id: UUID, *, on: date) -> list[UUID]:
    """Whom the author may name. Raises as ``issue_for``."""
    issue = issue_for(actor, issue_id, Permission.LEAD_HAND)
    return second_people(actor.realm_id, APPROVING, barred_from(issue), on=on)


def me(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise LeadForbidden
    return actor.person_id


def asked(lead: Lead) -> None:
    if lead.state != LeadState.ASKED:
        raise IllegalMove("it was decided in the meantime")


def author_and_approver(lead: Lead) -> list[Reader]:
    return [(lead.author_id, "initiator"), (lead.approver_id, "endorser")]


def sealed_for(actor: Actor, lead_id: UUID, kind: str, text: str, readers: list[Reader]) -> Sealed:
    return archive.prepare(
        actor.realm_id, kind=kind, about_kind="lead", about_id=lead_id, author_id=me(actor),
        text=text.strip(), parties=readers,
    )  # fmt: skip


def move(lead: Lead, by: LeadMove, **changes: object) -> None:
    """Raises ``IllegalMove``, also where somebody else was faster."""
    after = next_state(LEAD_MOVES, LeadState(lead.state), by)
    row = Lead.objects.filter(realm=lead.realm_id, pk=lead.pk, state=lead.state)
    if row.update(state=after.value, **changes) != 1:
        raise IllegalMove("it was decided in the meantime")
    lead.refresh_from_db()


def log(actor: Actor, event: str, lead: Lead, at: datetime) -> None:
    record(
        event, realm_id=actor.realm_id, actor=actor, subject_kind="lead", subject_id=lead.pk,
        detail={"body": str(lead.body_id), "state": lead.state}, at=at,
    )  # fmt: skip
