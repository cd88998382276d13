"""Wrote ``custody.json`` once; as ``made_vectors`` it is not run again.

A set of five shares as they stand on paper, the ten wraps, and a small attachment.
"""

import json
from hashlib import shake_256
from pathlib import Path

from made_vectors import REALM, RECORD, ROOT, counted_bytes

from tanxin.core.vault.chunks import FRONT_BYTES, seal_chunks
from tanxin.core.vault.envelope import Place
from tanxin.core.vault.escrow import make_escrow
from tanxin.core.vault.gm import Gm1
from tanxin.core.vault.intl import Intl1
from tanxin.core.vault.share_text import written

FILE = Path(__file__).with_name("custody.json")


def made(provider) -> dict:
    escrow, shares = make_escrow(provider, ROOT, needed=3, count=5)
    dek = provider.secret()
    place = Place(REALM, RECORD, "file", 1)
    content = shake_256(b"attachment").digest(100)
    sealed = b"".join(seal_chunks(provider, dek, place, [content], kek_version=7))
    front, last = sealed[:FRONT_BYTES], sealed[FRONT_BYTES:]
    return {
        "suite": provider.suite,
        "root": ROOT.hex(),
        "set": escrow.set_id.hex(),
        "shares": [written(share).splitlines() for share in shares],
        "checks": {str(n): check.hex() for n, check in escrow.checks.items()},
        "wraps": {"-".join(map(str, n)): wrap.hex() for n, wrap in escrow.wraps.items()},
        "dek": dek.hex(),
        "front": front.hex(),
        "content": content.hex(),
        "chunk": last.hex(),
    }


if __name__ == "__main__":
    vectors = [made(Intl1(counted_bytes("custody/intl"))), made(Gm1(counted_bytes("custody/gm")))]
    FILE.write_text(json.dumps(vectors, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
