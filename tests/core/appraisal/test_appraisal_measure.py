"""Small numbers are drawn in or not counted; a frozen text computed again gives the same bytes."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.appraisal import (
    DEFAULT,
    Evidence,
    Indicator,
    Judged,
    Standing,
    UnknownMethod,
    document_of,
    is_unchanged,
    judged_again,
    result_of,
    together,
)
from tanxin.core.appraisal.measure import shrunk

I = Indicator  # noqa: E741 - short in tables
WHOLE = dict.fromkeys(I, (100, 140))
COVERED = Evidence(sums=(9, 0, 1))


def rows(full: int, none: int = 0) -> Evidence:
    return Evidence(tuple((f"{at:04}", 2 if at < full else 0) for at in range(full + none)))


def enough(**more) -> dict:
    given = dict.fromkeys(DEFAULT.weights, rows(8, 2)) | {I.COVERAGE: COVERED}
    return given | {I(key): one for key, one in more.items()}


def test_a_result_is_the_weighted_mean_of_shares_drawn_towards_the_whole():
    found = result_of(DEFAULT, enough(), WHOLE)

    # (8 + 10 · 0.7) / 20 = 0.75 for each
    assert (found.standing, found.tenths, found.resting_on) == (Standing.GIVEN, 750, 100)
    assert {line.tenths for line in found.lines} == {750}


def test_too_little_evidence_is_said_and_not_counted_as_nothing():
    found = result_of(DEFAULT, enough(effect=rows(0, 4), view=Evidence()), WHOLE)

    lines = {line.indicator: line for line in found.lines}
    assert lines[I.EFFECT].tenths is None
    assert lines[I.EFFECT].count == 4
    assert (found.tenths, found.resting_on) == (750, 60)


def test_with_less_than_half_of_the_weight_no_result_is_given():
    found = result_of(DEFAULT, {I.COVERAGE: COVERED, I.CLOSURE: rows(40)}, WHOLE)

    assert (found.standing, found.tenths) == (Standing.TOO_LITTLE, None)


def test_below_the_threshold_no_result_is_given_and_above_it_more_changes_nothing():
    below = result_of(DEFAULT, enough(coverage=Evidence(sums=(7, 0, 3))), WHOLE)
    just = result_of(DEFAULT, enough(coverage=Evidence(sums=(8, 0, 2))), WHOLE)
    all_of_it = result_of(DEFAULT, enough(coverage=Evidence(sums=(10, 0, 0))), WHOLE)

    assert (below.standing, below.tenths) == (Standing.BELOW, None)
    assert not below.thresholds[0].reached
    assert just.tenths == all_of_it.tenths == 750
    assert result_of(DEFAULT, enough(coverage=Evidence()), WHOLE).standing is Standing.GIVEN


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 100), st.integers(0, 200))
def test_a_shrunk_share_lies_between_the_own_and_that_of_the_whole(full, none, strength, halves):
    evidence = rows(full, none)
    usual = Fraction(halves, 200)
    found = shrunk(evidence, (100, halves), strength)

    own = Fraction(full, full + none) if full + none else usual
    assert min(own, usual) <= found <= max(own, usual)
    assert abs(shrunk(rows(full * 10, none * 10), (100, halves), strength) - own) <= abs(
        found - own
    )


def test_a_whole_of_nothing_draws_to_the_middle():
    assert shrunk(Evidence(), (0, 0), 10) == Fraction(1, 2)


def test_answers_in_part_count_half_and_the_whole_is_the_sum_of_all():
    view = Evidence(sums=(3, 4, 3))

    assert (view.count, view.halves) == (10, 10)
    assert together([view, rows(2, 1)]) == (13, 14)


def judged(**more) -> Judged:
    about = {"unit": "u1", "year": 2025, "until": "2025-12-31"}
    return Judged(about, DEFAULT, enough(**more), WHOLE, {})


def test_computing_a_frozen_result_again_gives_the_same_bytes():
    first = document_of(judged())

    assert document_of(judged_again(first.text)).text == first.text
    assert is_unchanged(first.text, first.digest)
    assert not is_unchanged(first.text.replace(b'"tenths":750', b'"tenths":990'), first.digest)
    forged = first.text.replace(b'"tenths":750', b'"tenths":990')
    assert not is_unchanged(forged, replace(first, text=forged).digest)


@given(st.lists(st.tuples(st.uuids(), st.integers(0, 2)), max_size=30), st.randoms())
def test_the_order_in_which_evidence_is_found_changes_no_byte(found, chance):
    pieces = [(str(ref), half) for ref, half in dict(found).items()]
    other = pieces.copy()
    chance.shuffle(other)

    texts = {document_of(judged(closure=Evidence(tuple(one)))).text for one in (pieces, other)}
    assert len(texts) == 1


def test_an_appeal_leaves_the_evidence_and_adds_what_it_makes_of_it():
    before = judged(closure=rows(5, 5))
    after = before.with_changes({"0005": "out", "0006": "met"})

    lines = {line.indicator: line for line in after.result.lines}
    assert (lines[I.CLOSURE].count, before.evidence) == (9, after.evidence)
    assert after.result.tenths > before.result.tenths
    assert is_unchanged(document_of(after).text, document_of(after).digest)


def test_a_method_that_nobody_knows_computes_nothing():
    text = document_of(judged()).text.replace(b'"method":"1"', b'"method":"9"')

    with pytest.raises(UnknownMethod):
        document_of(judged_again(text))
