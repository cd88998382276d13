"""Rules for next year in work: one draft that the organiser still writes, one that waits."""

from datetime import date, datetime

from tanxin.apps.duties.drafting import publishing, writing
from tanxin.demo.seeding.cast import Cast
from tanxin.packs import DEMO_COMMISSION, THREE_MUSTS, shipped_sources

MENTORS = (
    ("{at_least: 1, each: quarter}", "{at_least: 1, each: month}"),
    ("结对帮带人每季度与帮带对象谈心一次", "结对帮带人每月与帮带对象谈心一次"),
    ("结对帮带每季度谈心", "结对帮带每月谈心"),
)


def write_drafts(cast: Cast, at: datetime) -> int:
    """Returns how many drafts there are."""
    actor = cast.actor(cast.persona("demo-organiser"))
    first = date(cast.today.year + 1, 1, 1)
    own = next_year(DEMO_COMMISSION, first)
    draft = writing.begin_draft(actor, own, at=at)
    changed = own
    for before, after in MENTORS:
        changed = changed.replace(before, after)
    writing.save_text(actor, draft.pk, changed, base=draft.number, at=at)
    waiting = writing.begin_draft(actor, next_year(THREE_MUSTS, first), at=at)
    publishing.propose_draft(
        actor, waiting.pk, base=waiting.number, start=first, today=cast.today, at=at
    )
    return 2


def next_year(name: str, first: date) -> str:
    (text,) = shipped_sources(name).values()
    return text.replace("version: 2026.1", f"version: {first.year}.1")
