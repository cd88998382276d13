import pytest

from spacing import glued


@pytest.mark.parametrize(
    "html",
    [
        "<p>提出人 岑明澜. 记下之后再定措施</p>",
        "<p>第 1 版。 谈话对象已确认</p>",
        "<p>没有待谈的： <a>韩娜</a></p>",
        "<dd><a>甲</a>, <a>乙</a></dd>",
    ],
)
def test_sentences_put_together_in_the_english_way_are_found(html):
    assert len(glued(html)) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p>第 1 版。谈话对象已确认</p>",
        "<dt>状态：</dt> <dd>已谈</dd>",
        "<p>由他写下。</p> <p>再看。</p>",
        '<p class="prose-text">甲. 乙， 丙</p>',
        "<p>一、二 3.5 GB</p>",
    ],
)
def test_whole_sentences_and_what_people_wrote_are_left_alone(html):
    assert glued(html) == []
