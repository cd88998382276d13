"""T29: whoever leaves his post finds nothing of what he did for it; what he said himself stays."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import asked, recorded
from tanxin.apps.org import services
from tanxin.apps.org.models import Tenure
from tanxin.apps.talks.models import Talk


def move_away(world, name):
    """To the centre, from today on."""
    today = timezone.localdate()
    for row in Tenure.objects.filter(person=world.people[name], end=None):
        services.end_fact(world.founder, Tenure, row.pk, end=today, at=timezone.now())
    world.holds(name, "信息中心科员", today)


@pytest.fixture
def earlier(world):
    """What Ada led, was asked and has to answer, from yesterday on."""
    talk, request = recorded(world), asked(world)
    issue_id = issue_in(world, "verified", talk=talk)
    past = timezone.now() - timedelta(days=30)
    Talk.objects.filter(pk=talk.pk).update(led_since=past)
    request.asked_at = past
    request.save()
    issue = talk.issues.get(pk=issue_id)
    issue.led_since = past
    issue.save()
    return {
        "talks:talk": talk.pk, "talks:record": talk.pk, "talks:write": talk.pk,
        "talks:memo": talk.pk, "issues:raise": talk.pk, "issues:issue": issue_id,
        "issues:answer": issue_id, "talks:request": request.pk, "access:recuse_talk": talk.pk,
    }  # fmt: skip


def test_every_old_route_is_shut_at_once_and_the_subject_keeps_his(world, earlier):
    client = world.client("ada")
    before = {
        name: client.get(reverse(name, args=[row])).status_code for name, row in earlier.items()
    }
    assert set(before.values()) == {200}

    move_away(world, "ada")

    client = world.client("ada")
    after = {
        name: client.get(reverse(name, args=[row])).status_code for name, row in earlier.items()
    }
    assert set(after.values()) == {404}
    for listing in ("talks:mine", "issues:mine", "talks:requests", "home:home"):
        shown = client.get(reverse(listing)).content.decode()
        assert not any(str(row) in shown for row in earlier.values())
    subject = world.client("ben")
    for name in ("talks:talk", "talks:record", "issues:issue", "talks:request"):
        assert subject.get(reverse(name, args=[earlier[name]])).status_code == 200


def test_who_was_talked_to_keeps_it_when_he_moves(world, earlier):
    move_away(world, "ben")

    client = world.client("ben")
    for name in ("talks:talk", "talks:record", "issues:issue", "talks:request"):
        assert client.get(reverse(name, args=[earlier[name]])).status_code == 200
