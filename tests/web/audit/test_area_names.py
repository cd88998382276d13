"""Every sort of event has a name on the pages of the log."""

from tanxin.apps.audit.events import EVENTS
from tanxin.web.audit.words import AREAS, KINDS


def test_no_area_of_the_log_is_called_by_its_code():
    assert {event.partition(".")[0] for event in EVENTS} <= set(AREAS | KINDS)
