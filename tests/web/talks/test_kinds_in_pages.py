"""Kinds and types on the pages: what is asked, what is shown, who is let do what."""

import zlib
from base64 import b64encode
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.uploads.bombs import png
from talk_kinds import adopt
from talk_steps import agreed, digest_of, duty_of, held, proposed, recorded, rule_of, write
from tanxin.apps.archive.attachments import open_file
from tanxin.apps.archive.services import open_texts
from tanxin.apps.duties.models import Duty
from tanxin.apps.org.services.secretaries import name_secretary
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation, Signature, Talk
from tanxin.apps.talks.selectors import record_of
from tanxin.core.lifecycle import TalkState
from tanxin.core.written import from_text

WHY = "人在外地"
INKED = png(200, 40, pixels=zlib.compress((b"\0" + bytes(600)) * 20 + (b"\0" + b"\xff" * 600) * 20))


def url(talk, verb="talk"):
    return reverse(f"talks:{verb}", args=[talk.pk])


def tomorrow():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def wish(**more):
    return {
        "form": str(uuid4()), "planned_for": tomorrow(), "channel": "face", "kind": "routine",
        "place": "",
    } | more  # fmt: skip


def new(world, name, other, **more):
    address = f"{reverse('talks:new')}?with={world.people[other]}"
    return world.client(name).post(address, wish(**more))


def admonition(world):
    return proposed(world, "emil", "ben", kind="warning", type_id="admonishing")


def typed(**more):
    return {
        "form": str(uuid4()), "expected_version": "0", "text": "", "memo": "", "unclassified": "on",
    } | more  # fmt: skip


def test_the_form_offers_the_kinds_and_types_of_the_packs(world):
    adopt(world)

    page = world.client("ada").get(reverse("talks:new"), {"with": world.ben}).content.decode()

    for value, name in (("counsel", "学业谈话"), ("warning/admonishing", "警示督促 · 诫勉谈话")):
        assert f'<option value="{value}">{name}</option>' in page


def test_who_may_not_hold_it_reads_who_may_and_by_which_clause(world):
    adopt(world)

    answer = new(world, "emil", "ben", kind="warning/led")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "支部书记" in page
    assert "《本单位谈话办法》第七条" in page
    assert not Talk.objects.exists()


def test_another_way_asks_for_a_reason_and_shows_it_to_both(world):
    refused = new(world, "ada", "ben", channel="phone")
    assert refused.status_code == 422
    assert not Talk.objects.exists()

    assert new(world, "ada", "ben", channel="phone", because=WHY).status_code == 303

    talk = Talk.objects.get()
    for name in ("ada", "ben"):
        assert WHY not in world.client(name).get(url(talk)).content.decode()
        page = world.client(name).get(url(talk, "record")).content.decode()
        assert WHY in page
        assert "为何不当面谈" in page


def test_a_talk_says_how_it_is_held_and_who_may_know(world):
    adopt(world)
    talk = admonition(world)

    page = world.client("emil").get(url(talk)).content.decode()

    for words in ("诫勉谈话", "限知", "核实事由", "6 个月", "待批准", "主要负责人"):
        assert words in page
    assert f'action="{url(talk, "hold")}"' not in page
    assert f'action="{url(talk, "approve")}"' not in page


def test_the_approver_says_yes_on_the_page_and_then_the_subject_is_asked(world):
    adopt(world)
    talk = admonition(world)
    ada = world.client("ada")
    assert world.client("ben").get(url(talk)).status_code == 404
    assert str(talk.pk) in ada.get(reverse("talks:mine"), {"show": "waiting"}).content.decode()
    assert str(talk.pk) in ada.get(reverse("home:home")).content.decode()
    page = ada.get(url(talk)).content.decode()
    assert f'action="{url(talk, "approve")}"' in page
    assert ada.get(url(talk, "record")).status_code == 403

    assert ada.post(url(talk, "approve"), {"seen": talk.steps}).status_code == 303

    assert world.client("ben").get(url(talk)).status_code == 200
    assert str(talk.pk) not in ada.get(reverse("talks:mine"), {"show": "waiting"}).content.decode()
    assert ada.post(url(talk, "approve"), {"seen": talk.steps}).status_code == 422


def test_a_no_needs_a_reason_and_the_initiator_reads_it(world):
    adopt(world)
    talk = admonition(world)
    ada = world.client("ada")
    assert ada.post(url(talk, "deny"), {"deny-reason": ""}).status_code == 422

    assert ada.post(url(talk, "deny"), {"deny-reason": "先提醒"}).status_code == 303

    assert "先提醒" in world.client("emil").get(url(talk, "record")).content.decode()
    assert world.client("ben").get(url(talk)).status_code == 404
    assert world.client("ben").get(url(talk, "record")).status_code == 404


def test_what_comes_before_is_said_with_one_press(world):
    adopt(world)
    talk = admonition(world)
    services.approve_talk(world.actor("ada"), talk.pk, at=timezone.now())
    emil, now = world.client("emil"), timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    refused = emil.post(url(talk, "hold"), {"hold-held_at": now})
    assert refused.status_code == 422
    assert "准备工作已完成" in refused.content.decode()

    assert emil.post(url(talk, "prepare"), {}).status_code == 303
    assert emil.post(url(talk, "hold"), {"hold-held_at": now}).status_code == 303

    assert Talk.objects.get().state == TalkState.HELD
    assert "跟进期限" in emil.get(url(talk)).content.decode()


def test_a_kind_defined_in_a_pack_alone_goes_all_the_way(world):
    adopt(world)
    client = world.client("ada")
    assert new(world, "ada", "emil", kind="counsel", channel="video").status_code == 303
    talk = Talk.objects.get()
    services.agree(world.actor("emil"), talk.pk, at=timezone.now())
    services.hold(world.actor("ada"), talk.pk, held_at=timezone.now(), at=timezone.now())

    page = client.get(url(talk, "write")).content.decode()
    assert "学业情况" in page
    assert "下一步打算" in page
    missing = client.post(url(talk, "write"), typed(answer_plan="再看"))
    assert missing.status_code == 422
    saved = client.post(
        url(talk, "write"),
        typed(answer_course="两门待补考", answer_mood="继续", nothing_raised="on"),
    )

    assert saved.status_code == 303
    emil = world.client("emil")
    read = emil.get(url(talk, "record")).content.decode()
    for words in ("学业情况", "两门待补考", "继续", "没有提出问题", "限知"):
        assert words in read
    assert "学业谈话" in emil.get(url(talk)).content.decode()
    assert "学业谈话" in emil.get(reverse("talks:mine")).content.decode()
    talk.refresh_from_db()
    form = {"confirm-digest": digest_of(talk).hex(), "confirm-remark": ""}
    asked = emil.post(url(talk, "confirm"), form)
    assert not Confirmation.objects.exists()
    assert digest_of(talk).hex() in asked.content.decode()


def test_an_answer_is_part_of_the_one_sealed_text(world):
    talk = held(world, kind="care")
    world.client("ada").post(
        url(talk, "write"),
        typed(text="聊了近况", answer_weighs="孩子入学", answer_help="人事处协调"),
    )

    record = record_of(Talk.objects.get())
    text = open_texts(world.actor("ada"), [record.pk], "initiator")[record.pk]
    written = from_text(text)
    assert written.text == "聊了近况"
    assert [(one.zh, one.text) for one in written.answers] == [
        ("难处和诉求", "孩子入学"), ("能帮着解决的事", "人事处协调"),
    ]  # fmt: skip
    again = world.client("ada").get(url(talk, "write")).content.decode()
    assert "孩子入学" in again
    assert "聊了近况" in again


def test_that_nothing_was_raised_is_said_on_purpose_and_is_enough(world):
    talk = held(world)
    client = world.client("ada")
    assert client.post(url(talk, "write"), typed()).status_code == 422

    assert client.post(url(talk, "write"), typed(nothing_raised="on")).status_code == 303

    assert "没有提出问题" in world.client("ben").get(url(talk, "record")).content.decode()


def test_a_draft_keeps_the_fields_of_its_kind(world):
    talk = held(world, kind="care")
    client = world.client("ada")
    client.post(url(talk, "draft"), {"answer_weighs": "打了一半", "nothing_raised": "on"})

    page = client.get(url(talk, "write")).content.decode()

    assert "打了一半" in page
    [box] = [tag for tag in page.split("<") if 'name="nothing_raised"' in tag]
    assert "checked" in box


def test_a_signature_asks_who_one_is_and_comes_back_with_what_was_typed(world, settings):
    settings.TANXIN_DEMO = True  # where pressing the button stands for a password
    adopt(world)
    talk = held(world, kind="counsel")
    talk = write(world, talk, answers={"course": "良好"})
    form = {"confirm-digest": digest_of(talk).hex(), "confirm-remark": "同意"}
    ben = world.client("ben")

    asked = ben.post(url(talk, "confirm"), form)
    assert asked.status_code == 200
    assert not Confirmation.objects.exists()
    done = ben.post(url(talk, "confirm"), form | {"itsme-just": "1"})

    assert done.status_code == 303
    signed = Signature.objects.get()
    assert (signed.part, signed.means, signed.person_id) == ("subject", "relogin", world.ben)
    assert bytes(signed.version_digest) == digest_of(talk)
    assert Talk.objects.get().state == TalkState.CONFIRMED


def test_where_the_type_wants_it_one_signs_by_hand_on_the_screen(world, settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path)
    settings.TANXIN_DEMO = True  # where pressing the button stands for a password
    adopt(world, change=("signature: subject", "signature: subject\n    signing: handwriting"))
    talk = write(world, held(world, kind="counsel"), answers={"course": "良好"})
    ben, record = world.client("ben"), url(talk, "record")
    assert "<canvas" in ben.get(record).content.decode()
    form = {"confirm-digest": digest_of(talk).hex(), "confirm-remark": ""}

    drawn = form | {"drawing": "data:image/png;base64," + b64encode(INKED).decode()}
    asked = ben.post(url(talk, "confirm"), drawn)
    assert (asked.status_code, Confirmation.objects.exists()) == (200, False)
    assert drawn["drawing"] in asked.content.decode()
    done = ben.post(url(talk, "confirm"), drawn | {"itsme-just": "1"})

    assert done.status_code == 303
    signed = Signature.objects.get()
    assert (signed.means, bytes(signed.version_digest)) == ("handwriting", digest_of(talk))
    opened = open_file(world.actor("ada"), signed.drawing_id, "initiator")
    assert b"".join(opened.pieces) == INKED
    assert "手写签名" in ben.get(record).content.decode()


@pytest.mark.parametrize(
    "sent",
    [b"!!", b"eHg=", "é".encode(), b64encode(png(200, 40, pixels=b""))],
    ids=["no base64", "no picture", "no ASCII", "no ink"],
)
def test_what_is_no_drawing_signs_by_the_login_alone(world, settings, sent):
    settings.TANXIN_DEMO = True
    adopt(world, change=("signature: subject", "signature: subject\n    signing: handwriting"))
    talk = write(world, held(world, kind="counsel"), answers={"course": "良好"})
    form = {"confirm-digest": digest_of(talk).hex(), "confirm-remark": ""}
    form["drawing"] = "data:image/png;base64," + sent.decode()
    ben = world.client("ben")

    asked = ben.post(url(talk, "confirm"), form)
    assert (asked.status_code, Signature.objects.exists()) == (200, False)
    ben.post(url(talk, "confirm"), form | {"itsme-just": "1"})

    assert (Signature.objects.get().means, Signature.objects.get().drawing_id) == ("relogin", None)


def test_a_disk_that_is_full_keeps_no_half_signature(world, settings, tmp_path, monkeypatch):
    settings.TANXIN_BLOBS = str(tmp_path)
    settings.TANXIN_DEMO = True  # where pressing the button stands for a password
    adopt(world, change=("signature: subject", "signature: subject\n    signing: handwriting"))
    talk = write(world, held(world, kind="counsel"), answers={"course": "良好"})

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    drawn = "data:image/png;base64," + b64encode(INKED).decode()
    form = {
        "confirm-digest": digest_of(talk).hex(),
        "confirm-remark": "",
        "drawing": drawn,
        "itsme-just": "1",
    }
    answer = world.client("ben").post(url(talk, "confirm"), form)

    assert (answer.status_code, "磁盘已满" in answer.content.decode()) == (422, True)
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("show", ["all", "waiting"])
def test_the_kind_of_a_talk_is_called_by_what_it_was_called_then(world, show):
    adopt(world)
    talk = proposed(world, kind="counsel", by="emil", other="ada")
    adopt(world, "2", start=timezone.localdate(), change=("学业谈话", "学习谈话"))

    page = world.client("ada").get(reverse("talks:mine"), {"show": show}).content.decode()

    assert str(talk.pk) in page
    assert "学业谈话" in page


def test_an_ordinary_talk_stays_as_light_as_it_was(world):
    talk = agreed(world)

    page = world.client("ada").get(url(talk)).content.decode()

    assert "一般" in page
    for heavy in ("须签署", "谈前", "影响期", "保存期限"):
        assert heavy not in page


def test_the_words_of_an_old_record_stay_words(world):
    talk = recorded(world, '{"form": "别的"}')

    assert "别的" in world.client("ben").get(url(talk, "record")).content.decode()


def test_nothing_is_written_of_a_talk_that_waits_for_approval(world):
    adopt(world)
    talk = admonition(world)
    emil = world.client("emil")

    assert url(talk, "write") not in emil.get(url(talk)).content.decode()
    began = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    for_all = typed(text="先记下", held_at=began, answer_matter="迟到")
    assert emil.post(url(talk, "write"), for_all).status_code in {200, 422}

    assert record_of(talk) is None


@pytest.mark.parametrize(("type_id", "status"), [("led", 422), ("admonishing", 303)])
def test_a_secretary_learns_nothing_of_the_type_she_finds_a_time_for(world, type_id, status):
    adopt(world)
    today = timezone.localdate()
    name_secretary(world.actor("emil"), world.emil, world.cleo, start=today, at=timezone.now())
    rule = rule_of(world, "warning", "typed")
    rule.text |= {"type": type_id}
    rule.save()
    duty = duty_of(world, "emil", "ben", kind="warning")
    Duty.objects.filter(pk=duty.pk).update(rule=rule)
    wish = {
        "form": str(uuid4()), "duty_id": str(duty.pk), "planned_for": tomorrow(), "place": "",
    }  # fmt: skip

    answer = world.client("cleo").post(reverse("access:propose", args=[world.emil]), wish)

    assert answer.status_code == status
    for word in ("约谈", "诫勉", "批准", "第七条"):
        assert f"{word}谈话" not in answer.content.decode()
    assert Talk.objects.filter(state="approving").count() == (1 if status == 303 else 0)
