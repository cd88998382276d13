"""Reading the log. Each page leaves an entry before it shows any."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.audit.access import entry_for, may_read_log, note_reading
from tanxin.apps.audit.anchors.keeping import Anchors
from tanxin.apps.audit.events import EVENTS
from tanxin.apps.audit.receipts import Proof, proof_of
from tanxin.apps.audit.selectors import EntryRow, content_of, detail_of
from tanxin.apps.sealing.client import KeeperRefused, KeeperUnavailable
from tanxin.apps.sealing.logs import restores
from tanxin.core.vault.refusals import VaultRefusal
from tanxin.web.audit.filters import FilterForm, filtered
from tanxin.web.audit.words import KINDS, about
from tanxin.web.keyset import page_of
from tanxin.web.requests import ActorRequest

ORDER = ("-seq",)
LATE = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Line:
    seq: int
    at: datetime
    person_id: UUID | None
    event: str
    says: str
    about: str


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored backup: entries ``first`` to ``last`` are lost."""

    at: datetime
    first: int
    last: int
    by: str
    reason: str


def line(row: EntryRow) -> Line:
    says = _(EVENTS[row.event]) if row.event in EVENTS else ""
    return Line(
        row.seq,
        row.at,
        row.person,
        row.event,
        says,
        about(row.subject_kind, str(row.subject_id or "")),
    )


@require_safe
def log(request: ActorRequest) -> HttpResponse:
    may_read_log(request.actor)
    form = FilterForm(request.GET)
    asked = form.asked()
    note_reading(
        request.actor,
        "log.read",
        {name: str(value) for name, value in asked.items() if name != "number"},
        at=timezone.now(),
    )
    rows = filtered(request.actor, asked)
    page = page_of(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    shown = {
        "form": form,
        "filtered": bool(asked),
        "lines": [line(row) for row in page.rows],
        "page": page,
    }
    return render(request, "audit/log.html", shown)


@require_safe
def entry(request: ActorRequest, seq: int) -> HttpResponse:
    row = entry_for(request.actor, seq)
    note_reading(request.actor, "log.read", {"entry": seq}, at=timezone.now())
    proof = proof_of(row.realm_id, seq)
    shown = {
        "row": row,
        "says": line(row).says,
        "kind": KINDS.get(row.subject_kind, row.subject_kind),
        "detail": list(detail_of(row).items()),
        "content": content_of(row).decode(),
        "hash": bytes(row.leaf_hash).hex(),
        "proof": proof,
        "path": [step.hex() for step in proof.path] if proof else [],
        "fits": proof is not None and fits(row, proof),
    }
    return render(request, "audit/entry.html", shown)


def fits(row: EntryRow, proof: Proof) -> bool:
    """Whether the entry as it stands now leads to the signed root."""
    try:
        return proof.is_of(content_of(row), row.seq, row.suite)
    except VaultRefusal:
        return False


@require_safe
def checkpoints(request: ActorRequest) -> HttpResponse:
    """How far the logs are signed, with which keys, and what can be taken away."""
    may_read_log(request.actor)
    now = timezone.now()
    note_reading(request.actor, "log.read", {"page": "checkpoints"}, at=now)
    anchors = Anchors.of(request.actor.realm_id)
    try:
        latest = anchors.latest()
    except VaultRefusal:
        return render(request, "audit/checkpoints.html", {"damaged": True}, status=200)
    shown = {
        "latest": latest,
        "is_late": latest is None or now - latest.checkpoint.at > LATE,
        "count": anchors.count(),
        "keys": [str(key) for key in anchors.public_keys()],
        "folder": anchors.folder,
        "restores": restores_of(request.actor.realm_id),
    }
    return render(request, "audit/checkpoints.html", shown)


def restores_of(realm_id: UUID) -> list[Restored] | None:
    """What was lost when backups were restored, the newest first; None without the keeper."""
    try:
        stated = restores(realm_id)
    except (KeeperUnavailable, KeeperRefused):
        return None
    return [Restored(one.at, one.first, one.after - 1, one.by, one.reason) for one in stated[::-1]]
