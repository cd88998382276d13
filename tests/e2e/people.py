"""The demo's people by name, and the things they do in more than one journey."""

from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from e2e.browsing import Visitor
from tanxin.demo.invent.plan import read_plan

PLAN = read_plan()
NAMES = {
    one["persona"]: one["name"] for one in PLAN.leaders if "persona" in one
} | {one["handle"]: one["name"] for one in PLAN.personas}  # fmt: skip
HERE = ZoneInfo("Asia/Shanghai")


EVENINGS = count()


def moment(**away: int) -> str:
    """A time for a field of the form, on the full five minutes.

    On a day to come it is an evening, each time another: nobody of the demo has anything then,
    whatever hour it is now.
    """
    when = datetime.now(HERE) + timedelta(**away)
    if away.get("days", 0) > 0:
        evening = when.replace(hour=18, minute=30) + timedelta(minutes=45 * (next(EVENINGS) % 6))
        return evening.strftime("%Y-%m-%dT%H:%M")
    return when.replace(minute=when.minute // 5 * 5).strftime("%Y-%m-%dT%H:%M")


def find_partner(visitor: Visitor, handle: str) -> None:
    """To the form that proposes a talk with one of them."""
    visitor.go("talks:new", query=f"q={NAMES[handle]}")
    link = visitor.page.locator('main a[href*="with="]', has_text=NAMES[handle])
    visitor.go(link.first.get_attribute("href"))


def record_held_talk(visitor: Visitor, handle: str, text: str) -> str:
    """A talk that took place an hour ago, written down now; returns the path of its page."""
    find_partner(visitor, handle)
    visitor.fill("talks:new", planned_for=moment(hours=-1), channel="face")
    visitor.page.locator('[name="took_place"]').check()
    visitor.send("talks:new")
    assert visitor.view == "talks:write"
    visitor.send("talks:write", unclassified=True, text=text)
    assert visitor.view == "talks:talk"
    return visitor.path
