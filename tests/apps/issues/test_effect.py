"""Some weeks after the answer: it helped, in part, or not, and who says nothing said nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from issue_builders import LEFT, assign, issue_in, say
from tanxin.apps.archive.access import visible_records
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.issues.access import IssueForbidden, IssueNotFound
from tanxin.apps.issues.counted import Counted
from tanxin.apps.issues.course import issue_seen
from tanxin.apps.issues.looking_models import EffectCheck
from tanxin.apps.issues.models import Issue, Measure
from tanxin.apps.issues.refusals import NotAsked, TextMissing, VerifierIsSubordinate
from tanxin.apps.issues.selectors import effects_to_say
from tanxin.core.following import EFFECT_AFTER, EFFECT_WITHIN
from tanxin.core.lifecycle import IllegalMove
from tanxin.core.tallying import Reached


@pytest.fixture
def issue_id(world):
    return issue_in(world, "answered")


def test_who_raised_it_and_who_verified_it_are_asked_in_some_weeks(world, issue_id):
    today = timezone.localdate()
    for person in ("ben", "dora"):
        asked = [
            effects_to_say(world.actor(person), today=today + days).exists()
            for days in (timedelta(), EFFECT_AFTER, EFFECT_AFTER + EFFECT_WITHIN + timedelta(1))
        ]
        assert asked == [False, True, False]
    for person in ("ada", "emil", "cleo"):
        assert not effects_to_say(world.actor(person), today=today + EFFECT_AFTER).exists()


def test_silence_is_not_solved(world, issue_id):
    assert Issue.objects.get().effect == ""
    assert not Reached(Counted.objects.get().reached) & Reached.EFFECTIVE


def test_solved_may_be_said_without_a_word_more(world, issue_id):
    issue = say(world, issue_id, "ben", "solved")

    assert (issue.state, issue.effect) == ("answered", "solved")
    assert issue.answered_at
    assert Reached(Counted.objects.get().reached) & Reached.EFFECTIVE
    assert AuditLeaf.objects.get(event="issue.effect_said").person == world.ben
    asked = effects_to_say(world.actor("ben"), today=timezone.localdate() + EFFECT_AFTER)
    assert not asked.exists()


def test_the_worst_word_counts_and_a_later_one_takes_the_place_of_the_earlier(world, issue_id):
    say(world, issue_id, "dora", "solved")
    assert say(world, issue_id, "ben", "partly", LEFT).effect == "partly"
    assert say(world, issue_id, "ben", "solved").effect == "solved"


@pytest.mark.parametrize("by", ["ben", "dora"])
def test_not_solved_opens_it_again_with_its_whole_past(world, issue_id, by):
    issue = say(world, issue_id, by, "not", LEFT)

    assert (issue.state, issue.waiting_for_id) == ("reopened", world.ada)
    assert (issue.times_reopened, issue.effect, issue.answered_at) == (1, "", None)
    assert Measure.objects.get().verified_at is None
    assert Reached(Counted.objects.get().reached) == Reached.RAISED
    moves = [step.move for step in issue_seen(world.actor("ben"), issue_id).path]
    assert moves == ["raise", "assign", "report", "verify", "answer", "reopen"]
    assert assign(world, issue_id, owner="cleo").state == "assigned"


def test_who_solves_it_learns_that_it_did_not_help_and_not_who_says_so(world, issue_id):
    say(world, issue_id, "ben", "not", LEFT)

    for person in ("emil", "dora"):
        actor = world.actor(person)
        last = issue_seen(actor, issue_id).path[-1]
        assert (last.move, last.person_id, last.text) == ("reopen", None, None)
    ada = issue_seen(world.actor("ada"), issue_id).path[-1]
    assert ada.person_id == world.ben
    assert ada.text in set(visible_records(world.actor("ada")).values_list("pk", flat=True))


def test_what_is_left_to_do_must_be_said(world, issue_id):
    for word in ("partly", "not"):
        with pytest.raises(TextMissing):
            say(world, issue_id, "ben", word, "　")

    assert EffectCheck.objects.filter(word="").count() == 2


def test_nobody_else_is_asked_and_nobody_once_it_is_open_again(world, issue_id):
    for by in ("ada", "emil"):
        with pytest.raises(IssueForbidden):
            say(world, issue_id, by, "solved")
    with pytest.raises(IssueNotFound):
        say(world, issue_id, "cleo", "solved")
    say(world, issue_id, "ben", "not", LEFT)
    with pytest.raises(NotAsked):
        say(world, issue_id, "ben", "solved")


def test_of_two_words_on_the_same_page_the_second_is_told_of_the_first(world, issue_id):
    seen = Issue.objects.get().steps
    say(world, issue_id, "dora", "solved", seen=seen)

    with pytest.raises(IllegalMove):
        say(world, issue_id, "ben", "not", LEFT, seen=seen)
    assert EffectCheck.objects.get(part="subject").word == ""


def test_the_database_itself_refuses_an_effect_of_what_is_not_answered(world):
    issue_in(world, "verified")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE issues_issue SET effect = 'solved'")


def test_a_verifier_who_came_under_the_owner_may_not_say_that_it_helped(world, issue_id):
    world.post("规划处科员", "planning")
    world.holds("dora", "规划处科员", start=None)

    with pytest.raises(VerifierIsSubordinate):
        say(world, issue_id, "dora", "solved")
    assert Issue.objects.get().effect == ""

    assert say(world, issue_id, "dora", "partly", LEFT).effect == "partly"
