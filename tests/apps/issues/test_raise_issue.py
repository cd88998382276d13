from uuid import uuid4

import pytest
from django.utils import timezone

from issue_builders import WORDING, held_talk
from tanxin.apps.archive.models import Party, Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.issues.models import Issue, Step
from tanxin.apps.issues.refusals import TextMissing
from tanxin.apps.issues.services import raise_issue
from tanxin.apps.talks.access import TalkForbidden, TalkNotFound
from tanxin.core.lifecycle import IllegalMove


def raised(world, talk, by="ada", **more):
    given = {"kind": "condition", "text": WORDING, "at": timezone.now()} | more
    return raise_issue(world.actor(by), talk.pk, **given)


def test_it_seals_the_wording_for_the_two_of_the_talk(world, talk):
    issue = raised(world, talk)

    wording = Step.objects.get(issue=issue).text_id
    assert set(Party.objects.filter(record=wording).values_list("person", "role")) == {
        (world.ada, "initiator"),
        (world.ben, "subject"),
    }
    assert open_texts(world.actor("ben"), [wording], "issue:view") == {wording: WORDING}


def test_it_waits_for_the_initiator_and_is_logged_without_a_word_of_it(world, talk):
    issue = raised(world, talk)

    assert (issue.state, issue.waiting_for_id) == ("raised", world.ada)
    leaf = AuditLeaf.objects.get(event="issue.raised")
    assert (leaf.subject_id, leaf.person) == (issue.pk, world.ada)
    assert AuditDetail.objects.get(leaf=leaf).content == {"talk": str(talk.pk), "kind": "condition"}


def test_the_same_form_sent_twice_makes_one_issue(world, talk):
    form = uuid4()

    assert raised(world, talk, form=form) == raised(world, talk, form=form)
    assert Issue.objects.count() == Step.objects.count() == Record.objects.count() == 1


@pytest.mark.parametrize(
    ("by", "refusal"),
    [("ben", TalkForbidden), ("dora", TalkForbidden), ("cleo", TalkNotFound)],
)
def test_only_the_initiator_may(world, talk, by, refusal):
    with pytest.raises(refusal):
        raised(world, talk, by=by)

    assert not Issue.objects.exists()
    assert not Record.objects.exists()


@pytest.mark.parametrize("state", ["proposed", "agreed"])
def test_nothing_is_raised_in_a_talk_that_has_not_been_held(world, state):
    with pytest.raises(IllegalMove):
        raised(world, held_talk(world, state=state))

    assert not Issue.objects.exists()


def test_an_issue_without_words_is_none(world, talk):
    with pytest.raises(TextMissing):
        raised(world, talk, text="  \n ")

    assert not Issue.objects.exists()
