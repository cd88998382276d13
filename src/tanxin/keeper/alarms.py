"""What is refused because it should never have been asked leaves a leaf, at most one a minute."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from tanxin.core.vault.refusals import VaultRefusal
from tanxin.keeper.context import Keeper
from tanxin.keeper.limits import Allowance, spend
from tanxin.keeper.realm_store import Release
from tanxin.keeper.realms import KeptRealm
from tanxin.keeper.refusal import Code, Refused
from tanxin.keeper.sessions import Session

QUOTA = "quota.exceeded"
TAMPERED = "tampering.found"
_MINUTE = timedelta(minutes=1)
_QUOTAS = frozenset(
    {
        Code.QUOTA_EXCEEDED,
        Code.REALM_QUOTA_EXCEEDED,
        Code.SEARCH_QUOTA_EXCEEDED,
        Code.ADDRESS_QUOTA_EXCEEDED,
    }
)
_TAMPERING = frozenset({Code.GRANT_NOT_GOOD, Code.OLDER_VERSION, Code.NOT_FOR_THAT_ROLE})


@contextmanager
def sounding_alarm(keeper: Keeper, kept: KeptRealm, session: Session | None) -> Iterator[None]:
    """Pass every refusal on; those that speak of an attack are first written down."""
    try:
        yield
    except Refused as refused:
        event = alarm_of(refused.code)
        if event is not None:
            _sound(kept, session, event, refused.code.value, keeper.clock())
        raise
    except VaultRefusal as refusal:
        _sound(kept, session, TAMPERED, refusal.code, keeper.clock())
        raise


def alarm_of(code: Code) -> str | None:
    if code in _QUOTAS:
        return QUOTA
    return TAMPERED if code in _TAMPERING else None


def _sound(kept: KeptRealm, session: Session | None, event: str, code: str, at: datetime) -> None:
    who = session.person if session else kept.store.realm
    account = session.account if session else None
    person = session.person if session else None
    once = Allowance(f"alarm:{event}:{code}", who, 1, _MINUTE, _MINUTE, Code.BUSY)
    with suppress(Refused), kept.store.transaction() as db:
        spend(db, once, 1, at)
        leaf = Release(person, account, person, {"code": code}, event=event, kind="alarm")
        kept.store.add_leaves(db, [leaf], at, kept.current.provider)
