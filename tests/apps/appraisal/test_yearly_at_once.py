"""Two who write at once, and a year that is frozen while it is looked at."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date

import pytest
from django.db import connections, transaction
from django.utils import timezone

from appraisal_steps import LAST, THIS, declared, entrusted, issues
from tanxin.apps.appraisal.models import SchemeVersion, YearTaken
from tanxin.apps.appraisal.services import begin_scheme
from tanxin.apps.appraisal.services.freezing import look_at_year
from world import small_world


@pytest.fixture
def shared(on_disk, keeper):
    return entrusted(small_world())


def elsewhere(act):
    try:
        return act()
    finally:
        connections.close_all()


def test_two_schemes_begun_at_once_have_two_numbers(shared):
    dora, at = shared.actor("dora"), timezone.now()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            begin_scheme(dora, first_year=THIS, at=at)
            other = pool.submit(elsewhere, lambda: begin_scheme(dora, first_year=THIS, at=at))
            wait([other], timeout=0.5)
        other.result(timeout=20)

    numbers = SchemeVersion.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


def test_a_year_frozen_while_it_is_looked_at_stays_as_it_was(shared):
    declared(shared)
    issues(shared, 6, solved=5)
    realm, until, at = shared.realm_id, date(LAST, 12, 31), timezone.now()
    look_at_year(realm, LAST, until=until, at=at)
    before = bytes(YearTaken.objects.get().digest)
    issues(shared, 6, solved=0)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            YearTaken.objects.filter(realm=realm).update(state="frozen", frozen_by=shared.dora)
            looking = pool.submit(elsewhere, lambda: look_at_year(realm, LAST, until=until, at=at))
            wait([looking], timeout=0.5)
        assert looking.result(timeout=20) == 0

    taken = YearTaken.objects.get()
    assert (taken.state, bytes(taken.digest)) == ("frozen", before)
