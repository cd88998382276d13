"""A subject without an account: who reads the record to him, and how his word is quoted."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, digest_of, events_about, proposed, write
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation
from web.sheets.scans import PDF


@pytest.fixture
def talk(world):
    world.person("olga", "老张")
    now = timezone.now()
    row = proposed(world, "emil", "olga")
    services.hold(world.actor("emil"), row.pk, held_at=now - timedelta(hours=1), at=now)
    return write(world, row, by="emil")


def url(talk, page):
    return reverse(f"sheets:{page}", args=[talk.pk])


def text_of(world, name, address):
    answer = world.client(name).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def named(world, talk):
    answer = world.client("emil").post(url(talk, "witness"), {"person": world.cleo})
    assert answer.status_code == 303


def said(talk, **more):
    return {
        "digest": digest_of(talk).hex(), "how": "phone", "verdict": "confirmed", "remark": "",
    } | more  # fmt: skip


def test_the_initiator_asks_a_third_who_finds_it_among_what_waits(world, talk):
    page = reverse("talks:talk", args=[talk.pk])
    assert url(talk, "witness") in text_of(world, "emil", page)
    refused = world.client("emil").post(url(talk, "witness"), {"person": world.ben})
    assert "不为您工作的第三人" in refused.content.decode()

    named(world, talk)

    assert "单可" in text_of(world, "emil", url(talk, "witness"))
    assert url(talk, "word") in text_of(world, "cleo", "/")
    assert SAID in text_of(world, "cleo", url(talk, "word"))


def test_what_was_read_back_is_quoted_so_everywhere(world, talk):
    named(world, talk)
    text_of(world, "cleo", url(talk, "word"))
    assert world.client("cleo").post(url(talk, "word"), said(talk)).status_code == 303

    for page in ("talks:talk", "talks:record"):
        text = text_of(world, "emil", reverse(page, args=[talk.pk]))
        assert "代为宣读确认（电话）" in text
        assert "单可经办" in text
    assert "代为宣读人" in text_of(world, "emil", reverse("talks:talk", args=[talk.pk]))
    assert "代为宣读确认" in text_of(world, "emil", reverse("talks:version", args=[talk.pk, 1]))
    paper = world.client("emil").get(reverse("talks:paper", args=[talk.pk, "record", "docx"]))
    lines = [line.text for line in docx.Document(BytesIO(paper.content)).paragraphs]
    assert any("代为宣读确认（电话），单可经办" in line for line in lines)
    assert world.client("cleo").get(url(talk, "word")).status_code == 404
    assert world.client("emil").get(url(talk, "witness")).status_code == 303
    assert events_about(talk)[-1] == "talk.printed"


def test_an_organiser_enters_the_paper_and_sees_no_word_of_it(world, talk):
    assert url(talk, "word") in text_of(world, "dora", reverse("talks:talk", args=[talk.pk]))
    page = text_of(world, "dora", url(talk, "word"))
    assert SAID not in page
    assert "phone" not in page

    without = world.client("dora").post(url(talk, "word"), said(talk, how="paper"))
    scan = SimpleUploadedFile("a.pdf", PDF)
    paper = said(talk, how="paper", verdict="not_right", remark="缺一句", scan=scan)
    given = world.client("dora").post(url(talk, "word"), paper)

    assert (without.status_code, given.status_code) == (422, 303)
    text = text_of(world, "emil", reverse("talks:record", args=[talk.pk]))
    assert "纸质意见" in text
    assert "缺一句" in text
    assert "扫描件" in text


def test_what_changed_meanwhile_is_read_again(world, talk):
    named(world, talk)
    old = said(talk)
    write(world, talk, "改了一句", by="emil", expected_version=1)

    answer = world.client("cleo").post(url(talk, "word"), old)

    assert (answer.status_code, "改了一句" in answer.content.decode()) == (422, True)
    assert not Confirmation.objects.exists()


def test_a_talk_that_is_full_of_files_says_so(world, talk, monkeypatch):
    monkeypatch.setattr("tanxin.apps.archive.attachments.adding.MOST_OF_ONE", 0)
    scan = SimpleUploadedFile("a.pdf", PDF)

    answer = world.client("dora").post(url(talk, "word"), said(talk, how="paper", scan=scan))

    assert (answer.status_code, "附件已满" in answer.content.decode()) == (422, True)


def test_who_led_it_and_strangers_have_no_such_page(world, talk):
    for name, status in (("emil", 403), ("ada", 404), ("cleo", 404)):
        assert world.client(name).get(url(talk, "word")).status_code == status
