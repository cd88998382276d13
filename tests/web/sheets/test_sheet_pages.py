"""A talk on paper, page by page: asked, typed, looked at, marked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from talk_steps import agreed
from tanxin.apps.archive.attachments import blobs
from tanxin.apps.archive.models import Attachment
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Talk
from tanxin.apps.talks.paper_models import PaperEntry
from web.sheets.scans import PDF

TYPED = "金丝雀：希望换一台电脑"


def url(talk, page, *more):
    return reverse(f"sheets:{page}", args=[talk.pk, *more])


def on_paper(world):
    talk = agreed(world)
    answer = world.client("ada").post(url(talk, "assistant"), {"person": world.cleo, "find": ""})
    assert answer.status_code == 303
    return talk


def sheet(**more):
    held = timezone.localtime() - timedelta(hours=2)
    return {
        "form": str(uuid4()), "unclassified": "on", "text": TYPED,
        "held_at": held.strftime("%Y-%m-%dT%H:%M"), "scan": SimpleUploadedFile("张三.pdf", PDF),
    } | more  # fmt: skip


def typed(world, **more):
    talk = on_paper(world)
    answer = world.client("cleo").post(url(talk, "type"), sheet(**more))
    assert answer.status_code == 303, answer.content.decode()
    return talk


def accepted(world):
    talk = typed(world)
    entry = PaperEntry.objects.get().pk
    answer = world.client("ada").post(url(talk, "check"), {"entry": entry})
    assert answer.status_code == 303
    return talk


def text_of(world, name, address):
    answer = world.client(name).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_initiator_asks_somebody_and_the_page_of_the_talk_leads_there(world):
    talk = agreed(world)
    assert url(talk, "assistant") in text_of(world, "ada", reverse("talks:talk", args=[talk.pk]))
    assert "请人补录" in text_of(world, "ada", url(talk, "assistant"))

    refused = world.client("ada").post(url(talk, "assistant"), {"person": world.ben})
    found = world.client("ada").post(url(talk, "assistant"), {"find": "单可", "looking": "1"})
    named = world.client("ada").post(url(talk, "assistant"), {"person": world.cleo})

    assert (refused.status_code, found.status_code, named.status_code) == (422, 200, 303)
    assert url(talk, "type") in text_of(world, "cleo", "/")
    assert "单可" in text_of(world, "ada", url(talk, "assistant"))
    assert "单可" in text_of(world, "ben", reverse("talks:talk", args=[talk.pk]))


def test_the_assistant_hands_in_and_the_initiator_finds_it_first(world):
    talk = typed(world)

    assert "已提交" in text_of(world, "cleo", url(talk, "type"))
    assert url(talk, "check") in text_of(world, "ada", "/")
    page = text_of(world, "ada", url(talk, "check"))
    assert TYPED in page
    assert "单可" in page
    assert url(talk, "check") in text_of(world, "ada", reverse("talks:talk", args=[talk.pk]))


def test_the_first_page_has_one_row_for_a_talk_whose_sheet_waits_and_none_when_it_is_the_record(
    world,
):
    talk = on_paper(world)
    moment = timezone.now() - timedelta(hours=3)
    Talk.objects.filter(pk=talk.pk).update(planned_for=moment)
    page = reverse("talks:talk", args=[talk.pk])
    assert page in text_of(world, "ada", "/")

    world.client("cleo").post(url(talk, "type"), sheet())
    waiting = text_of(world, "ada", "/")
    world.client("ada").post(url(talk, "check"), {"entry": PaperEntry.objects.get().pk})

    assert waiting.count(str(talk.pk)) == 1
    assert url(talk, "check") in waiting
    assert str(talk.pk) not in text_of(world, "ada", "/")


def test_one_press_makes_it_the_record_and_it_says_wherefrom(world):
    talk = accepted(world)

    record = text_of(world, "ben", reverse("talks:record", args=[talk.pk]))

    assert TYPED in record
    assert "纸质补录" in record
    assert "纸质补录" in text_of(world, "dora", reverse("talks:talk", args=[talk.pk]))
    assert "据纸质记录补录" not in text_of(world, "dora", reverse("talks:talk", args=[talk.pk]))
    assert Talk.objects.get().state == "recorded"
    assert world.client("ada").get(url(talk, "check")).status_code == 303
    assert world.client("cleo").get(url(talk, "type")).status_code == 404


def test_the_two_read_who_typed_the_record_and_that_the_initiator_has_read_it(world):
    talk = typed(world)
    world.client("ada").get(url(talk, "check"))
    world.client("ada").post(url(talk, "check"), {"entry": PaperEntry.objects.get().pk})

    page = text_of(world, "ben", reverse("talks:talk", args=[talk.pk]))

    assert "除此以外只有你们双方能看" in page
    typist, reader = page.split("谁打开过记录")[1].split("<li>")[1:3]
    assert "单可" in typist
    assert "安雅" in reader
    assert "尚无人打开过" not in page


def test_the_scan_is_a_download_whose_name_tells_nothing(world):
    talk = accepted(world)
    row = Attachment.objects.get()

    answer = world.client("ben").get(url(talk, "file", row.pk))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="scan-')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert len(keeper_client.releases(world.realm_id, row.record_id)) == 1


def test_nobody_else_gets_it_and_a_damaged_one_says_so(world):
    talk = accepted(world)
    row = Attachment.objects.get()
    for name, status in (("cleo", 404), ("dora", 403), ("emil", 404)):
        assert world.client(name).get(url(talk, "file", row.pk)).status_code == status
    assert world.client("ben").get(url(talk, "file", uuid4())).status_code == 404

    blobs.place(world.realm_id, row.blob).write_bytes(b"TX")
    ben = world.client("ben")
    assert ben.get(url(talk, "file", row.pk)).status_code == 303
    assert "文件已损坏" in ben.get(reverse("talks:talk", args=[talk.pk])).content.decode()


def test_sent_back_it_comes_again_with_what_was_typed(world):
    talk = typed(world)
    entry = PaperEntry.objects.get().pk

    chosen = {"return-entry": entry, "return-because": "differs"}
    assert world.client("ada").post(url(talk, "return"), {}).status_code == 422
    assert world.client("ada").post(url(talk, "return"), chosen).status_code == 303
    assert world.client("ada").post(url(talk, "return"), chosen).status_code == 303

    page = text_of(world, "cleo", url(talk, "type"))
    assert TYPED in page
    assert "录入内容与原件不一致" in page
    assert world.client("ada").post(url(talk, "check"), {"entry": entry}).status_code == 303


def test_a_draft_is_kept_and_a_late_sheet_asks_why(world):
    talk, client = on_paper(world), world.client("cleo")
    assert client.post(url(talk, "draft"), {"text": "写了一半"}).status_code == 303
    assert "写了一半" in text_of(world, "cleo", url(talk, "type"))

    long_ago = (timezone.localtime() - timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    asked = client.post(url(talk, "type"), sheet(held_at=long_ago))
    assert (asked.status_code, "late_reason" in asked.content.decode()) == (422, True)
    given = client.post(url(talk, "type"), sheet(held_at=long_ago, late_reason="住院"))
    assert given.status_code == 303
    assert "住院" in text_of(world, "ada", url(talk, "check"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", "只是文字".encode(), "PDF、JPEG、PNG"),
        ("a.pdf", b"%PDF-1.4 /JavaScript %%EOF", "脚本"),
        ("a.exe", b"MZ\0\0", "不能作为附件"),
        ("a.pdf", b"", "空"),
    ],
    ids=["text", "script", "program", "empty"],
)
def test_a_file_that_is_not_meant_is_refused_in_words(world, name, data, said):
    talk = on_paper(world)

    answer = world.client("cleo").post(
        url(talk, "type"), sheet(scan=SimpleUploadedFile(name, data))
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Attachment.objects.exists()


def test_too_many_files_and_a_full_disk_are_said_in_words(world, monkeypatch):
    talk, client = on_paper(world), world.client("cleo")
    many = [SimpleUploadedFile(f"{at}.pdf", PDF) for at in range(21)]
    assert "20" in client.post(url(talk, "type"), sheet(scan=many)).content.decode()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = client.post(url(talk, "type"), sheet())

    assert (answer.status_code, "磁盘已满" in answer.content.decode()) == (422, True)
    assert not PaperEntry.objects.exists()


def test_a_sheet_that_a_record_has_overtaken_no_longer_waits(world):
    talk = typed(world)
    now = timezone.now()
    services.write_record(world.actor("ada"), talk.pk, text="先写了", held_at=now, at=now)

    assert world.client("ada").get(url(talk, "check")).status_code == 303
    entry = PaperEntry.objects.get().pk
    assert world.client("ada").post(url(talk, "check"), {"entry": entry}).status_code == 303


def test_the_assistant_prints_the_blank_sheet(world):
    talk = on_paper(world)

    answer = world.client("cleo").get(url(talk, "blank", "docx"))

    assert answer.status_code == 200
    assert world.client("cleo").get(url(talk, "blank", "exe")).status_code == 404
    assert world.client("dora").get(url(talk, "blank", "docx")).status_code == 404


def test_a_talk_with_a_record_goes_another_way(world):
    talk = accepted(world)

    assert world.client("ada").get(url(talk, "assistant")).status_code == 303
