"""Signed notes (C2SP signed-note): a text for people and lines that sign it.

A note is the text, an empty line, and one line per signature: an em dash, the key's name, and in
base64 four bytes that tell the key and the signature. Lines of unknown keys are left aside, so that
witnesses can add theirs.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from tanxin.core.vault.refusals import Malformed, NotAuthentic
from tanxin.core.vault.signing import Signer, check_signature

_DASH = "\u2014 "
_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """Spelled ``name+id+base64``, where the last part begins with the kind of key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.public).digest()[:_ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(self.public).decode()}"

    @classmethod
    def decode(cls, text: str) -> "VerifierKey":
        name, _, rest = text.partition("+")
        known, _, public = rest.partition("+")
        key = cls(name, _bytes(public))
        if not name or key.id.hex() != known:
            raise Malformed("not a verifier key")
        return key


def sign_note(text: str, key: VerifierKey, signer: Signer) -> str:
    """Return the note; ``text`` ends with its last line's end."""
    if not text.endswith("\n") or "\n\n" in text:
        raise Malformed("a note's text has whole lines and none of them is empty")
    signature = b64encode(key.id + signer.sign(text.encode())).decode()
    return f"{text}\n{_DASH}{key.name} {signature}\n"


def open_note(note: str, keys: Iterable[VerifierKey]) -> str:
    """Return the text if one of ``keys`` signed it and none that claims to have did not.

    Raises ``NotAuthentic`` or ``Malformed``.
    """
    text, _, lines = note.rpartition("\n\n")
    if not text or not lines.endswith("\n"):
        raise Malformed("not a signed note")
    text += "\n"
    known = {(key.name, key.id): key for key in keys}
    signed = False
    for line in lines.splitlines():
        name, signature = _signature(line)
        key = known.get((name, signature[:_ID_BYTES]))
        if key is not None:
            check_signature(key.public, signature[_ID_BYTES:], text.encode())
            signed = True
    if not signed:
        raise NotAuthentic("no known key has signed this note")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    name, _, signature = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not name:
        raise Malformed("not a signature line")
    return name, _bytes(signature)


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("not base64") from None
