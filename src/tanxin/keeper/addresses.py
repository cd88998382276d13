"""The notices worker asks where to reach one person, and gets that and nothing else."""

from uuid import UUID

from tanxin.core.vault.personal import open_personal, personal_key
from tanxin.keeper.alarms import sounding_alarm
from tanxin.keeper.arguments import Arguments
from tanxin.keeper.context import Keeper, Result
from tanxin.keeper.limits import DAY, HOUR, Allowance, spend
from tanxin.keeper.realm_store import Release
from tanxin.keeper.refusal import Code, Refused

COLUMNS = frozenset({"phone", "mail", "channel"})


def address(keeper: Keeper, args: Arguments) -> Result:
    """Open a person's sealed phone, mail or other channel for one notice."""
    kept, at = keeper.realms.get(args.uuid("realm")), keeper.clock()
    person, notice, column = args.uuid("person"), args.uuid("notice"), args.text("column")
    if column not in COLUMNS:
        raise Refused(Code.BAD_REQUEST, argument="column")
    with sounding_alarm(keeper, kept, None):
        keys = {version: personal_key(key) for version, key in kept.keys.items()}
        [text] = open_personal(keys, column, [(person, args.bytes("sealed"))])
        realm: UUID = kept.store.realm
        allowance = Allowance(
            "address", realm, keeper.limits.addresses, DAY, HOUR, Code.ADDRESS_QUOTA_EXCEEDED
        )
        detail = {"column": column, "notice": str(notice)}
        leaf = Release(person, None, None, dict(detail), event="address.opened", kind="person")
        with kept.store.transaction() as db:
            spend(db, allowance, 1, at)
            kept.store.add_leaves(db, [leaf], at, kept.current.provider)
    return {"address": text}
