"""Paper first: somebody types the signed sheet, the initiator looks at it and says that it is so.

What was typed is sealed for the initiator alone. With his word it becomes the first version of the
record, and the subject is asked as always: nobody confirms for him here.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from json import dumps, loads
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from tanxin.apps.archive import attachments
from tanxin.apps.archive import services as archive
from tanxin.apps.org.access import person_for
from tanxin.apps.org.apart import barred_from
from tanxin.apps.org.recusals import kept_from
from tanxin.apps.org.selectors.accounts import has_account
from tanxin.apps.sealing.client import Named
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.assisting import (
    assistant_of,
    assisted_talk_for,
    may_be_on_paper,
    scans_of,
    waiting_entry,
)
from tanxin.apps.talks.conduct import day_of, form_of
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.paper_models import ACCEPTED, RETURNED, WAITING, Assistant, PaperEntry
from tanxin.apps.talks.refusals import (
    AssistantNotFree,
    LateEntryNeedsReason,
    NothingEntered,
    NotOnPaper,
    PageIsOld,
    ScanMissing,
)
from tanxin.apps.talks.services.measuring import measured_record
from tanxin.apps.talks.services.moments import check_reach
from tanxin.apps.talks.services.recording import (
    NO_ANSWERS,
    Words,
    body_of,
    comes_late,
    sealed_late,
    sealed_record,
    write,
)
from tanxin.apps.talks.services.signing import check_signed, sign
from tanxin.apps.talks.services.words import Readers, me, sealed
from tanxin.apps.talks.submission import id_of
from tanxin.apps.talks.transitions import log
from tanxin.core.access import Actor, Permission
from tanxin.core.policy.manner import Part
from tanxin.core.uploads import Admitted
from tanxin.core.wording import is_blank

DRAFT = "paper"


def name_assistant(actor: Actor, talk_id: UUID, person_id: UUID, *, at: datetime) -> Talk:
    """The initiator asks somebody to type this talk from its sheet, in place of whom he asked.

    Raises ``NotOnPaper``, ``AssistantNotFree``, and as ``talk_for`` and ``person_for``.
    """
    person_for(actor, person_id, Permission.ORG_VIEW)
    on = day_of(actor.realm_id, at)
    with one_at_a_time(person_id), transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
        if not may_be_on_paper(talk):
            raise NotOnPaper(talk_id)
        if not is_free_to_type(talk, person_id, on=on):
            raise AssistantNotFree(person_id)
        if assistant_of(talk) == person_id:
            return talk
        end_assistance(talk, at)
        Assistant.objects.create(
            realm_id=talk.realm_id,
            talk=talk,
            initiator_id=me(actor),
            person_id=person_id,
            named_at=at,
        )
        log(actor, "talk.assistant_named", talk, at=at, detail={"assistant": str(person_id)})
    return talk


@contextmanager
def one_at_a_time(person_id: UUID) -> Iterator[None]:
    """Of two who name somebody at the same moment the second is refused."""
    try:
        yield
    except IntegrityError:
        raise AssistantNotFree(person_id) from None


def is_free_to_type(talk: Talk, person_id: UUID, *, on: date) -> bool:
    """Neither of the two nor kept apart from one, not kept from it, and able to log in."""
    sides = {talk.initiator_id, talk.subject_id}
    return (
        person_id not in sides | barred_from(talk.realm_id, sides, on)
        and person_id not in kept_from(talk.realm_id, [talk.pk, talk.subject_id])
        and has_account(talk.realm_id, person_id)
    )


def end_assistance(talk: Talk, at: datetime) -> None:
    rows = Assistant.objects.filter(realm=talk.realm_id, talk=talk.pk, ended_at=None)
    rows.update(ended_at=at)


def enter_sheet(  # noqa: PLR0913 one argument for each field of the form
    actor: Actor,
    talk_id: UUID,
    *,
    files: Sequence[Admitted],
    at: datetime,
    text: str = "",
    answers: Mapping[str, str] = NO_ANSWERS,
    nothing_raised: bool = False,
    held_at: datetime | None = None,
    late_reason: str = "",
    form: UUID | None = None,
) -> PaperEntry:
    """The assistant hands in what stands on the sheet, with its scan; the initiator decides.

    The same ``form`` twice is one entry. Raises ``ScanMissing``, ``NotOnPaper``,
    ``LateEntryNeedsReason``, ``TextMissing``, ``FieldMissing``, ``HeldInTheFuture``, what
    ``seal_file`` raises, and ``TalkNotFound`` for whoever was not asked.
    """
    entry_id = id_of(actor, form)
    earlier = PaperEntry.objects.filter(realm=actor.realm_id, pk=entry_id)
    if known := earlier.first():
        return known
    talk = assisted_talk_for(actor, talk_id)
    held = talk.held_at or held_at
    if not may_be_on_paper(talk) or held is None or waiting_entry(talk):
        raise NotOnPaper(talk_id)
    check_reach(held, at)
    if not files:
        raise ScanMissing
    body = body_of(form_of(talk), text, answers, nothing_raised=nothing_raised)
    if comes_late(talk, held, at) and is_blank(late_reason):
        raise LateEntryNeedsReason
    typed = dumps({"body": body, "late": late_reason.strip()}, ensure_ascii=False)
    alone: Readers = [(talk.initiator_id, "initiator")]
    about = ("entry", entry_id)
    with attachments.keeping(actor.realm_id) as keep:
        scans = [
            keep(
                attachments.seal_file(actor, file, about=about, author_id=me(actor), parties=alone)
            )
            for file in files
        ]
        words = sealed(actor, "entry", about, typed, readers=alone)
        try:
            with transaction.atomic():
                talk = assisted_talk_for(actor, talk_id)
                entry = PaperEntry.objects.create(
                    pk=entry_id,
                    realm_id=talk.realm_id,
                    talk=talk,
                    initiator_id=talk.initiator_id,
                    entered_by_id=me(actor),
                    entered_at=at,
                    held_at=held,
                    words=archive.store(words, [(talk.initiator_id, "initiator")], at),
                )
                for scan in scans:
                    attachments.store_file(actor, scan, alone, at)
                log(actor, "talk.sheet_entered", talk, at=at, detail={"scans": len(scans)})
        except IntegrityError:
            raise NotOnPaper(talk_id) from None
    return entry


def accept_sheet(
    actor: Actor, talk_id: UUID, entry_id: UUID, *, at: datetime, means: str = ""
) -> Talk:
    """The initiator says that it is so: it becomes the record, and the subject is asked.

    ``means`` is how he signed, where the type of the talk demands that. Saying it twice is once.
    Raises ``PageIsOld``, ``NothingEntered``, ``NotOnPaper`` where a record was written meanwhile,
    ``SignatureMissing``, what ``take_place`` raises, and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
    entry = entry_before_him(talk, entry_id)
    if entry.state == ACCEPTED:
        return talk
    if not may_be_on_paper(talk):
        raise NotOnPaper(talk_id)
    check_signed(form_of(talk), Part.INITIATOR, means)
    typed = loads(archive.open_texts(actor, [entry.words_id], "initiator")[entry.words_id])
    words = Words(
        record=sealed_record(actor, talk, typed["body"], 0, uuid4()),
        memo=None,
        late=sealed_late(actor, talk, typed["late"]) if typed["late"] else None,
        measures=measured_record(actor, talk, typed["body"], entry.held_at),
    )
    scans = [row.record for row in scans_of(actor, entry)]
    shared = archive.passed_on(actor, scans, [Named(talk.subject_id, "subject")])
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
        decide(entry, ACCEPTED, at=at)
        write(actor, talk, words, held_at=None if talk.held_at else entry.held_at, at=at)
        Talk.objects.filter(realm=talk.realm_id, pk=talk.pk).update(
            from_paper=True, entered_at=entry.entered_at
        )
        archive.keep_grants(talk.realm_id, shared)
        end_assistance(talk, at)
        typist = Actor(talk.realm_id, entry.entered_by_id)
        archive.drop_draft(typist, DRAFT, talk.pk)
        if means:
            sign(actor, talk, Part.INITIATOR, words.record, means=means, at=at)
        detail = {"entered_by": str(entry.entered_by_id)}
        log(actor, "talk.sheet_accepted", talk, at=at, detail={**detail})
    talk.refresh_from_db()
    return talk


def return_sheet(
    actor: Actor, talk_id: UUID, entry_id: UUID, *, because: str, at: datetime
) -> PaperEntry:
    """The initiator sends it back, for one of ``RETURNED_BECAUSE``; it becomes no record.

    Raises ``PageIsOld``, ``NothingEntered``, and as ``talk_for``.
    """
    with transaction.atomic():
        talk = talk_for(actor, talk_id, Permission.RECORD_WRITE)
        entry = entry_before_him(talk, entry_id)
        decide(entry, RETURNED, at=at, because=because)
        log(actor, "talk.sheet_returned", talk, at=at, detail={"because": because})
    entry.refresh_from_db()
    return entry


def entry_before_him(talk: Talk, entry_id: UUID) -> PaperEntry:
    entry = PaperEntry.objects.filter(realm=talk.realm_id, talk=talk.pk, pk=entry_id).first()
    if entry is None:
        raise NothingEntered(talk.pk)
    return entry


def decide(entry: PaperEntry, state: str, *, at: datetime, because: str = "") -> None:
    row = PaperEntry.objects.filter(realm=entry.realm_id, pk=entry.pk, state=WAITING)
    if row.update(state=state, decided_at=at, because=because) != 1:
        raise PageIsOld("it was decided already")
