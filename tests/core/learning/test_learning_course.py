"""Questions come from the rules, always the same, and the right answer is what the rule says."""

from hypothesis import given
from hypothesis import strategies as st

from tanxin.core.learning.course import Aspect, Known, missed, questions
from tanxin.core.learning.rates import Band, band

SAYINGS = st.dictionaries(st.sampled_from(list(Aspect)), st.sampled_from("abcdef"))
RULES = st.lists(SAYINGS, max_size=12).map(
    lambda said: [Known(f"pack/rule-{at}", one) for at, one in enumerate(said)]
)


@given(RULES, st.randoms())
def test_each_question_has_one_right_answer_that_the_rule_gives(rules, chance):
    asked = questions(rules)
    shuffled = list(rules)
    chance.shuffle(shuffled)

    assert questions(shuffled) == asked
    assert len(asked) <= 10
    assert len({one.name for one in asked}) == len(asked)
    said = {rule.key: rule.said for rule in rules}
    for one in asked:
        assert one.choices[one.right] == said[one.key][one.aspect]
        assert 2 <= len(one.choices) == len(set(one.choices)) <= 4


@given(RULES)
def test_who_answers_as_the_rules_say_has_missed_nothing_and_who_says_nothing_all(rules):
    asked = questions(rules)

    assert missed(asked, {one.name: one.right for one in asked}) == []
    assert missed(asked, {}) == asked


def test_each_rule_is_asked_about_before_one_is_asked_about_twice():
    rules = [Known(f"r{at}", dict.fromkeys(Aspect, f"{at}")) for at in range(12)]

    assert len({one.key for one in questions(rules)}) == 10
    assert {one.aspect for one in questions(rules)} == set(Aspect)


@given(st.integers(0, 40), st.integers(0, 40))
def test_no_band_says_that_all_have_or_that_nobody_has(read, more):
    of = read + more
    found = band(read, of)

    assert (found is None) == (of < 5)
    neighbours = {band(one, of) for one in (0, 1)}, {band(one, of) for one in (of, of - 1)}
    assert of < 5 or all(len(each) == 1 for each in neighbours)
    assert found in {None, *Band}
