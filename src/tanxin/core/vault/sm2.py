"""SM2 with SM3 (GB/T 32918.2), identity ``1234567812345678``, by Tongsuo. Signatures only.

Imported by ``signing`` when asked for: the package behind it is an extra.
"""

from tongsuopy.crypto import hashes
from tongsuopy.crypto._serialization import Encoding, PublicFormat
from tongsuopy.crypto.asymciphers import ec
from tongsuopy.crypto.exceptions import InternalError, InvalidSignature

from tanxin.core.vault.refusals import Malformed, NotAuthentic
from tanxin.core.vault.signing import Algorithm

# The order of the curve's group; a private key is 1 to order - 2.
_ORDER = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_POINT_BYTES = 65
_SM3 = ec.ECDSA(hashes.SM3())


class Sm2:
    def __init__(self, seed: bytes) -> None:
        number = int.from_bytes(seed, "big") % (_ORDER - 2) + 1
        self._key = ec.derive_private_key(number, ec.SM2())
        self.public: bytes = Algorithm.SM2.value + self._key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    def sign(self, message: bytes) -> bytes:
        signature: bytes = self._key.sign(message, _SM3)
        return signature


def check_sm2(point: bytes, signature: bytes, message: bytes) -> None:
    """Return if it fits; raises ``NotAuthentic`` or ``Malformed``."""
    if len(point) != _POINT_BYTES:
        raise Malformed("not an uncompressed SM2 point")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), point)
    except (ValueError, InternalError):
        raise Malformed("not a point of the curve") from None
    try:
        key.verify(signature, message, _SM3)
    except (InvalidSignature, InternalError):
        # Tongsuo calls a signature that is not DER an internal matter.
        raise NotAuthentic("the signature does not fit") from None
