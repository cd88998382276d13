"""Naming who else takes part, and endorsing, on the pages."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from talk_kinds import adopt
from talk_steps import digest_of, proposed, write
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Beside
from tanxin.core.lifecycle import TalkState

TWO_LEAD = (
    "    approval: chief\n",
    "    parts: recorder\n    endorsement: chief\n",
)


def url(talk, verb="talk"):
    return reverse(f"talks:{verb}", args=[talk.pk])


def page(world, who, talk, verb="talk"):
    return world.client(who).get(url(talk, verb)).content.decode()


def talk_of_two(world):
    adopt(world, change=TWO_LEAD)
    return proposed(world, "emil", "ben", kind="warning", type_id="admonishing")


def test_the_initiator_names_a_recorder_and_the_subject_sees_who_it_is(world):
    talk = talk_of_two(world)
    refused = world.client("ben").post(url(talk, "agree"), {"seen": talk.steps})
    assert "此类谈话须有记录人" in page(world, "emil", talk)

    leader = world.client("emil")
    form = leader.get(url(talk, "beside")).content.decode()
    same = leader.post(
        url(talk, "beside"), {"seen": talk.steps, "recorder": world.ben, "chief": world.ada}
    )
    done = leader.post(
        url(talk, "beside"), {"seen": talk.steps, "recorder": world.cleo, "chief": world.ada}
    )

    assert refused.status_code == 422
    assert "此类谈话须有记录人" in refused.content.decode()
    assert "记录审签人：主要负责人" in form
    assert (same.status_code, done.status_code) == (422, 303)
    assert "记录人" in page(world, "ben", talk)
    assert "单可" in page(world, "ben", talk)
    talk.refresh_from_db()
    world.client("ben").post(url(talk, "agree"), {"seen": talk.steps})
    talk.refresh_from_db()
    assert talk.state == TalkState.AGREED
    assert reverse("talks:talk", args=[talk.pk]) in page_of(world, "cleo", "home:home")


def page_of(world, who, name):
    return world.client(who).get(reverse(name)).content.decode()


def test_who_endorses_reads_it_says_yes_and_then_the_subject_is_asked(world):
    talk, now = talk_of_two(world), timezone.now()
    world.client("emil").post(
        url(talk, "beside"), {"seen": talk.steps, "recorder": world.cleo, "chief": world.ada}
    )
    services.agree(world.actor("ben"), talk.pk, at=now)
    services.prepare(world.actor("emil"), talk.pk, at=now)
    talk = services.hold(world.actor("emil"), talk.pk, held_at=now - timedelta(hours=1), at=now)
    talk = write(world, talk, by="emil", means="relogin")

    chief = world.client("ada")
    todo = chief.get(reverse("home:home")).content.decode()
    read = chief.get(url(talk, "record")).content.decode()
    before = page(world, "ben", talk, "record")
    back = chief.post(
        url(talk, "send_back"), {"back-digest": digest_of(talk).hex(), "back-reason": ""}
    )
    done = chief.post(url(talk, "endorse"), {"endorse-digest": digest_of(talk).hex()})

    assert "审签记录或退回" in todo
    assert url(talk, "endorse") in read
    assert url(talk, "confirm") not in before
    assert "待审签" in page(world, "emil", talk) or done.status_code == 303
    assert (back.status_code, done.status_code) == (422, 303)
    assert url(talk, "confirm") in page(world, "ben", talk, "record")
    assert "作为审签人" in page(world, "ben", talk)
    assert "因参与这次谈话" in page(world, "cleo", talk, "record")


def test_after_the_talk_nobody_is_named_any_more(world):
    talk, now = proposed(world), timezone.now()
    services.agree(world.actor("ben"), talk.pk, at=now)
    talk = services.hold(world.actor("ada"), talk.pk, held_at=now, at=now)

    answer = world.client("ada").post(url(talk, "beside"), {"recorder": world.cleo})

    assert answer.status_code == 303
    assert not Beside.objects.exists()
