"""The keeper's own passwords: Argon2id verifiers, each bound to one person, guessed at slowly.

The web process has verifiers of its own for its own doors. These are looked at by nobody else, so
that a web process that was taken over cannot say who is at the door.
"""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from secrets import token_bytes
from threading import BoundedSemaphore
from uuid import UUID

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper
from tanxin.keeper.limits import HOUR, Allowance, give_back, spend
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused

PASSWORD_CHARACTERS = 1024
SHORTEST = 8
NAMED, PASSWORD = "named", "password"
_MEMORY_KIB, _TURNS, _SALT_BYTES = 64 * 1024, 3, 16
# Each takes 64 MiB; more at once would not be faster.
_at_once = BoundedSemaphore(2)
_NOBODYS = "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A" * 43


def prove(
    keeper: Keeper, kept: KeptRealm, account: UUID | None, person: UUID, args: Arguments
) -> str:
    """Return what proved that ``account`` is at the door, or refuse."""
    proof = args.part("proof", frozenset({"kind", "password"}))
    kind, password = proof.text("kind"), proof.text("password", PASSWORD_CHARACTERS)
    known = None if account is None else credential_of(kept, account)
    if keeper.believe_web and (kind == NAMED or known is None):
        return NAMED
    if kind != PASSWORD or account is None:
        raise Refused(Code.NOT_BELIEVED)
    _guess(keeper, kept, account, lambda: _fits(known, person, password))
    return PASSWORD


def credential_of(kept: KeptRealm, account: UUID) -> tuple[UUID, str] | None:
    """The person an account is bound to, and its verifier."""
    query = "SELECT person, verifier FROM credential WHERE account = ?"
    with kept.store.reading() as db:
        row = db.execute(query, (str(account),)).fetchone()
    return None if row is None else (UUID(row[0]), row[1])


def verifier_of(password: str) -> str:
    """Slow and large on purpose; raises ``Refused`` for a password that is none."""
    if len(password) < SHORTEST:
        raise Refused(Code.WEAK, shortest=SHORTEST)
    with _at_once:
        slow = Argon2id(
            salt=token_bytes(_SALT_BYTES), length=32, iterations=_TURNS, lanes=1,
            memory_cost=_MEMORY_KIB,
        )  # fmt: skip
        return slow.derive_phc_encoded(password.encode("utf-8", "surrogatepass"))


def _fits(known: tuple[UUID, str] | None, person: UUID, password: str) -> bool:
    """An account without a credential takes as long as one whose password is wrong."""
    bound, verifier = known or (None, _NOBODYS)
    with _at_once:
        try:
            Argon2id.verify_phc_encoded(password.encode("utf-8", "surrogatepass"), verifier)
        except InvalidKey:
            return False
    return bound == person


def _guess(keeper: Keeper, kept: KeptRealm, account: UUID, fits: Callable[[], bool]) -> None:
    """Count the attempt before looking; give all back to whoever knew it."""
    at = keeper.clock()
    allowance = Allowance(
        "guess", account, keeper.limits.guesses, HOUR, timedelta(minutes=1), Code.TOO_MANY_GUESSES
    )
    with kept.store.transaction() as db:
        spend(db, allowance, 1, at)
    right = fits()
    with kept.store.transaction() as db:
        if right:
            give_back(db, allowance)
        else:
            leaf = Release(account, account, None, {}, event="session.refused", kind="account")
            kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    if not right:
        raise Refused(Code.WRONG_PROOF)


def keep_credential(
    db: sqlite3.Connection, account: UUID, person: UUID, verifier: str, at: str
) -> None:
    """Bind ``account`` to ``person`` for good; only the password of it changes later."""
    row = db.execute("SELECT person FROM credential WHERE account = ?", (str(account),)).fetchone()
    if row is not None and row[0] != str(person):
        raise Refused(Code.TAKEN)
    db.execute(
        "INSERT INTO credential VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE"
        " SET verifier = excluded.verifier, set_at = excluded.set_at",
        (str(account), str(person), verifier, at),
    )


def has_credentials(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM credential LIMIT 1").fetchone() is not None
