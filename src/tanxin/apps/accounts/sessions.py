"""Open logins: written, read, kept alive and ended. Times are arguments."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from tanxin.apps.accounts.models import Session
from tanxin.apps.accounts.sealed_session import digest_of, seal, unseal

SEEN_EVERY = timedelta(minutes=1)


class SessionTaken(Exception):
    """There is a session of that cookie already."""


class SessionGone(Exception):
    """It was ended meanwhile and must not come back."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a session is bound to from its beginning to its end."""

    account_id: UUID | None
    at: datetime

    def __str__(self) -> str:
        return f"{self.account_id or ''}|{int(self.at.timestamp() * 1_000_000)}"


@dataclass(frozen=True, slots=True)
class Found:
    """``noted`` once a minute: somebody is still there."""

    begun: Begun
    content: bytes
    noted: bool


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A line in the list of one's own logins."""

    id: UUID
    device: str
    began_at: datetime
    seen_at: datetime
    is_here: bool


def limits() -> tuple[timedelta, timedelta]:
    """How long a session may rest, and how long it may last."""
    return (
        timedelta(minutes=settings.TANXIN_SESSION_IDLE_MINUTES),
        timedelta(hours=settings.TANXIN_SESSION_HOURS),
    )


def is_over(row: Session, at: datetime) -> bool:
    idle, whole = limits()
    return at >= row.seen_at + idle or at >= row.began_at + whole


def end_of(began: datetime, seen: datetime) -> datetime:
    idle, whole = limits()
    return min(seen + idle, began + whole)


def read_session(cookie: str, *, at: datetime) -> Found | None:
    """What the session of this cookie holds; None when there is none or it is over."""
    row = Session.objects.filter(digest=digest_of(cookie)).first()
    if row is None:
        return None
    if is_over(row, at):
        row.delete()
        return None
    begun = Begun(row.account_id, row.began_at)
    content = unseal(cookie, str(begun), bytes(row.content))
    if content is None:
        return None
    noted = at >= row.seen_at + SEEN_EVERY
    if noted:
        Session.objects.filter(pk=row.pk).update(seen_at=at, expires_at=end_of(row.began_at, at))
    return Found(begun, content, noted)


def begin_session(cookie: str, begun: Begun, content: bytes, *, device: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            Session.objects.create(
                digest=digest_of(cookie),
                account_id=begun.account_id,
                content=seal(cookie, str(begun), content),
                device=device,
                began_at=begun.at,
                seen_at=at,
                expires_at=end_of(begun.at, at),
            )
    except IntegrityError as reason:
        raise SessionTaken from reason


def write_session(cookie: str, begun: Begun, content: bytes) -> None:
    """Raises ``SessionGone`` for one that was ended: whoever was thrown out stays out."""
    sealed = seal(cookie, str(begun), content)
    rows = Session.objects.filter(digest=digest_of(cookie))
    if rows.update(content=sealed, account_id=begun.account_id, began_at=begun.at) != 1:
        raise SessionGone


def has_session(cookie: str) -> bool:
    return Session.objects.filter(digest=digest_of(cookie)).exists()


def end_session(cookie: str) -> None:
    Session.objects.filter(digest=digest_of(cookie)).delete()


def end_sessions(account_id: UUID, *, but: str | None = None) -> int:
    """End every login of an account, except the one whose cookie is ``but``."""
    rows = Session.objects.filter(account=account_id)
    if but:
        rows = rows.exclude(digest=digest_of(but))
    return rows.delete()[0]


def end_sessions_of(accounts: Collection[UUID]) -> set[UUID]:
    """End every login of these accounts; returns those that had one."""
    rows = Session.objects.filter(account__in=accounts)
    had = {account for account in rows.values_list("account", flat=True) if account}
    if had:
        rows.delete()
    return had


def end_own_session(account_id: UUID, session_id: UUID) -> bool:
    return bool(Session.objects.filter(account=account_id, pk=session_id).delete()[0])


def own_sessions(account_id: UUID, cookie: str, *, at: datetime) -> Sequence[OpenSession]:
    rows = Session.objects.filter(account=account_id, expires_at__gt=at).order_by("-seen_at")
    here = digest_of(cookie)
    return [
        OpenSession(row.pk, row.device, row.began_at, row.seen_at, row.digest == here)
        for row in rows.defer("content")
    ]


def forget_expired(at: datetime) -> int:
    return Session.objects.filter(expires_at__lte=at).delete()[0]
