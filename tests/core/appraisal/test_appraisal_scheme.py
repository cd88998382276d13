"""What may be declared as a scheme, and what is refused."""

from dataclasses import replace

import pytest

from tanxin.core.appraisal import (
    DEFAULT,
    INDICATORS,
    Fault,
    Indicator,
    Nature,
    Scheme,
    SchemeUnreadable,
    faults_of,
    scheme_from,
)

I = Indicator  # noqa: E741 - short in tables


def weights(**given) -> Scheme:
    return replace(DEFAULT, weights={I(key): value for key, value in given.items()})


def test_the_default_scheme_may_be_declared_and_weighs_results_alone():
    assert faults_of(DEFAULT) == []
    assert DEFAULT.weight_of(Nature.PROCESS) == 0
    assert set(DEFAULT.floors) == {I.COVERAGE}


def test_it_reads_back_what_it_writes():
    assert scheme_from(DEFAULT.data()).data() == DEFAULT.data()


@pytest.mark.parametrize(
    ("scheme", "fault"),
    [
        (weights(confirmed=51, closure=29, view=20), Fault.PROCESS_ABOVE_RESULT),
        (weights(closure=50, view=40), Fault.NOT_A_HUNDRED),
        (weights(coverage=20, closure=50, view=30), Fault.THRESHOLD_WEIGHED),
        (weights(closure=100), Fault.ONE_RESULT_ALONE),
        (weights(closure=-10, view=110), Fault.OUT_OF_BOUNDS),
        (replace(DEFAULT, floors={}), Fault.COVERAGE_WITHOUT_FLOOR),
        (replace(DEFAULT, floors={I.COVERAGE: 80, I.CLOSURE: 60}), Fault.RESULT_AS_THRESHOLD),
        (replace(DEFAULT, floors={I.COVERAGE: 101}), Fault.OUT_OF_BOUNDS),
        (replace(DEFAULT, fewest=4), Fault.OUT_OF_BOUNDS),
        (replace(DEFAULT, strength=0), Fault.OUT_OF_BOUNDS),
        (replace(DEFAULT, again=366), Fault.OUT_OF_BOUNDS),
    ],
)
def test_what_a_scheme_may_not_say_is_named(scheme, fault):
    assert fault in faults_of(scheme)


def test_process_may_weigh_as_much_as_results_but_no_more():
    assert faults_of(weights(confirmed=30, on_time=20, closure=30, view=20)) == []
    assert faults_of(weights(confirmed=31, on_time=20, closure=29, view=20)) == [
        Fault.PROCESS_ABOVE_RESULT
    ]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {**DEFAULT.data(), "more": 1},
        {**DEFAULT.data(), "weights": 3},
        {**DEFAULT.data(), "weights": {"talks": 100}},
        {**DEFAULT.data(), "weights": {"closure": "30"}},
        {**DEFAULT.data(), "fewest": True},
    ],
)
def test_what_is_no_scheme_is_refused(data):
    with pytest.raises(SchemeUnreadable):
        scheme_from(data)


def test_nothing_that_can_be_weighed_counts_talks():
    assert {key.value for key in INDICATORS} == {
        "coverage", "confirmed", "on_time", "closure", "effect", "recurrence", "view", "requests",
        "replied",
    }  # fmt: skip
