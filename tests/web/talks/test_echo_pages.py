"""The private question on its page, and the sums on theirs."""

from django.urls import reverse
from django.utils import timezone

from talk_steps import confirmed
from tanxin.apps.talks.models import Echo, EchoInvitation, EchoTotal
from tanxin.core.echoes import period_for


def invited(world):
    talk = confirmed(world)
    return EchoInvitation.objects.create(
        realm_id=world.realm_id, talk=talk, person_id=world.ben, leader_id=world.ada,
        period=period_for(timezone.localdate()).code,
    )  # fmt: skip


def page(world, name, where):
    return world.client(name).get(where).content.decode()


def test_ben_answers_without_his_name_and_is_asked_no_more(world):
    where = reverse("echoes:answer", args=[invited(world).pk])
    ben = world.client("ben")

    assert "谈得怎么样" in ben.get("/").content.decode()
    assert "那次谈话，您觉得自己的话被听进去了吗" in ben.get(where).content.decode()
    told = ben.post(where, {"heard": "no", "solved": "skipped"}, follow=True).content.decode()

    assert "任何人都无法得知是您所答" in told
    assert "谈得怎么样" not in told
    assert Echo.objects.count() == 1
    assert ben.get(where).status_code == 404


def test_a_question_left_out_is_asked_for_by_its_name(world):
    where = reverse("echoes:answer", args=[invited(world).pk])

    answer = world.client("ben").post(where, {"heard": "no"})

    assert answer.status_code == 422
    assert "请选择「您当时提出的问题，现在解决了吗？」" in answer.content.decode()
    assert not Echo.objects.exists()


def test_ben_leaves_it_and_nothing_is_kept(world):
    invitation = invited(world)

    world.client("ben").post(reverse("echoes:leave", args=[invitation.pk]))

    assert not Echo.objects.exists()
    assert "谈得怎么样" not in page(world, "ben", "/")


def test_sums_name_whom_they_are_about_to_him_and_to_who_watches(world):
    for leader in (world.ada, None):
        EchoTotal.objects.create(
            realm_id=world.realm_id, period="2026-H1", leader_id=leader, question="heard",
            yes=6, partly=1, no=2,
        )  # fmt: skip
    where = reverse("echoes:totals")

    assert "安雅" in page(world, "ada", where)
    assert "安雅" in page(world, "dora", where)
    others = page(world, "cleo", where).partition("<main")[2]
    assert "安雅" not in others
    assert "其余人员合计" in others
    assert "2026年上半年" in others
