"""What comes up again within a year is marked for the leader, without a word on what was before."""

from datetime import timedelta

from django.utils import timezone

from issue_builders import WORDING, assign, held_talk, issue_in
from tanxin.apps.issues import services
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.models import Issue


def raised(world, subject="ben", days_ago=0, kind="condition", talk=None):
    talk = talk or held_talk(world, subject=subject)
    at = timezone.now() - timedelta(days=days_ago)
    return services.raise_issue(world.actor("ada"), talk.pk, kind=kind, text=WORDING, at=at)


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


def test_only_the_leader_is_told(world):
    raised(world, days_ago=30)
    issue_id = raised(world).pk
    assign(world, issue_id)

    told = {
        person: issue_seen(world.actor(person), issue_id).again
        for person in ("ada", "ben", "emil", "dora")
    }
    assert told == {"ada": "person", "ben": "", "emil": "", "dora": ""}
