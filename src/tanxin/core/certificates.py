"""A signature by certificate over a short statement, made outside and checked here.

Where the key lies (a USB key, a card, the unit's gateway) is the site's own affair: whatever can
answer ``Provider`` will do. ``TrustedRoots`` is the one that comes along, for certificates of RSA,
of elliptic curves and of Ed25519; SM2 needs a provider of the site.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

LARGEST = 64 * 1024
BEGIN, END = "-----BEGIN SIGNATURE-----", "-----END SIGNATURE-----"
WRONG = (InvalidSignature, UnsupportedAlgorithm, ValueError)


class SignatureRefused(Exception):
    """``code``: unreadable, untrusted, not-for-signing, wrong-signature or unknown-key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Holder:
    """To whom a certificate was given, in the words of it; ``number`` is his, not its own."""

    name: str
    issuer: str
    serial: str
    number: str = ""


class Provider(Protocol):
    """What a site plugs in."""

    def holder_of(
        self, statement: bytes, signature: bytes, certificate: bytes, *, at: datetime
    ) -> Holder:
        """Who signed exactly ``statement``; raises ``SignatureRefused``."""
        ...


def statement_of(realm_id: UUID, talk_id: UUID, part: str, digest: bytes) -> str:
    """What is signed: which version, and as what. No name and no word of the talk stands in it."""
    lines = (
        "tanxin-signature/1",
        f"realm {realm_id}",
        f"talk {talk_id}",
        f"part {part}",
        f"record {digest.hex()}",
    )
    return "".join(f"{line}\n" for line in lines)


def proof_of(statement: str, signature: bytes, certificate: bytes) -> str:
    """All that somebody needs who checks it elsewhere, in one text."""
    return "\n".join(
        (statement, BEGIN, b64encode(signature).decode(), END, "", in_pem(certificate))
    )


def in_pem(certificate: bytes) -> str:
    if b"-----BEGIN" in certificate:
        return certificate.decode("ascii", "replace")
    coded = b64encode(certificate).decode()
    lines = (coded[at : at + 64] for at in range(0, len(coded), 64))
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


class TrustedRoots:
    """Believes certificates under the roots it was given, which are one PEM text."""

    def __init__(self, roots: bytes) -> None:
        """Raises ``ValueError`` where there is no certificate in it."""
        self.store = Store(x509.load_pem_x509_certificates(roots))

    def holder_of(
        self, statement: bytes, signature: bytes, certificate: bytes, *, at: datetime
    ) -> Holder:
        leaf, *between = chain_of(certificate)
        self.check_trust(leaf, between, at)
        check_purpose(leaf)
        check_signature(leaf, raw(signature), statement)
        return Holder(
            common_name(leaf.subject), common_name(leaf.issuer), f"{leaf.serial_number:x}",
            first_of(leaf.subject, NameOID.SERIAL_NUMBER),
        )  # fmt: skip

    def check_trust(
        self, leaf: x509.Certificate, between: Sequence[x509.Certificate], at: datetime
    ) -> None:
        authority = ExtensionPolicy.webpki_defaults_ca()
        anybody = ExtensionPolicy.permit_all()  # a person's certificate names no host
        policy = PolicyBuilder().store(self.store).time(at)
        policy = policy.extension_policies(ca_policy=authority, ee_policy=anybody)
        try:
            policy.build_client_verifier().verify(leaf, list(between))
        except (VerificationError, *WRONG):
            raise SignatureRefused("untrusted") from None


def chain_of(certificate: bytes) -> list[x509.Certificate]:
    """His own first; PEM with those between, or his own alone as DER."""
    if len(certificate) > LARGEST:
        raise SignatureRefused("unreadable")
    try:
        if b"-----BEGIN" in certificate:
            return x509.load_pem_x509_certificates(certificate)
        return [x509.load_der_x509_certificate(certificate)]
    except WRONG:
        raise SignatureRefused("unreadable") from None


def raw(signature: bytes) -> bytes:
    """As tools write it: bare, or in base64 on its lines."""
    try:
        return b64decode(b"".join(signature.split()), validate=True)
    except binascii.Error:
        return signature


def check_purpose(leaf: x509.Certificate) -> None:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    except WRONG:
        raise SignatureRefused("unreadable") from None
    if not (usage.digital_signature or usage.content_commitment):
        raise SignatureRefused("not-for-signing")


def check_signature(leaf: x509.Certificate, signature: bytes, statement: bytes) -> None:
    try:
        verify = verifying(leaf)
        verify(signature, statement)
    except WRONG:
        raise SignatureRefused("wrong-signature") from None


def verifying(leaf: x509.Certificate) -> Callable[[bytes, bytes], None]:
    key = leaf.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return lambda sent, said: key.verify(sent, said, padding.PKCS1v15(), SHA256())
    if isinstance(key, ec.EllipticCurvePublicKey):
        return lambda sent, said: key.verify(sent, said, ec.ECDSA(SHA256()))
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key.verify
    raise SignatureRefused("unknown-key")


def common_name(name: x509.Name) -> str:
    return first_of(name, NameOID.COMMON_NAME)


def first_of(name: x509.Name, kind: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(kind)
    return str(found[0].value) if found else ""
