"""Browsers from which an account was logged in, so that its owner hears of a new one.

No cookie is set for it, and two words are no fingerprint: it tells a strange kind of browser, not
a strange machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tanxin.apps.accounts.models import KnownBrowser

LATEST = 5


@dataclass(frozen=True, slots=True)
class Browser:
    device: str
    since: datetime


def is_new_browser(account_id: UUID, device: str, *, at: datetime) -> bool:
    """Keep it; whether it is new, which the very first one is not."""
    known = KnownBrowser.objects.filter(account=account_id)
    had_others = known.exists()
    _, made = known.get_or_create(account_id=account_id, device=device, defaults={"since": at})
    return made and had_others


def new_browsers(account_id: UUID) -> Sequence[Browser]:
    """All but the first, the latest first."""
    rows = KnownBrowser.objects.filter(account=account_id).order_by("since", "pk")
    later = [Browser(row.device, row.since) for row in rows][1:]
    return later[::-1][:LATEST]
