"""Scans of a talk: downloads with a name that tells nothing, each noted before it leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.archive.access import openable
from tanxin.apps.archive.attachments import AttachmentRow, FileDamaged, attachments_about, open_file
from tanxin.apps.talks.access import TalkNotFound, talk_for
from tanxin.apps.talks.assisting import entries_of
from tanxin.apps.talks.selectors import TalkRow, drawings_of, proofs_of
from tanxin.core.access import Actor, Permission
from tanxin.web.attached import download_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.sheets.words import MEDIA
from tanxin.web.talks.grounds import ground_of

KB = 1024


@dataclass(frozen=True, slots=True)
class FileLine:
    id: UUID
    number: int
    is_drawn: bool
    is_certificate: bool
    media: Promise
    size_kb: int
    by: UUID
    at: datetime


def lines_of(
    actor: Actor,
    rows: Iterable[AttachmentRow],
    drawings: frozenset[UUID] = frozenset(),
    proofs: frozenset[UUID] = frozenset(),
) -> list[FileLine]:
    """Those of the files that the actor may open; what they are called is sealed with them."""
    found = list(rows)
    shown = {record.pk for record in openable(actor, [row.record for row in found])}
    return [
        FileLine(
            row.pk,
            number,
            row.pk in drawings,
            row.pk in proofs,
            MEDIA[row.media],
            -(-row.size // KB),
            row.record.author_id,
            row.record.created_at,
        )
        for number, row in enumerate(found, 1)
        if row.record_id in shown
    ]


def files_of(actor: Actor, talk: TalkRow) -> list[FileLine]:
    rows = attachments_about(actor, [talk.pk, *entries_of(talk)])
    return lines_of(actor, rows, drawings_of(talk), proofs_of(talk)) if rows else []


@require_safe
def scan(request: ActorRequest, talk_id: UUID, file_id: UUID) -> HttpResponseBase:
    talk = talk_for(request.actor, talk_id, Permission.RECORD_OPEN)
    if file_id not in {line.id for line in files_of(request.actor, talk)}:
        raise TalkNotFound(file_id)
    try:
        opened = open_file(request.actor, file_id, ground_of(request.actor, talk))
    except FileDamaged:
        messages.error(
            request, _("The file is damaged. Tell who runs the machine: it is in the backup.")
        )
        return go_to(request, "talks:talk", talk_id)
    return download_of(opened, f"scan-{timezone.localdate():%Y%m%d}-{file_id.hex[:6]}")
