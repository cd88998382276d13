"""A passkey without a key: signs with a P-256 key of its own, as a browser would hand it on."""

import json
from hashlib import sha256
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

PRESENT_AND_VERIFIED = 0x05
WITH_CREDENTIAL = 0x40


class SoftwareKey:
    def __init__(self, origin: str = "http://localhost") -> None:
        self.origin = origin
        self.id = token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: str) -> str:
        asked = json.loads(options)["publicKey"]
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AuthenticatorData.create(
            sha256(asked["rp"]["id"].encode()).digest(),
            PRESENT_AND_VERIFIED | WITH_CREDENTIAL,
            0,
            AttestedCredentialData.create(Aaguid.NONE, self.id, public),
        )
        said = self.client_data("webauthn.create", asked["challenge"])
        attested = AttestationObject.create("none", data, {})
        return self.answer(clientDataJSON=said, attestationObject=attested)

    def get(self, options: str) -> str:
        asked = json.loads(options)["publicKey"]
        data = AuthenticatorData.create(
            sha256(asked["rpId"].encode()).digest(), PRESENT_AND_VERIFIED, 1
        )
        said = self.client_data("webauthn.get", asked["challenge"])
        signed = self.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        return self.answer(clientDataJSON=said, authenticatorData=data, signature=signed)

    def client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def answer(self, **response: bytes) -> str:
        name = websafe_encode(self.id)
        return json.dumps({
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {key: websafe_encode(value) for key, value in response.items()},
        })  # fmt: skip
