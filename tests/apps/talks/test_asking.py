from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from talk_steps import asked, events_about
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.access import PersonNotFound
from tanxin.apps.talks import services
from tanxin.apps.talks.access import RequestForbidden, RequestNotFound
from tanxin.apps.talks.models import Request, Talk
from tanxin.apps.talks.refusals import PageIsOld, TalkWithOneself, TextMissing
from tanxin.apps.talks.selectors import overdue_requests, requests_to_answer
from tanxin.core.lifecycle import IllegalMove


def topic_of(request):
    return Record.objects.get(about_id=request.pk, kind="topic")


def test_anybody_asks_anybody_and_only_the_two_know_what_about(world):
    request = asked(world, by="cleo", of="ada")

    assert (request.state, request.asked_id) == ("waiting", world.ada)
    assert request.answer_by > timezone.localdate()
    topic = topic_of(request)
    assert open_texts(world.actor("ada"), [topic.pk], "asked")[topic.pk] == "想谈谈岗位交流"
    for name in ("ben", "dora"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [topic.pk], "asked")
    assert events_about(request) == ["request.made"]


def test_a_request_needs_no_topic_and_counts_once_per_form(world):
    form = uuid4()

    for _ in range(2):
        asked(world, topic="", form=form)

    assert Request.objects.count() == 1
    assert not Record.objects.exists()


def test_nobody_asks_himself_or_a_stranger_to_the_realm(world):
    with pytest.raises(TalkWithOneself):
        asked(world, by="ben", of="ben")
    world.people["ghost"] = uuid4()
    with pytest.raises(PersonNotFound):
        asked(world, of="ghost")


def test_accepting_proposes_a_talk_that_the_one_asked_leads(world):
    request, now = asked(world), timezone.now()

    talk = services.accept_request(
        world.actor("ada"), request.pk, planned_for=now + timedelta(days=1), place="308", at=now
    )

    request.refresh_from_db()
    assert (request.state, request.talk_id) == ("accepted", talk.pk)
    assert (talk.initiator_id, talk.subject_id, talk.proposed_by_id) == (
        world.ada, world.ben, world.ada,
    )  # fmt: skip
    assert events_about(request) == ["request.made", "request.answered"]
    assert events_about(talk) == ["talk.proposed"]


def test_a_refusal_has_a_reason_that_the_asker_reads(world):
    request, now = asked(world), timezone.now()

    with pytest.raises(TextMissing):
        services.refuse_request(world.actor("ada"), request.pk, reason="", at=now)
    request = services.refuse_request(
        world.actor("ada"), request.pk, reason="请先找分管领导", at=now
    )

    assert request.state == "refused"
    texts = open_texts(world.actor("ben"), [request.refusal_id], "asker")
    assert texts == {request.refusal_id: "请先找分管领导"}
    assert events_about(request)[-1] == "request.declined"


def test_the_asker_takes_it_back_before_the_answer(world):
    request, now = asked(world), timezone.now()

    services.withdraw_request(world.actor("ben"), request.pk, at=now)

    with pytest.raises(IllegalMove):
        services.accept_request(world.actor("ada"), request.pk, planned_for=now, at=now)
    assert not Talk.objects.exists()
    assert events_about(request)[-1] == "request.withdrawn"


def test_each_verb_belongs_to_one_side_and_no_organiser_sees_any(world):
    request, now = asked(world), timezone.now()

    with pytest.raises(RequestForbidden):
        services.accept_request(world.actor("ben"), request.pk, planned_for=now, at=now)
    with pytest.raises(RequestForbidden):
        services.refuse_request(world.actor("ben"), request.pk, reason="不", at=now)
    with pytest.raises(RequestForbidden):
        services.withdraw_request(world.actor("ada"), request.pk, at=now)
    for name in ("cleo", "dora"):
        with pytest.raises(RequestNotFound):
            services.accept_request(world.actor(name), request.pk, planned_for=now, at=now)

    assert events_about(request) == ["request.made"]


def test_of_two_answers_the_first_counts(world):
    request, now = asked(world), timezone.now()
    stale = Request.objects.get(pk=request.pk)
    services.withdraw_request(world.actor("ben"), request.pk, at=now)

    with pytest.raises(PageIsOld):
        services.asking.answer(stale, "accept", at=now)


def test_an_unanswered_request_becomes_overdue(world):
    request = asked(world)
    ada, day = world.actor("ada"), request.answer_by

    assert list(requests_to_answer(ada)) == [request]
    assert not overdue_requests(ada, today=day).exists()
    assert overdue_requests(ada, today=day + timedelta(days=1)).exists()
    assert not requests_to_answer(world.actor("ben")).exists()
