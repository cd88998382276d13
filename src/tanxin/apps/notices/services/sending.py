from datetime import date, datetime
from uuid import UUID

from tanxin.apps.notices.services.delivering import deliver, due
from tanxin.apps.notices.services.making import make
from tanxin.apps.realms.selectors import work_calendar, zone_of
from tanxin.apps.realms.services import names_left_to_run, once_a_day
from tanxin.core.notices import hours_begun, may_send


def send_due(realm_id: UUID, *, at: datetime) -> int:
    """Make what the hour asks for and send what is due; how many were sent. Not in quiet hours."""
    local = at.astimezone(zone_of(realm_id))
    if not may_send(local, work_calendar(realm_id)):
        return 0
    today = local.date()
    make_once(realm_id, today, hours_begun(local), at)
    return sum(deliver(one, at) for one in due(realm_id, today, at))


def make_once(realm_id: UUID, today: date, begun: list[int], at: datetime) -> None:
    """For each hour that has begun, once; those that were missed are made up for."""
    names = {f"digests {hour:02} {realm_id}": hour for hour in begun}
    left = names_left_to_run(names, today)
    if left:
        make(realm_id, today, at, hours=[names[name] for name in left])
        for name in left:
            once_a_day(name, today, lambda: None)
