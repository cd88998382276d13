"""The door for whoever types a talk from its sheet, and what is known of the sheets of a talk."""

from typing import TypeAlias
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tanxin.apps.archive.attachments import AttachmentRow, attachments_about
from tanxin.apps.archive.models import Record
from tanxin.apps.org.apart import not_barred
from tanxin.apps.org.recusals import not_kept_from
from tanxin.apps.talks.access import TalkNotFound, led
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.paper_models import ACCEPTED, RETURNED, WAITING, Assistant, PaperEntry
from tanxin.apps.talks.witnesses import witnessed_talks
from tanxin.core.access import Actor, Permission, Relation, decide
from tanxin.core.lifecycle import TalkState

EntryRow: TypeAlias = PaperEntry
# A sheet is entered instead of a first record, never over one.
OPEN_TO_PAPER = (TalkState.PROPOSED.value, TalkState.AGREED.value, TalkState.HELD.value)


def assisted_talks(actor: Actor) -> QuerySet[Talk]:
    """The talks that the actor was asked to type, none that is kept from him."""
    if actor.person_id is None:
        return Talk.objects.none()
    if not decide(Permission.PAPER_ENTER, frozenset({Relation.ASSISTANT})).allowed:
        return Talk.objects.none()
    mine = Assistant.objects.filter(
        realm=actor.realm_id, talk=OuterRef("pk"), person=actor.person_id, ended_at=None
    ).filter(initiator=OuterRef("initiator"))
    return Talk.objects.filter(
        Exists(mine),
        not_barred(actor.realm_id, actor.person_id, "initiator", "subject"),
        not_kept_from(actor, "pk", "subject"),
        realm=actor.realm_id,
        state__in=OPEN_TO_PAPER,
    )


def assisted_talk_for(actor: Actor, talk_id: UUID) -> Talk:
    """Raises ``TalkNotFound`` for whoever was not asked to type it, or no longer is."""
    talk = assisted_talks(actor).filter(pk=talk_id).first()
    if talk is None:
        raise TalkNotFound(talk_id)
    return talk


def sheets_waiting_for(actor: Actor) -> QuerySet[Talk]:
    """Talks whose sheet the actor is to type, and those of his own of which one was typed.

    The latter are ``is_typed``; records he is to read back are among them by their state. One
    query: the first page asks.
    """
    waiting = PaperEntry.objects.filter(
        realm=actor.realm_id, talk=OuterRef("pk"), initiator=OuterRef("initiator"), state=WAITING
    )
    typed = Talk.objects.filter(led(actor), realm=actor.realm_id, state__in=OPEN_TO_PAPER)
    rows = assisted_talks(actor) | typed | witnessed_talks(actor)
    asked = rows.annotate(is_typed=Exists(waiting)).order_by("planned_for", "pk")
    return asked.filter(
        Q(is_typed=True, initiator=actor.person_id)
        | ~Q(initiator=actor.person_id) & Q(is_typed=False)
    )


def may_be_on_paper(talk: Talk) -> bool:
    return (
        talk.group_id is None
        and talk.state in OPEN_TO_PAPER
        and not Record.objects.filter(realm=talk.realm_id, about_id=talk.pk, kind="record").exists()
    )


def assistant_of(talk: Talk) -> UUID | None:
    rows = Assistant.objects.filter(realm=talk.realm_id, talk=talk.pk, ended_at=None)
    return rows.values_list("person", flat=True).first()


def entry_of(talk: Talk) -> PaperEntry | None:
    """What was typed last; returned only while nothing newer came."""
    rows = PaperEntry.objects.filter(realm=talk.realm_id, talk=talk.pk)
    return rows.order_by("entered_at", "pk").last()


def waiting_entry(talk: Talk) -> PaperEntry | None:
    return PaperEntry.objects.filter(realm=talk.realm_id, talk=talk.pk, state=WAITING).first()


def was_returned(talk: Talk) -> PaperEntry | None:
    last = entry_of(talk)
    return last if last is not None and last.state == RETURNED else None


def scans_of(actor: Actor, entry: PaperEntry) -> QuerySet[AttachmentRow]:
    return attachments_about(actor, [entry.pk])


def records_of_entry(actor: Actor, entry: PaperEntry) -> list[UUID]:
    """What was typed, and its scans: read by the initiator before they became the record."""
    return [entry.words_id, *(scan.record_id for scan in scans_of(actor, entry))]


def accepted_entry(talk: Talk) -> PaperEntry | None:
    """The sheet a record came from."""
    if not talk.from_paper:
        return None
    return PaperEntry.objects.filter(realm=talk.realm_id, talk=talk.pk, state=ACCEPTED).first()


def entries_of(talk: Talk) -> list[UUID]:
    """The entries whose scans are of this talk: not what was sent back."""
    rows = PaperEntry.objects.filter(realm=talk.realm_id, talk=talk.pk)
    return list(rows.exclude(state=RETURNED).values_list("pk", flat=True))
