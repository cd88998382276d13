from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from talk_steps import asked, duty_of
from tanxin.apps.archive.models import Record
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.selectors import duties_of

NEW, ASK = reverse("talks:new"), reverse("talks:ask")


def tomorrow():
    return (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")


def proposal(**more):
    fields = {"planned_for": tomorrow(), "channel": "face", "kind": "routine", "place": ""}
    return {"form": str(uuid4())} | fields | more


def test_from_a_duty_everything_but_the_time_is_known(world):
    duty = duty_of(world, kind="care")
    client = world.client("ada")

    page = client.get(NEW, {"duty": duty.pk}).content.decode()
    assert "本明" in page
    assert "（2026 年度），期限 " in page
    assert '<option value="care" selected>' in page
    answer = client.post(f"{NEW}?duty={duty.pk}", proposal(kind="care"))

    talk = Talk.objects.get()
    assert answer["Location"] == reverse("talks:talk", args=[talk.pk])
    assert duties_of(talk) == [duty.pk]
    assert (talk.initiator_id, talk.kind) == (world.ada, "care")


def test_the_subject_may_propose_a_time_for_what_he_is_owed(world):
    duty = duty_of(world)

    world.client("ben").post(f"{NEW}?duty={duty.pk}", proposal())

    assert Talk.objects.get().initiator_id == world.ada


def test_a_duty_says_with_whom_and_no_address_says_otherwise(world):
    duty = duty_of(world)

    world.client("ada").post(f"{NEW}?duty={duty.pk}&with={world.cleo}", proposal())

    assert Talk.objects.get().subject_id == world.ben


def test_with_a_person_found_by_name(world):
    client = world.client("ada")

    assert str(world.ben) in client.get(NEW, {"q": "本明"}).content.decode()
    assert "没有找到" in client.get(NEW, {"q": "查无此人"}).content.decode()
    client.post(f"{NEW}?with={world.ben}", proposal(place="308 室"))

    assert Talk.objects.get().subject_id == world.ben


def test_sending_the_form_twice_makes_one_talk(world):
    data = proposal()

    for _ in range(2):
        world.client("ada").post(f"{NEW}?with={world.ben}", data)

    assert Talk.objects.count() == 1


def test_what_has_already_taken_place_goes_straight_to_the_record(world):
    began = (timezone.localtime() - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    data = proposal(took_place="on", planned_for=began)
    answers = [world.client("ada").post(f"{NEW}?with={world.ben}", data) for _ in range(2)]

    talk = Talk.objects.get()
    assert {one["Location"] for one in answers} == {reverse("talks:write", args=[talk.pk])}
    assert talk.state == "held"
    assert timezone.localtime(talk.held_at).strftime("%Y-%m-%dT%H:%M") == began


def test_what_has_already_taken_place_cannot_lie_ahead(world):
    answer = world.client("ada").post(
        f"{NEW}?with={world.ben}", proposal(took_place="on", place="老地方")
    )

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "不能晚于现在" in html
    assert "老地方" in html
    assert not Talk.objects.exists()


def test_a_held_talk_is_entered_without_looking_for_a_free_time(world):
    client = world.client("ada")
    html = client.get(NEW, {"with": world.ben, "held": "1"}).content.decode()

    assert '<input type="hidden" name="took_place" value="on"' in html
    assert "去写记录" in html
    assert 'name="take"' not in html
    assert (
        f"with={world.ben}&amp;held=1"
        in client.get(NEW, {"q": "本明", "held": "1"}).content.decode()
    )


def test_an_empty_field_is_named(world):
    html = (
        world.client("ada")
        .post(f"{NEW}?with={world.ben}", proposal(planned_for="", kind=""))
        .content.decode()
    )

    assert "请填写「" in html
    assert "请选择「谈话类别」" in html
    assert "必填项" not in html


def test_a_bad_form_comes_back_with_what_was_typed(world):
    answer = world.client("ada").post(
        f"{NEW}?with={world.ben}", proposal(planned_for="", place="老地方")
    )

    assert answer.status_code == 422
    assert "老地方" in answer.content.decode()
    assert world.client("ada").post(f"{NEW}?with={world.ada}", proposal()).status_code == 422
    assert world.client("ada").get(f"{NEW}?with={uuid4()}").status_code == 404
    assert world.client("cleo").get(f"{NEW}?duty={duty_of(world).pk}").status_code == 404
    assert not Talk.objects.exists()


def test_asking_starts_from_ones_leaders_or_a_search(world):
    page = world.client("cleo").get(ASK).content.decode()

    assert f"?of={world.ada}" in page
    assert f"?of={world.ben}" in world.client("cleo").get(ASK, {"q": "本"}).content.decode()


def test_it_is_reached_from_every_page(world):
    assert f'href="{ASK}"' in world.client("cleo").get(reverse("talks:mine")).content.decode()


def test_a_request_is_sent_and_only_the_one_asked_reads_the_topic(world):
    data = {"form": str(uuid4()), "topic": "金丝雀：想换岗", "channel": "face"}

    for _ in range(2):
        answer = world.client("cleo").post(f"{ASK}?of={world.ada}", data)

    request = Request.objects.get()
    url = reverse("talks:request", args=[request.pk])
    assert answer["Location"] == url
    assert "金丝雀" in world.client("ada").get(url).content.decode()
    for name in ("ben", "dora"):
        assert world.client(name).get(url).status_code == 404
    assert "金丝雀" not in world.client("ada").get(reverse("talks:requests")).content.decode()


def test_nobody_asks_himself(world):
    data = {"form": str(uuid4()), "topic": "", "channel": "face"}

    assert world.client("ada").post(f"{ASK}?of={world.ada}", data).status_code == 422
    assert not Request.objects.exists()


def url_of(request, verb="request"):
    return reverse(f"talks:{verb}", args=[request.pk])


def test_accepting_leads_to_the_talk(world):
    request = asked(world)
    client = world.client("ada")

    assert client.post(url_of(request, "accept"), {"accept-kind": "routine"}).status_code == 422
    answer = client.post(
        url_of(request, "accept"),
        {"accept-planned_for": tomorrow(), "accept-kind": "routine", "accept-place": ""},
    )

    assert answer["Location"] == reverse("talks:talk", args=[Talk.objects.get().pk])


def test_declining_needs_a_reason_and_tells_it_to_the_asker(world):
    request = asked(world)
    client = world.client("ada")

    assert client.post(url_of(request, "decline"), {"decline-reason": ""}).status_code == 422
    done = client.post(url_of(request, "decline"), {"decline-reason": "请先找分管领导"})

    assert done.status_code == 303
    assert "请先找分管领导" in world.client("ben").get(url_of(request)).content.decode()


def test_withdrawing_and_answering_too_late(world):
    request = asked(world)

    assert world.client("ben").post(url_of(request, "withdraw")).status_code == 303
    again = world.client("ben").post(url_of(request, "withdraw"))
    late = world.client("ada").post(url_of(request, "decline"), {"decline-reason": "晚了"})
    later = world.client("ada").post(
        url_of(request, "accept"), {"accept-planned_for": tomorrow(), "accept-kind": "routine"}
    )

    assert [again.status_code, late.status_code, later.status_code] == [422, 422, 422]
    assert Request.objects.get().state == "withdrawn"


def test_opening_a_topic_is_noted(world):
    request = asked(world)
    world.client("ada").get(url_of(request))

    topic = Record.objects.get()
    opened = keeper_client.releases(world.realm_id, topic.pk)
    assert [(one.person_id, one.ground) for one in opened] == [(world.ada, "asked")]
