"""Who may sign a record by certificate, and who has done so."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.talks.access import relations_to
from tanxin.apps.talks.conduct import conduct_of
from tanxin.apps.talks.groups import in_force
from tanxin.apps.talks.models import Signature, Talk
from tanxin.apps.talks.providers import provider
from tanxin.core.access import Actor, Relation
from tanxin.core.certificates import statement_of
from tanxin.core.lifecycle import TalkState
from tanxin.core.policy.manner import Part, Signing

SIDES = {Relation.INITIATOR: Part.INITIATOR, Relation.SUBJECT: Part.SUBJECT}


@dataclass(frozen=True, slots=True)
class Certified:
    """One who signed what stands now."""

    part: Part
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class ToCertify:
    """What this reader is asked to sign."""

    part: Part
    digest: bytes
    statement: str


def wants_certificate(talk: Talk) -> bool:
    return conduct_of(talk).signing is Signing.CERTIFICATE


def certified(talk: Talk) -> list[Certified]:
    """Who has signed by certificate what stands now."""
    digest = in_force(talk).digest
    rows = Signature.objects.filter(
        realm=talk.realm_id, talk=talk.pk, version_digest=digest, proof__isnull=False
    )
    return [Certified(Part(row.part), row.person_id, row.signed_at) for row in rows]


def to_certify(actor: Actor, talk: Talk) -> ToCertify | None:
    """What ``actor`` may sign now: what he wrote, or what he has confirmed; each version once."""
    part = side_of(actor, talk)
    if part is None or not wants_certificate(talk) or provider() is None:
        return None
    if part not in conduct_of(talk).signature:
        return None
    if part is Part.SUBJECT and talk.state != TalkState.CONFIRMED:
        return None
    digest = in_force(talk).digest
    if not digest or any(one.person_id == actor.person_id for one in certified(talk)):
        return None
    return ToCertify(part, digest, statement_of(talk.realm_id, talk.pk, part.value, digest))


def side_of(actor: Actor, talk: Talk) -> Part | None:
    held = relations_to(actor, talk)
    return next((part for relation, part in SIDES.items() if relation in held), None)
