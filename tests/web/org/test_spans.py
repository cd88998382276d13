"""The picture of dated facts keeps every bar inside the frame and in its order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tanxin.web.org.spans import MOST_LABELS, Span, picture

TODAY = date(2026, 11, 23)
days = st.none() | st.dates(date(1950, 1, 1), date(2060, 1, 1))


def number(share):
    return float(share.removesuffix("%"))


@given(st.lists(st.tuples(days, days), max_size=8), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_every_bar_has_a_width_and_stays_inside(pairs, on):
    spans = [
        Span(start, end, "任职", "处长")
        for start, end in pairs
        if not start or not end or end > start
    ]
    drawn = picture(spans, on, TODAY)

    assert len(drawn.lanes) == len(spans)
    for lane in drawn.lanes:
        assert 0 <= number(lane.x) <= 100
        assert 0.5 <= number(lane.width) <= 100
        assert lane.holds == lane.span.holds_on(on)
    assert len(drawn.years) <= MOST_LABELS + 1


def test_an_open_fact_reaches_the_edge_and_a_later_one_begins_further_right():
    drawn = picture(
        [
            Span(date(2024, 1, 1), None, "任职", "处长"),
            Span(date(2025, 1, 1), date(2026, 1, 1), "职级", "处级"),
            Span(None, date(2026, 1, 1), "支部", "第一支部"),
        ],
        TODAY,
        TODAY,
    )
    first, second, third = drawn.lanes
    assert round(number(first.x) + number(first.width)) == 100
    assert number(second.x) > number(first.x)
    assert number(third.x) == 0
    assert [lane.holds for lane in drawn.lanes] == [True, False, False]


def test_a_fact_for_ever_does_not_push_the_others_out_of_the_picture():
    today = date(2026, 11, 23)
    spans = [
        Span(date(2020, 1, 1), None, "", "now"),
        Span(date.min, date.max, "", "ever"),
    ]

    drawn = picture(spans, today, today)

    assert number(drawn.lanes[0].x) < number(drawn.day_x)
    assert number(drawn.lanes[0].width) > 10
