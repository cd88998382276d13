"""Drawing a sample on a page, answering the two questions, and noting what came of it."""

from django.urls import reverse
from django.utils import timezone

from signal_steps import supervised
from talk_steps import confirmed
from tanxin.apps.oversight.samples import CallBack, Sample
from tanxin.core.access import Role

SAMPLES = reverse("oversight:samples")
ANSWER = {"took_place": "yes", "solved": "partly", "words": "还差一步"}


def drawn(world):
    confirmed(supervised(world))
    today = timezone.localdate().isoformat()
    sol = world.client("sol")
    empty = sol.post(SAMPLES, {"first": today, "last": "2020-01-01", "size": 3})
    assert empty.status_code == 422
    far = sol.post(SAMPLES, {"first": today, "last": "9999-12-31", "size": 3})
    assert far.status_code == 422
    sent = {"first": "2020-01-01", "last": today, "size": 3}
    assert sol.post(SAMPLES, sent).status_code == 303
    assert sol.post(SAMPLES, sent).status_code == 422
    return CallBack.objects.get()


def page(call, name="call"):
    return reverse(f"oversight:{name}", args=[call.pk])


def test_a_sample_is_drawn_answered_and_noted(world):
    call = drawn(world)
    sample = reverse("oversight:sample", args=[Sample.objects.get().pk])
    ben, sol = world.client("ben"), world.client("sol")
    html = sol.get(sample).content.decode()
    assert Sample.objects.get().seed in html
    assert "复核一致" in html
    assert sample in sol.get(SAMPLES).content.decode()

    assert page(call) in ben.get(reverse("home:home")).content.decode()
    assert ben.post(page(call, "answer_call"), {}).status_code == 422
    assert ben.post(page(call, "answer_call"), ANSWER).status_code == 303
    assert "还差一步" in ben.get(page(call)).content.decode()
    again = ben.post(page(call, "answer_call"), ANSWER)
    assert again.status_code == 303

    assert "部分解决" in sol.get(page(call)).content.decode()
    assert sol.post(page(call, "settle_call"), {}).status_code == 422
    for _ in range(2):
        assert sol.post(page(call, "settle_call"), {"result": "differs"}).status_code == 303
    assert "与记录不符" in sol.get(sample).content.decode()


def test_who_led_the_talk_and_others_find_nothing_of_it(world):
    call = drawn(world)
    for name in ("ada", "cleo", "dora"):
        browser = world.client(name)
        assert browser.get(page(call)).status_code == 404
        assert browser.get(SAMPLES).status_code == 404
    assert (
        str(call.pk)
        not in world.client("ada").get(reverse("talks:talk", args=[call.talk_id])).content.decode()
    )


def test_who_supervises_since_then_is_told_that_there_is_an_answer(world):
    call = drawn(world)
    world.client("ben").post(page(call, "answer_call"), ANSWER)
    world.entrust("dora", Role.SUPERVISOR)

    html = world.client("dora").get(page(call)).content.decode()
    assert "还差一步" not in html
    assert "您不能打开" in html
