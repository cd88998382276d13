from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, agreed, confirmed, digest_of, held, recorded, write
from tanxin.apps.archive.models import Draft, RecordVersion
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation, Talk
from tanxin.apps.talks.selectors import record_of


def url(talk, verb="talk"):
    return reverse(f"talks:{verb}", args=[talk.pk])


def typed(text="谈了近况，没有提出问题", **more):
    return {
        "form": str(uuid4()),
        "expected_version": "0",
        "text": text,
        "memo": "",
        "unclassified": "on",
    } | more


def test_a_short_record_is_saved_and_the_page_goes_on(world):
    talk = held(world)
    form = world.client("ada").get(url(talk, "write")).content.decode()
    assert "minlength" not in form
    assert "近来工作" in form

    answer = world.client("ada").post(url(talk, "write"), typed())

    assert (answer.status_code, answer["Location"]) == (303, url(talk))
    assert Talk.objects.get().state == "recorded"


def test_who_has_written_is_led_to_where_issues_are_written_down_unless_there_were_none(world):
    client, hint = world.client("ada"), "一栏登记，才有人负责"
    for none, days in (("", 1), ("on", 2)):
        talk = held(world, days=days)
        sent = typed() | ({"nothing_raised": none} if none else {})
        assert client.post(url(talk, "write"), sent).status_code == 303
        page = client.get(url(talk)).content.decode()
        assert (hint in page) is not bool(none)


def test_a_form_sent_twice_makes_one_record(world):
    talk, data = held(world), typed()

    for _ in range(2):
        assert world.client("ada").post(url(talk, "write"), data).status_code == 303

    assert RecordVersion.objects.count() == 1


def test_a_talk_not_marked_as_held_asks_when_it_was(world):
    talk, client = agreed(world), world.client("ada")
    earlier = (timezone.localtime() - timedelta(minutes=40)).strftime("%Y-%m-%dT%H:%M")

    assert client.post(url(talk, "write"), typed()).status_code == 422
    assert client.post(url(talk, "write"), typed(held_at=earlier)).status_code == 303
    assert Talk.objects.get().state == "recorded"


def test_a_late_record_asks_why_and_keeps_what_was_typed(world):
    talk, client = held(world, ago=timedelta(days=6)), world.client("ada")
    assert "late_reason" in client.get(url(talk, "write")).content.decode()

    refused = client.post(url(talk, "write"), typed("迟到的记录"))
    assert refused.status_code == 422
    assert "迟到的记录" in refused.content.decode()
    saved = client.post(url(talk, "write"), typed("迟到的记录", late_reason="住院"))

    assert saved.status_code == 303
    for name in ("ada", "ben", "dora"):
        assert "补录" in world.client(name).get(url(talk)).content.decode()


def test_two_tabs_end_with_both_texts_on_the_page(world):
    talk = recorded(world, "第一稿")
    write(world, talk, "另一窗口存的", expected_version=1)
    client = world.client("ada")

    answer = client.post(url(talk, "write"), typed("这个窗口写的", expected_version="1"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "另一窗口存的" in page
    assert "这个窗口写的" in page
    assert 'name="expected_version" value="2"' in page
    merged = client.post(url(talk, "write"), typed("合在一起的", expected_version="2"))
    assert merged.status_code == 303
    assert record_of(talk).latest == 3


def test_a_draft_comes_back_and_goes_with_saving(world):
    talk, client = held(world), world.client("ada")

    kept = client.post(
        url(talk, "draft"), typed("写了一半的话", memo="自己记"), headers={"HX-Request": "true"}
    )
    assert kept.status_code == 200
    page = client.get(url(talk, "write")).content.decode()
    assert "写了一半的话" in page
    assert "自己记" in page

    client.post(url(talk, "write"), typed("写完了"))
    assert not Draft.objects.exists()


def test_without_scripts_a_draft_is_kept_and_discarded_by_buttons(world):
    talk, client = held(world), world.client("ada")

    assert client.post(url(talk, "draft"), typed("半句")).status_code == 303
    assert "半句" in client.get(url(talk, "write")).content.decode()
    assert client.post(url(talk, "draft"), {"discard": "1"}).status_code == 303
    assert "半句" not in client.get(url(talk, "write")).content.decode()


def test_two_windows_are_both_kept_and_shown_to_be_put_together(world):
    talk, client, htmx = held(world), world.client("ada"), {"HX-Request": "true"}
    windows = [{"window": str(uuid4()), "draft_version": "0"} for _ in range(2)]

    for text, window in zip(("左边写的", "右边写的"), windows, strict=True):
        told = client.post(url(talk, "draft"), typed(text) | window, headers=htmx)
    page = client.get(url(talk, "write")).content.decode()

    assert "对照两份" in told.content.decode()
    assert "另一个窗口写到" in page
    assert page.index("右边写的") < page.index("左边写的")
    client.post(url(talk, "draft"), {"discard": "aside"})
    page = client.get(url(talk, "write")).content.decode()
    assert "左边写的" in page
    assert "右边写的" not in page


def test_a_draft_on_an_older_version_shows_both_texts(world):
    talk, client = recorded(world, "第一稿"), world.client("ada")
    client.post(url(talk, "draft"), typed("我的改动", expected_version="1"))
    write(world, talk, "第二稿", expected_version=1)
    client.post(url(talk, "draft"), typed("我的改动", expected_version="1"))

    page = client.get(url(talk, "write")).content.decode()

    assert "第二稿" in page
    assert "我的改动" in page
    assert 'name="expected_version" value="2"' in page


def test_a_draft_is_its_authors_alone(world):
    talk = held(world)

    assert world.client("ben").post(url(talk, "draft"), typed()).status_code == 403
    assert world.client("cleo").post(url(talk, "draft"), typed()).status_code == 404


def test_without_the_keeper_the_text_stays_in_the_form(world, settings):
    talk, client = held(world), world.client("ada")
    client.get(url(talk, "write"))
    settings.TANXIN_KEEPER_SOCKET = "/nowhere/keeper.sock"
    keeper_client.pool.close()

    answer = client.post(url(talk, "write"), typed("保密机停了也不能丢"))
    draft = client.post(url(talk, "draft"), typed("x"), headers={"HX-Request": "true"})
    talk_page = client.get(url(talk))

    assert answer.status_code == 503
    assert "保密机停了也不能丢" in answer.content.decode()
    assert "保密机" in draft.content.decode()
    assert talk_page.status_code == 200
    assert client.get(url(talk, "record")).status_code == 200
    assert Talk.objects.get().state == "held"


def test_a_record_that_exists_is_not_opened_without_the_keeper_but_its_page_is(world, settings):
    talk = recorded(world)
    world.client("ben").get(url(talk))
    settings.TANXIN_KEEPER_SOCKET = "/nowhere/keeper.sock"
    keeper_client.pool.close()

    assert world.client("ben").get(url(talk)).status_code == 200
    refused = world.client("ben").get(url(talk, "record"))
    assert refused.status_code == 503
    assert SAID not in refused.content.decode()


def test_the_subject_opens_reads_and_confirms(world):
    talk, client = recorded(world), world.client("ben")
    page = client.get(url(talk, "record")).content.decode()
    assert SAID in page

    opened = keeper_client.releases(world.realm_id, record_of(talk).pk)
    assert [(one.person_id, one.ground) for one in opened] == [(world.ben, "subject")]
    answer = client.post(
        url(talk, "confirm"), {"confirm-digest": digest_of(talk).hex(), "confirm-remark": ""}
    )

    assert answer.status_code == 303
    assert Talk.objects.get().state == "confirmed"


def test_confirming_a_version_that_was_replaced_shows_the_new_one(world):
    talk = recorded(world)
    read = digest_of(talk).hex()
    write(world, talk, "换过的话", expected_version=1)

    answer = world.client("ben").post(url(talk, "confirm"), {"confirm-digest": read})

    assert answer.status_code == 422
    assert "换过的话" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_a_made_up_digest_is_refused(world):
    talk = recorded(world)

    assert world.client("ben").post(url(talk, "confirm"), {}).status_code == 422
    assert (
        world.client("ben").post(url(talk, "confirm"), {"confirm-digest": "00" * 32}).status_code
        == 422
    )
    assert Talk.objects.get().state == "recorded"


def test_the_subject_says_that_it_is_not_right_and_it_stands_everywhere(world):
    talk = recorded(world)

    answer = world.client("ben").post(
        url(talk, "dispute"),
        {
            "dispute-digest": digest_of(talk).hex(),
            "dispute-verdict": "not_right",
            "dispute-remark": "我没有说过要走",
        },
    )

    assert answer.status_code == 303
    for name in ("ada", "ben", "dora"):
        page = world.client(name).get(url(talk)).content.decode()
        assert "谈话对象表示：内容不实" in page
        assert "我没有说过要走" not in page
    assert "我没有说过要走" in world.client("ada").get(url(talk, "record")).content.decode()


def test_a_remark_is_added_once_by_either_side(world):
    talk, form = confirmed(world), str(uuid4())

    for _ in range(2):
        done = world.client("ben").post(
            url(talk, "remark"), {"remark-form": form, "remark-text": "再补一句"}
        )
        assert done.status_code == 303

    assert world.client("ada").get(url(talk, "record")).content.decode().count("再补一句") == 1


def test_earlier_versions_stay_readable_with_what_was_said_to_them(world):
    talk = confirmed(world)
    write(world, talk, "第二版", expected_version=1)
    services.dispute_record(
        world.actor("ben"), talk.pk, verdict="not_right", digest=digest_of(talk), at=timezone.now()
    )

    first = world.client("ben").get(reverse("talks:version", args=[talk.pk, 1])).content.decode()

    assert SAID in first
    assert "谈话对象已确认" in first
    assert "现行的是第 2 版" in first
    assert world.client("ben").get(reverse("talks:version", args=[talk.pk, 9])).status_code == 404


def test_nothing_is_written_to_a_cancelled_talk(world):
    talk = agreed(world)
    services.cancel(world.actor("ada"), talk.pk, reason="出差", at=timezone.now())

    assert world.client("ada").get(url(talk, "write")).status_code == 303


def test_a_record_begins_with_the_word_on_state_secrets_and_a_tick(world):
    talk = held(world)
    client = world.client("ada")
    page = client.get(url(talk, "write")).content.decode()

    assert (
        page.index("国家秘密不得录入") < page.index("<textarea") < page.index('name="unclassified"')
    )
    assert client.post(url(talk, "write"), typed(unclassified="")).status_code == 422
    assert Talk.objects.get().state == "held"


def test_a_new_version_says_first_that_it_is_to_be_confirmed_again(world):
    first, talk = held(world), confirmed(world)
    client = world.client("ada")

    again = client.get(reverse("talks:write", args=[talk.pk])).content.decode()

    assert "重新阅读、确认" in again
    assert (
        "重新阅读、确认" not in client.get(reverse("talks:write", args=[first.pk])).content.decode()
    )


def test_the_subject_is_told_that_he_himself_has_not_answered(world):
    url = reverse("talks:talk", args=[recorded(world).pk])

    assert "您尚未对本版本作出答复" in world.client("ben").get(url).content.decode()
    assert "谈话对象尚未对本版本作出答复" in world.client("ada").get(url).content.decode()


def test_a_version_of_thousands_of_digits_is_no_version(world):
    talk = held(world)
    typed = {"text": "x", "window": str(uuid4()), "draft_version": "9" * 5000}

    answer = world.client("ada").post(reverse("talks:draft", args=[talk.pk]), typed)

    assert answer.status_code == 303
