"""The keys that sign a realm's checkpoints, each wrapped under the realm's key.

One is made at the first checkpoint, and another when the realm's suite signs differently. Old ones
stay, so that what they signed can be checked.
"""

from sqlite3 import Connection

from tanxin.core.vault.checkpoint import origin
from tanxin.core.vault.envelope import unwrap_record_key, wrap_record_key
from tanxin.core.vault.note import VerifierKey
from tanxin.core.vault.signing import (
    OF_SUITE,
    Algorithm,
    Signer,
    algorithm_of,
    can_sign,
    signer_for,
)
from tanxin.keeper.realms import KeptRealm


def public_keys(db: Connection) -> list[str]:
    """Return every verifier key of the realm, the first one first."""
    return [public for (public,) in db.execute("SELECT public FROM signing_key ORDER BY number")]


def current_key(db: Connection, kept: KeptRealm) -> tuple[VerifierKey, Signer]:
    """Return the key that signs now; make it where there is none of the realm's suite."""
    suite, realm = kept.current.suite, kept.store.realm
    query = "SELECT wrapped, public FROM signing_key WHERE suite = ? ORDER BY number DESC"
    row = db.execute(query, (suite,)).fetchone()
    if row is not None:
        key = VerifierKey.decode(row[1])
        secret = unwrap_record_key(kept.keys, realm, row[0])
        return key, signer_for(algorithm_of(key.public), secret)
    secret = kept.current.provider.secret()
    signer = signer_for(_algorithm_for(suite), secret)
    key = VerifierKey(origin(realm), signer.public)
    db.execute(
        "INSERT INTO signing_key (wrapped, public, suite) VALUES (?, ?, ?)",
        (wrap_record_key(kept.current, realm, secret), str(key), suite),
    )
    return key, signer


def rewrap_signing_keys(kept: KeptRealm) -> int:
    """Wrap all of them under the realm's newest key; return how many. Part of a rotation."""
    realm = kept.store.realm
    with kept.store.transaction() as db:
        rows = db.execute("SELECT number, wrapped FROM signing_key").fetchall()
        for number, wrapped in rows:
            secret = unwrap_record_key(kept.keys, realm, wrapped)
            again = wrap_record_key(kept.current, realm, secret)
            db.execute("UPDATE signing_key SET wrapped = ? WHERE number = ?", (again, number))
    return len(rows)


def _algorithm_for(suite: int) -> Algorithm:
    """Ed25519 where what the suite would sign with is not installed."""
    wanted = OF_SUITE[suite]
    return wanted if can_sign(wanted) else Algorithm.ED25519
