"""T02 at full size: 10,000 random people at random addresses, and whether time tells."""

from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest
from django.urls import reverse

from web.policy.cast import cast_all
from web.policy.pairs import Walk

pytestmark = pytest.mark.prove
WITHIN = 0.005


def test_ten_thousand_pairs_leak_nothing(db, keeper):
    walk = Walk(cast_all(), 20261123)

    assert list(walk.leaks(10_000)) == []


def test_what_is_denied_takes_as_long_as_what_is_missing(db, keeper, capsys):
    walk = Walk(cast_all(), 7)
    browser, row = walk.browsers["stranger"], walk.rows[0]
    taken = {"denied": [], "missing": []}
    for _ in range(300):
        for what, row_id in (("denied", row.id), ("missing", uuid4())):
            url = reverse("talks:talk", args=[row_id])
            begun = perf_counter()
            assert browser.get(url).status_code == 404
            taken[what].append(perf_counter() - begun)

    apart = abs(median(taken["denied"]) - median(taken["missing"]))
    with capsys.disabled():
        print(f"\ndenied and missing differ by {apart * 1000:.2f} ms in the median")
    assert apart <= WITHIN
