"""What counts as the same when one's own records are searched."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tanxin.keeper.folding import folded, holds_all


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ１２３", "abc123"), ("缺 两\n个人", "缺两个人"), ("想换岗位。", "想换岗位。"),
        ("，：？", ",:?"), ("Straße", "STRASSE"), ("㈱", "(株)"), ("é", "É"), ("ﬁ", "FI"),
    ],
)  # fmt: skip
def test_spellings_that_look_alike_are_one(one, other):
    assert folded(one) == folded(other)


@given(some.text(some.characters(min_codepoint=0x20, max_codepoint=0x2FF)))
def test_composed_and_decomposed_are_one(text):
    assert folded(normalize("NFD", text)) == folded(normalize("NFC", text))


def test_all_the_words_have_to_be_there():
    text = "处里缺两个人，\n孩子上学".encode()
    assert holds_all(text, [folded("人,孩"), folded("上学")])
    assert not holds_all(text, [folded("上学"), folded("岗位")])
