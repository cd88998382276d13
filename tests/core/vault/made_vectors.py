"""The frozen vectors: what was sealed once must open for ever, and what was bent never.

This wrote ``vectors.json`` once. Running it again replaces the file, which is right only as long as
nothing was ever stored; afterwards a new form gets new vectors beside the old ones.
"""

import hashlib
import json
from itertools import count
from pathlib import Path
from uuid import UUID

from tanxin.core.vault.envelope import Place, seal_text, wrap_realm_key, wrap_record_key
from tanxin.core.vault.gm import Gm1
from tanxin.core.vault.intl import Intl1
from tanxin.core.vault.keys import RealmKey
from tanxin.core.vault.personal import blind_index, personal_key

FILE = Path(__file__).with_name("vectors.json")
REALM = UUID("11111111-2222-4333-8444-555555555555")
RECORD = UUID("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
ROOT = bytes(range(32))
REGIONS = {
    "magic": 0, "kind": 2, "form": 3, "suite": 4, "realm": 5, "record": 21, "field": 37,
    "field end": 68, "version": 72, "kek version": 76, "nonce": 77, "nonce end": 88,
    "commitment": 89, "commitment end": 104, "ciphertext": 105, "length": 108, "tag": -16,
    "tag end": -1,
}  # fmt: skip


def counted_bytes(seed: str):
    numbers = count()

    def random(length: int) -> bytes:
        return hashlib.shake_256(f"{seed}/{next(numbers)}".encode()).digest(length)

    return random


def flipped(sealed: bytes, at: int) -> bytes:
    bent = bytearray(sealed)
    bent[at] ^= 1
    return bytes(bent)


def made(provider) -> dict:
    kek = RealmKey(REALM, 7, provider.suite, provider.secret())
    dek = provider.secret()
    place = Place(REALM, RECORD, "record", 3)
    text = "我们谈了工作和家里的困难。".encode()
    sealed = seal_text(provider, dek, place, text, kek_version=7)
    bent = {f"bit in {name}": flipped(sealed, at) for name, at in REGIONS.items()}
    bent |= {f"cut to {n}": sealed[:n] for n in (0, 4, 88, 89, 100, 105, 120, len(sealed) - 1)}
    bent |= {"one byte more": sealed + b"\0", "header twice": sealed[:89] + sealed}
    return {
        "suite": provider.suite,
        "root": ROOT.hex(),
        "realm": str(REALM),
        "record": str(RECORD),
        "kek": kek.secret.hex(),
        "kek_version": 7,
        "wrapped_kek": wrap_realm_key(ROOT, kek).hex(),
        "dek": dek.hex(),
        "wrapped_dek": wrap_record_key(kek, RECORD, dek).hex(),
        "field": "record",
        "version": 3,
        "text": text.decode(),
        "sealed": sealed.hex(),
        "personal_key": personal_key(kek).sealing.hex(),
        "phone_index": blind_index(personal_key(kek), "phone", "+86 138-0013-8000").hex(),
        "never": {name: value.hex() for name, value in bent.items()},
    }


def all_made() -> list[dict]:
    # The key tree wraps with the suite's own provider, so its two nonces differ on every run.
    return [made(Intl1(counted_bytes("intl"))), made(Gm1(counted_bytes("gm")))]


if __name__ == "__main__":
    FILE.write_text(json.dumps(all_made(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
