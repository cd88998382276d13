"""Wrote ``signatures.json`` once; as ``made_vectors`` it is not run again."""

import json
from pathlib import Path

from made_vectors import flipped

from tanxin.core.vault.signing import Algorithm, signer_for

FILE = Path(__file__).with_name("signatures.json")
# RFC 8032, 7.1, test 2.
RFC_8032 = {
    "name": "RFC 8032 test 2",
    "algorithm": "ED25519",
    "seed": "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
    "public": "013d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "message": "72",
    "signature": "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
}


def ours(algorithm: Algorithm) -> dict:
    seed = bytes(range(1, 33))
    signer = signer_for(algorithm, seed)
    message = "检查点 1".encode()
    return {
        "name": f"Tanxin {algorithm.name}",
        "algorithm": algorithm.name,
        "seed": seed.hex(),
        "public": signer.public.hex(),
        "message": message.hex(),
        "signature": signer.sign(message).hex(),
    }


def bent(vector: dict) -> dict:
    public, message, signature = (
        bytes.fromhex(vector[k]) for k in ("public", "message", "signature")
    )
    half = len(signature) // 2
    return {
        "bit in r": {"signature": flipped(signature, 8).hex()},
        "bit in s": {"signature": flipped(signature, half + 8).hex()},
        "first bit": {"signature": flipped(signature, 0).hex()},
        "last bit": {"signature": flipped(signature, -1).hex()},
        "cut by one": {"signature": signature[:-1].hex()},
        "one byte more": {"signature": (signature + b"\0").hex()},
        "halves swapped": {"signature": (signature[half:] + signature[:half]).hex()},
        "empty": {"signature": ""},
        "zeros": {"signature": bytes(len(signature)).hex()},
        "message bit": {"message": flipped(message, 0).hex()},
        "message longer": {"message": (message + b"\0").hex()},
        "message empty": {"message": ""},
        "key bit": {"public": flipped(public, -1).hex()},
        "key cut": {"public": public[:-1].hex()},
        "key of another kind": {"public": (b"\x02" + public[1:]).hex()},
        "key empty": {"public": ""},
    }


if __name__ == "__main__":
    vectors = [RFC_8032, ours(Algorithm.ED25519), ours(Algorithm.SM2)]
    for vector in vectors:
        vector["never"] = bent(vector)
    FILE.write_text(json.dumps(vectors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
