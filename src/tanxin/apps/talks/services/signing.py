"""A signature under one version of a record, where the type of the talk demands it.

How somebody signs is asked of him by the page; here it is kept with the digest of what he signed.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.archive.attachments import SealedFile, store_file
from tanxin.apps.archive.models import RecordVersion
from tanxin.apps.archive.services import Sealed
from tanxin.apps.audit.services import Detail
from tanxin.apps.talks.models import Signature, Talk
from tanxin.apps.talks.refusals import SignatureMissing
from tanxin.apps.talks.services.words import me, sides
from tanxin.apps.talks.transitions import log
from tanxin.core.access import Actor
from tanxin.core.policy import Conduct
from tanxin.core.policy.manner import Part

CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Proof:
    """A certificate with what it signed: ``digest`` is of everything that was on the page."""

    file: SealedFile
    digest: bytes


def check_signed(conduct: Conduct, part: Part, means: str) -> None:
    """Raises ``SignatureMissing`` where ``part`` has to sign and did not."""
    if part in conduct.signature and not means:
        raise SignatureMissing(part)


def sign(
    actor: Actor,
    talk: Talk,
    part: Part,
    signed: Sealed | RecordVersion,
    *,
    beside: RecordVersion | None = None,
    means: str,
    at: datetime,
    person_id: UUID | None = None,
    kept: SealedFile | Proof | None = None,
) -> Signature:
    """Keep it, with its leaf; inside the transaction of what is signed.

    ``beside`` is the summary of a group talk that was on the page with it; ``person_id`` is who
    signed on a paper that another brings, ``kept`` what he wrote on the screen, or the proof
    of his certificate.
    """
    version_id = signed.version_id if isinstance(signed, Sealed) else signed.pk
    version = RecordVersion.objects.get(realm=talk.realm_id, pk=version_id)
    proof = kept if isinstance(kept, Proof) else None
    file = proof.file if proof else kept
    stored = store_file(actor, file, sides(talk), at) if isinstance(file, SealedFile) else None
    row = Signature.objects.create(
        realm_id=talk.realm_id,
        talk=talk,
        version=version,
        version_digest=proof.digest if proof else bytes(version.digest),
        summary=beside,
        part=part.value,
        person_id=person_id or me(actor),
        means=means,
        drawing=None if proof else stored,
        proof=stored if proof else None,
        signed_at=at,
    )
    detail: Detail = {
        "version": version.number,
        "means": means,
        "digest": bytes(version.digest).hex(),
    }
    if beside is not None:
        detail = {**detail, "summary": bytes(beside.digest).hex()}
    log(actor, "talk.signed", talk, at=at, detail=detail)
    return row
