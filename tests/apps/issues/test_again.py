"""What comes up again within a year is marked for the leader, without a word on what was before."""

from datetime import timedelta

from django.utils import timezone

from issue_builders import WORDING, assign, held_talk, issue_in
from tanxin.apps.issues import services
from tanxin.apps.issues.again import mark_again
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue
from tanxin.apps.talks.models import Talk
from telling_steps import crowd


def raised(world, subject="ben", days_ago=0, kind="condition", talk=None, by="ada"):
    talk = talk or held_talk(world, initiator=by, subject=subject)
    at = timezone.now() - timedelta(days=days_ago)
    return services.raise_issue(world.actor(by), talk.pk, kind=kind, text=WORDING, at=at)


def test_the_same_person_and_kind_within_a_year(world):
    raised(world, days_ago=364)

    assert raised(world).again == "person"
    assert raised(world, kind="life").again == ""


def test_longer_ago_or_out_of_the_same_talk_it_is_not_again(world):
    raised(world, days_ago=400)
    first = raised(world)

    assert first.again == ""
    assert raised(world, talk=first.talk).again == ""


def test_the_same_unit_and_kind_is_known_with_the_measure(world):
    issue_in(world, "assigned")
    issue_id = raised(world, subject="cleo").pk
    assert Issue.objects.get(pk=issue_id).again == ""

    assign(world, issue_id)

    assert Issue.objects.get(pk=issue_id).again == "unit"


def test_what_a_person_raised_with_another_is_not_told(world):
    elsewhere = raised(world, days_ago=30, by="emil")

    assert raised(world).again == ""
    Issue.objects.filter(pk=elsewhere.pk).update(led_by=world.ada)
    assert raised(world).again == "person"


def test_what_others_were_told_in_the_unit_comes_from_five(world):
    unit = world.units["planning"]
    people = crowd(world, 5)
    for at, person in enumerate(people):
        talk = held_talk(world, initiator="emil")
        Talk.objects.filter(pk=talk.pk).update(subject=person)
        earlier = raised(world, days_ago=30, by="emil", talk=talk)
        Issue.objects.filter(pk=earlier.pk).update(unit=unit)
        issue = raised(world, kind="condition", days_ago=20)
        issue.unit_id = unit
        mark_again(issue, timezone.now())

        assert issue.again == ("unit" if at == 4 else ""), at
        Issue.objects.filter(pk=issue.pk).update(raised_at=timezone.now() - timedelta(days=500))


def test_only_the_leader_is_told(world):
    raised(world, days_ago=30)
    issue_id = raised(world).pk
    assign(world, issue_id)

    told = {
        person: issue_seen(world.actor(person), issue_id).again
        for person in ("ada", "ben", "emil", "dora")
    }
    assert told == {"ada": "person", "ben": "", "emil": "", "dora": ""}
