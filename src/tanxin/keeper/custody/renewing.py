"""New versions of a realm's key, also of another suite, and the end of old ones."""

from datetime import datetime, timedelta
from sqlite3 import Connection
from uuid import UUID

from tanxin.core.vault.leaf import moment
from tanxin.core.vault.suites import provider_for
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.custody.operator import refuse_others
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.signing_keys import rewrap_signing_keys

# Web processes ask for new keys every five minutes; until then they may seal under the old one.
COOLING = timedelta(hours=1)


def found_keys(keeper: Keeper, args: Arguments) -> Result:
    """Make a realm's first key, of the suite that was chosen for it."""
    kept = keeper.realms.ensure(args.uuid("realm"), provider_for(args.number("suite")))
    return {"kek_version": kept.current.version, "suite": kept.current.suite}


def key_state(keeper: Keeper, args: Arguments) -> Result:
    """Say which versions there are and since when; nothing about the keys themselves."""
    kept = keeper.realms.get(args.uuid("realm"))
    with kept.store.reading() as db:
        begun = dict(db.execute("SELECT version, begun FROM key_life").fetchall())
    return {
        "current": kept.current.version,
        "suite": kept.current.suite,
        "versions": [
            {"version": version, "suite": key.suite, "since": begun.get(version)}
            for version, key in sorted(kept.keys.items())
        ],
    }


def renew_key(keeper: Keeper, args: Arguments) -> Result:
    """Begin a new version, in the suite that is named; the old ones still open."""
    refuse_others(keeper.realms.home, args)
    realm, at = args.uuid("realm"), keeper.clock()
    provider = provider_for(args.number("suite"))
    before = keeper.realms.get(realm).current.version
    kept = keeper.realms.add_version(realm, provider)
    key = kept.current
    with kept.store.transaction() as db:
        db.execute("INSERT INTO key_life VALUES (?, ?)", (key.version, moment(at)))
        told = {"from": before, "to": key.version, "suite": key.suite}
        leaf = about_keys(realm, "key.renewed", told)
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    rewrap_signing_keys(kept)
    return key_state(keeper, args)


def destroy_key(keeper: Keeper, args: Arguments) -> Result:
    """Destroy an old version. ``left`` is how much is still under it: it has to be nothing."""
    refuse_others(keeper.realms.home, args)
    realm, version, at = args.uuid("realm"), args.number("version"), keeper.clock()
    kept = keeper.realms.get(realm)
    if version not in kept.keys or version == kept.current.version:
        raise Refused(Code.NO_OLD_KEY)
    if args.number("left") != 0:
        raise Refused(Code.KEY_IN_USE)
    rewrap_signing_keys(kept)
    with kept.store.transaction() as db:
        _refuse_early(db, version, at)
        db.execute("DELETE FROM realm_key WHERE version = ?", (version,))
        leaf = about_keys(realm, "key.destroyed", {"version": version})
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    _overwrite(keeper.realms.forget_version(realm, version))
    return key_state(keeper, args)


def _refuse_early(db: Connection, version: int, at: datetime) -> None:
    row = db.execute(
        "SELECT begun FROM key_life WHERE version > ? ORDER BY version", (version,)
    ).fetchone()
    if row is None or row[0] > moment(at - COOLING):
        raise Refused(Code.TOO_EARLY, minutes=int(COOLING.total_seconds() // 60))


def _overwrite(kept: KeptRealm) -> None:
    """Take the key out of the write-ahead log too; ``secure_delete`` did so in the file."""
    with kept.store.reading() as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def about_keys(realm: UUID, event: str, detail: dict[str, int]) -> Release:
    return Release(realm, None, None, dict(detail), event=event, kind="realm")


OPERATIONS = {
    "keys.found": (frozenset({"realm", "suite"}), found_keys),
    "keys.state": (frozenset({"realm"}), key_state),
    "keys.renew": (frozenset({"realm", "suite", "operator"}), renew_key),
    "keys.destroy": (frozenset({"realm", "version", "left", "operator"}), destroy_key),
}
