from datetime import date, datetime

from tanxin.apps.notices.overdue import overdue_told
from tanxin.core.access import Actor


def note_overdue(actor: Actor, *, today: date, at: datetime) -> int:
    """Put aside what the actor was told is overdue; it stays on its page until it is done."""
    rows = overdue_told(actor, today=today).filter(noted_at=None)
    return rows.update(noted_at=at)
