"""Search in one's own records: the keeper looks, and the page names what holds the words."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import WORDING, issue_in
from talk_steps import asked, recorded, write
from tanxin.apps.archive.models import Record
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.talks import services
from tanxin.apps.talks.selectors import record_of
from tanxin.web.talks.searching import found

URL = "talks:search"


def look(world, who, words):
    answer = world.client(who).post(reverse(URL), {"words": words})
    return answer, unescape(answer.content.decode())


def test_a_party_finds_the_talk_and_no_text_is_shown_or_logged_as_opened(world):
    talk = recorded(world, "处里缺两个人")

    for who in ("ada", "ben"):
        answer, page = look(world, who, "缺 两个人")
        assert answer.status_code == 200
        assert reverse("talks:talk", args=[talk.pk]) in page
        assert "处里缺" not in page
    assert keeper_client.releases(world.realm_id, record_of(talk).pk) == []


@pytest.mark.parametrize("who", ["cleo", "dora", "emil"])
def test_nobody_else_finds_it(world, who):
    talk = recorded(world, "处里缺两个人")
    answer, page = look(world, who, "缺")
    assert answer.status_code == 200
    assert str(talk.pk) not in page
    assert "您的内容中没有同时包含这些词语的。" in page


def test_only_what_stands_now_is_looked_through(world):
    talk = recorded(world, "先写的话")
    write(world, talk, "后来的话", expected_version=1)
    assert str(talk.pk) not in look(world, "ada", "先写")[1]
    assert str(talk.pk) in look(world, "ada", "后来")[1]


def test_a_memo_is_found_by_its_author_alone(world):
    talk = recorded(world, "别的话")
    services.write_memo(world.actor("ada"), talk.pk, text="只给自己看", at=timezone.now())
    assert str(talk.pk) in look(world, "ada", "只给自己")[1]
    assert str(talk.pk) not in look(world, "ben", "只给自己")[1]


def test_issues_and_requests_are_found_where_they_are_told(world):
    issue, request = issue_in(world, "raised"), asked(world, topic="岗位交流的事")
    assert reverse("issues:issue", args=[issue]) in look(world, "ben", WORDING[:4])[1]
    assert reverse("talks:request", args=[request.pk]) in look(world, "ada", "岗位")[1]


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "长" * 61])
def test_without_a_word_it_asks_for_one(world, words):
    answer, _ = look(world, "ada", words)
    assert answer.status_code == 422


def test_the_words_are_never_in_an_address(world):
    page = world.client("ada").get(reverse(URL), {"words": "岗位"}).content.decode()
    assert 'method="post"' in page
    assert "岗位" not in page


@pytest.mark.parametrize("session", ["", "0" * 64])
def test_without_a_live_login_at_the_keeper_the_page_asks_who_it_is(world, session):
    recorded(world, "处里缺两个人")
    client = world.client("ada")
    kept = client.session
    kept["keeper"] = session
    kept.save()

    answer = client.post(reverse(URL), {"words": "缺"})

    page = unescape(answer.content.decode())
    assert "itsme-password" in page
    assert 'value="缺"' in page


def test_a_hit_names_the_counterpart_and_the_day(world):
    recorded(world, "处里缺两个人")
    asked(world, topic="处里缺人的事")

    page = look(world, "ada", "处里缺")[1]

    assert page.count("与本明") == 2
    assert timezone.localdate().isoformat() in page


def test_an_answer_and_what_a_verifier_said_are_called_what_they_are(world):
    issue_in(world, "answered")

    kinds = {kind: str(found(record, "").label) for kind, record in told()}

    assert kinds["answer"] == "答复"
    assert kinds.get("remark", "核查说明") == "核查说明"


def told():
    return [(row.kind, row) for row in Record.objects.filter(about_kind="issue")]
