"""What may be known of private answers, and what may not."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.echoes import (
    FEWEST,
    EchoAnswer,
    EchoQuestion,
    Said,
    period_for,
    sums,
    talks_asked_about,
)

LEADERS = [UUID(int=number) for number in range(6)]
YES, NO = EchoAnswer.YES, EchoAnswer.NO
SAID = st.lists(
    st.builds(
        Said,
        st.sampled_from(LEADERS),
        st.sampled_from(EchoQuestion),
        st.sampled_from(EchoAnswer),
    ),
    max_size=60,
)


def heard(leader, *answers):
    return [Said(LEADERS[leader], EchoQuestion.HEARD, answer) for answer in answers]


def known(said):
    return [
        (one.leader and LEADERS.index(one.leader), {**one.counts})
        for one in sums(said)
        if one.question is EchoQuestion.HEARD
    ]


@given(SAID)
def test_nothing_is_known_of_fewer_than_five_or_of_all_the_same(said):
    for one in sums(said):
        assert sum(one.counts.values()) >= FEWEST
        assert len([count for count in one.counts.values() if count]) > 1
        assert EchoAnswer.SKIPPED not in one.counts


@given(SAID)
def test_each_answer_is_in_one_sum_at_most(said):
    of = {(one.leader, one.question): Counter(one.counts) for one in sums(said)}
    for question in EchoQuestion:
        given_out = sum((of.get((who, question), Counter()) for who in (*LEADERS, None)), Counter())
        answered = Counter(one.answer for one in said if one.question is question)
        assert given_out <= answered


@given(SAID)
def test_who_knows_all_answers_about_himself_learns_nothing_of_fewer_than_five_others(said):
    own = {one.leader for one in sums(said) if one.question is EchoQuestion.HEARD}
    answered = [
        one for one in said
        if one.question is EchoQuestion.HEARD and one.answer is not EchoAnswer.SKIPPED
    ]  # fmt: skip
    rest = [one for one in answered if one.leader not in own]
    if None in own:
        for leader in LEADERS:
            assert len([one for one in rest if one.leader != leader]) >= FEWEST


@given(SAID, st.randoms())
def test_the_order_of_answers_leaves_no_trace(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)

    assert sums(shuffled) == sums(said)


def test_five_different_answers_about_one_leader_are_summed_up():
    assert known(heard(0, YES, YES, YES, YES, NO)) == [(0, {YES: 4, NO: 1})]


def test_four_are_not_and_five_the_same_are_not():
    assert known(heard(0, YES, YES, YES, NO)) == []
    assert known(heard(0, *[YES] * 9)) == []


def test_what_is_too_little_about_each_is_summed_up_together():
    said = heard(0, YES, YES, NO) + heard(1, YES, NO, NO) + heard(2, YES, YES)

    assert known(said) == [(None, {YES: 5, NO: 3})]


def test_one_leader_alone_is_not_called_all_others_together():
    assert known(heard(0, *[YES] * 8) + heard(1, NO)) == []


def test_who_leaves_a_question_out_counts_nowhere():
    assert known(heard(0, YES, YES, YES, NO, EchoAnswer.SKIPPED)) == []


def test_a_talk_is_asked_about_after_four_weeks_and_not_after_nine():
    first, last = talks_asked_about(date(2026, 11, 23))

    assert (first, last) == (date(2026, 9, 21), date(2026, 10, 26))
    assert period_for(date(2026, 11, 23)).code == "2026-H2"
    assert period_for(date(2026, 12, 31) + timedelta(days=1)).code == "2027-H1"


def test_guessing_who_was_not_heard_is_no_better_than_chance():
    """The one who leads knows all he talked with, and every sum there is."""
    random = Random(26)
    right, chance, shown = 0, 0.0, 0
    for _group in range(1_000):
        answers = [NO if random.random() < 0.25 else YES for _ in range(random.randint(3, 15))]
        [*found] = known(heard(0, *answers))
        if found:
            shown += 1
            counts = found[0][1]
            chance += counts[NO] / len(answers)
            # All that a sum tells is how many; whoever stands first is as good a guess as any.
            right += answers[0] is NO
    assert shown > 500
    assert right / shown <= chance / shown + 0.02
