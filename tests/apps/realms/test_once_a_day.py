from datetime import date

import pytest

from tanxin.apps.realms.models import JobRun
from tanxin.apps.realms.services import once_a_day

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_a_job_is_done_once_a_day_and_again_the_next():
    done = []

    assert once_a_day("derive", DAY, lambda: done.append("first"))
    assert not once_a_day("derive", DAY, lambda: done.append("second"))
    assert once_a_day("derive", date(2026, 11, 24), lambda: done.append("next day"))
    assert done == ["first", "next day"]


def test_what_failed_is_done_later():
    def fail():
        raise RuntimeError("the queue is down")

    with pytest.raises(RuntimeError):
        once_a_day("derive", DAY, fail)

    assert not JobRun.objects.exists()
    assert once_a_day("derive", DAY, lambda: None)
