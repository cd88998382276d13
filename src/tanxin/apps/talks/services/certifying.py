"""A signature by certificate: in addition to the word somebody has given, never instead of it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from tanxin.apps.archive import attachments
from tanxin.apps.org.directory import directory
from tanxin.apps.talks.access import talk_for
from tanxin.apps.talks.certificates import ToCertify, to_certify
from tanxin.apps.talks.models import Signature, Talk
from tanxin.apps.talks.providers import provider
from tanxin.apps.talks.refusals import NothingToCertify
from tanxin.apps.talks.services.confirming import versions_read
from tanxin.apps.talks.services.signing import CERTIFICATE, Proof, sign
from tanxin.apps.talks.services.words import me, sides
from tanxin.core.access import Actor, Permission
from tanxin.core.certificates import Holder, SignatureRefused, proof_of
from tanxin.core.uploads import admit


def certify(
    actor: Actor,
    talk_id: UUID,
    *,
    digest: bytes,
    signature: bytes,
    certificate: bytes,
    at: datetime,
) -> Signature:
    """Keep the certificate, what it signed and the signature, all in one sealed text.

    ``digest`` is that of what stood on his page. Raises ``SignatureRefused`` (``somebody-else``
    where the certificate names another, ``namesake`` where it may be another's), ``VersionMoved``,
    ``NothingToCertify``, ``NoRoomForFiles`` and as ``talk_for``.
    """
    talk = talk_for(actor, talk_id, Permission.RECORD_OPEN)
    asked = asked_of(actor, talk)
    checked(actor, asked, signature, certificate, at)
    proof = admit("certificate.txt", proof_of(asked.statement, signature, certificate).encode())
    sealed = attachments.seal_file(
        actor, proof, about=("talk", talk.pk), author_id=me(actor), parties=sides(talk)
    )
    with attachments.keeping(actor.realm_id) as keep:
        kept = keep(sealed)
        try:
            with transaction.atomic():
                talk = talk_for(actor, talk_id, Permission.RECORD_OPEN)
                asked = asked_of(actor, talk)
                version, beside = versions_read(talk, digest)
                return sign(
                    actor, talk, asked.part, version,
                    beside=beside, means=CERTIFICATE, at=at, kept=Proof(kept, digest),
                )  # fmt: skip
        except IntegrityError:  # pressed twice
            raise NothingToCertify(talk_id) from None


def asked_of(actor: Actor, talk: Talk) -> ToCertify:
    asked = to_certify(actor, talk)
    if asked is None:
        raise NothingToCertify(talk.pk)
    return asked


def checked(
    actor: Actor, asked: ToCertify, signature: bytes, certificate: bytes, at: datetime
) -> Holder:
    here = provider()
    if here is None:
        raise NothingToCertify
    holder = here.holder_of(asked.statement.encode(), signature, certificate, at=at)
    check_holder(actor, holder)
    return holder


def check_holder(actor: Actor, holder: Holder) -> None:
    """Where two have one name, the certificate says by the staff number whose it is."""
    known = directory(actor.realm_id)
    mine = known.card(actor.person_id)
    if mine is None or holder.name != mine.name:
        raise SignatureRefused("somebody-else")
    shared = any(card.name == mine.name and card.id != mine.id for card in known.people)
    if shared and (not mine.number or holder.number != mine.number):
        raise SignatureRefused("namesake")
