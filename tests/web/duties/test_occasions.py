"""A duty of an occasion is called by the day it comes from, never by a code."""

import pytest
from django.utils import translation

from tanxin.web.duties.words import period


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("n2026-spring-festival", "2026年春节"),
        ("y2026-birthday", "2026年生日"),
        ("x-00ff", ""),
        ("t-00ff", ""),
        ("l-00ff", ""),
    ],
)
def test_the_period_of_an_occasion_is_its_day_or_nothing(code, said):
    with translation.override("zh-hans"):
        assert period(code) == said
