"""What the subject takes home: that the log holds his answer. No name, no word of the talk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tanxin.apps.realms.selectors import realm_name
from tanxin.apps.talks.receipts import Given, ReceiptNotFound, receipt_for
from tanxin.web.papers.typesetting import ChineseFontMissing, code_of, pdf_of
from tanxin.web.requests import ActorRequest, go_to
from tanxin.web.talks import words

Row = tuple[str, str, bool]
TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}


@require_safe
def receipt(request: ActorRequest, talk_id: UUID, answer_id: UUID, form: str) -> HttpResponse:
    """The receipt as it stands now: later it also holds the checkpoint that came meanwhile."""
    if form not in TYPES:
        raise Http404
    try:
        given = receipt_for(request.actor, talk_id, answer_id)
    except ReceiptNotFound:
        raise Http404 from None
    try:
        content = as_pdf(given) if form == "pdf" else as_text(given).encode()
    except ChineseFontMissing:
        messages.warning(request, _("This server has no Chinese font; take the receipt as text."))
        return go_to(request, "talks:talk", talk_id)
    name = f"receipt-{given.receipt.leaf.seq}.{form}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return HttpResponse(
        content, content_type=TYPES[form], headers={"Content-Disposition": disposition}
    )


def facts(given: Given) -> list[Row]:
    """(what, value, whether it is to be compared letter by letter)."""
    leaf = given.receipt.leaf
    return [
        (_("Organisation's name"), realm_name(leaf.realm), False),
        (_("Organisation's number"), str(leaf.realm), True),
        (_("Talk's number"), str(leaf.subject), True),
        (_("Your answer"), str(words.STANDINGS[given.verdict][0]), False),
        (_("Answered on"), f"{timezone.localtime(given.said_at):%Y-%m-%d %H:%M:%S}", False),
        (_("Version of the record"), str(given.version), False),
        (_("Digest of that version"), given.receipt.digest or _("erased"), True),
        (_("Entry in the log"), str(leaf.seq), True),
        (_("Hash of the entry"), leaf.hash().hex(), True),
        (_("Anchored"), anchored(given), False),
    ]


def anchored(given: Given) -> str:
    proof = given.receipt.proof
    if proof is None:
        return _("Not yet; within five minutes of your answer. Fetch the receipt again then.")
    known = proof.anchored.checkpoint
    facts = {"size": known.changes.size, "at": f"{timezone.localtime(known.at):%Y-%m-%d %H:%M:%S}"}
    return _("by the checkpoint of %(at)s over %(size)s entries") % facts


def steps() -> list[str]:
    return [
        _("Keep this receipt where only you have it. Nobody can take it back."),
        _("Ask the auditor for an export of the log and for the program verifier.py."),
        _("Run: python verifier.py EXPORT --receipt RECEIPT"),
        _("OK means: the log holds your answer, unchanged. Anything else is proof against it."),
    ]


def lead() -> str:
    return _(
        "It proves that your answer stands in the log. It names nobody and holds no word of the"
        " talk."
    )


def as_text(given: Given) -> str:
    proof = given.receipt.proof
    parts = [
        _("Receipt for an answer to a record"),
        lead(),
        "\n".join(
            pgettext("a line of a receipt", "%(label)s: %(value)s")
            % {"label": label, "value": value}
            for label, value, _exact in facts(given)
        ),
        "\n".join(f"{number}. {step}" for number, step in enumerate(steps(), 1)),
    ]
    if proof:
        parts.append(proof.anchored.note.rstrip("\n"))
    return "\n\n".join([*parts, given.receipt.block()]) + "\n"


def as_pdf(given: Given) -> bytes:
    proof = given.receipt.proof
    return pdf_of(
        "receipt.typ",
        {
            "lang": "zh" if (get_language() or "").startswith("zh") else "en",
            "title": _("Receipt for an answer to a record"),
            "lead": lead(),
            "rows": facts(given),
            "code": code_of(given.receipt.short()),
            "code_says": _("Entry, hash and digest, for a telephone"),
            "how": _("How to verify it"),
            "steps": steps(),
            "note": proof.anchored.note.rstrip("\n") if proof else "",
            "note_says": _("The checkpoint"),
            "foot": _("The receipt as text holds the whole proof; the code holds the entry."),
        },
    )
