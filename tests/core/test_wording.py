import pytest

from tanxin.core.wording import is_blank


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "\u200b", "\u2060\ufeff\u00ad", "\u202e\u2066", "\x00", "\u3164\u2800", "\u3000"],
)
def test_what_nobody_can_see_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["好", "a", "。", "1", "\u200b好", "👍"])
def test_one_sign_that_can_be_seen_says_something(text):
    assert not is_blank(text)
