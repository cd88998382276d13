"""A request goes to another only with the consent of the one who asked, and delays are told once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from talk_steps import asked, events_about
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.models import Membership
from tanxin.apps.org.selectors.leading import leaders_over
from tanxin.apps.talks import services
from tanxin.apps.talks.access import RequestForbidden, RequestNotFound, request_for
from tanxin.apps.talks.models import Delay, Request
from tanxin.apps.talks.refusals import AsksForHimself, PageIsOld, SuggestsOneOfTheTwo
from tanxin.apps.talks.selectors import delays_told, requests_to_answer, requests_to_forward
from tanxin.core.access import Permission
from tanxin.core.lifecycle import IllegalMove

TOPIC = "想谈谈岗位交流"


def suggested(world, to="emil"):
    request = asked(world, by="cleo", of="ada")
    services.suggest_another(world.actor("ada"), request.pk, to=world.people[to], at=timezone.now())
    request.refresh_from_db()
    return request


def topic_of(actor, request, standing):
    record = Record.objects.get(about_id=request.pk, kind="topic")
    return open_texts(actor, [record.pk], standing)[record.pk]


def at_day(world, request, days):
    """Let the tellers look so many days after the answer was owed."""
    day = request.answer_by + timedelta(days=days)
    return services.tell_delays(world.realm_id, today=day, at=timezone.now())


def test_it_goes_on_only_when_the_one_who_asked_agrees(world):
    request = suggested(world)
    assert not requests_to_answer(world.actor("emil")).exists()
    assert requests_to_forward(world.actor("cleo")).get() == request

    new = services.forward(world.actor("cleo"), request.pk, topic=TOPIC, at=timezone.now())

    request.refresh_from_db()
    assert (request.state, new.state) == ("forwarded", "waiting")
    assert (new.asked_id, new.instead_of_id) == (world.people["emil"], request.pk)
    assert topic_of(world.actor("emil"), new, "asked") == TOPIC
    with pytest.raises(RecordNotFound):
        topic_of(world.actor("ada"), new, "asked")
    assert events_about(request) == ["request.made", "request.suggested", "request.forwarded"]


def test_nothing_is_told_to_the_one_suggested_before(world):
    request = suggested(world)

    with pytest.raises(RequestNotFound):
        request_for(world.actor("emil"), request.pk, Permission.REQUEST_VIEW)


def test_who_asked_may_stay_and_the_clock_goes_on(world):
    request = suggested(world)
    owed = request.answer_by

    services.stay_with(world.actor("cleo"), request.pk, at=timezone.now())

    request.refresh_from_db()
    assert (request.state, request.suggested_id) == ("waiting", None)
    assert request.answer_by >= owed
    assert request.answered_at is None


def test_only_the_one_asked_suggests_and_only_the_one_who_asked_decides(world):
    request, now = suggested(world), timezone.now()

    for name in ("ada", "ben", "emil"):
        with pytest.raises((RequestForbidden, RequestNotFound)):
            services.forward(world.actor(name), request.pk, at=now)
        with pytest.raises((RequestForbidden, RequestNotFound)):
            services.stay_with(world.actor(name), request.pk, at=now)
    fresh = asked(world, by="ben", of="ada")
    with pytest.raises(RequestForbidden):
        services.suggest_another(world.actor("ben"), fresh.pk, to=world.people["emil"], at=now)


def test_a_suggestion_names_a_third_person(world):
    request = asked(world, by="cleo", of="ada")
    for name in ("ada", "cleo"):
        with pytest.raises(SuggestsOneOfTheTwo):
            services.suggest_another(
                world.actor("ada"), request.pk, to=world.people[name], at=timezone.now()
            )


def test_the_one_asked_may_still_say_yes_and_then_nothing_is_passed_on(world):
    request, now = suggested(world), timezone.now()
    services.accept_request(
        world.actor("ada"), request.pk, planned_for=now + timedelta(days=1), at=now
    )

    with pytest.raises(IllegalMove):
        services.forward(world.actor("cleo"), request.pk, topic=TOPIC, at=now)
    assert Request.objects.count() == 1


def test_what_stands_is_not_replaced(world):
    request, now = asked(world, by="cleo", of="ada"), timezone.now()
    with pytest.raises(PageIsOld):
        services.ask_for_talk(
            world.actor("cleo"), asked=world.people["emil"], instead_of=request.pk, at=now
        )
    request.refresh_from_db()
    assert request.state == "waiting"


def test_another_is_asked_instead_once(world):
    request, now = asked(world, by="cleo", of="ada"), timezone.now()
    Request.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    cleo = world.actor("cleo")

    services.ask_for_talk(
        cleo, asked=world.people["emil"], instead_of=request.pk, topic=TOPIC, at=now
    )

    request.refresh_from_db()
    assert request.state == "withdrawn"
    with pytest.raises(PageIsOld):
        services.ask_for_talk(
            cleo, asked=world.people["dora"], instead_of=request.pk, topic=TOPIC, at=now
        )
    with pytest.raises(RequestNotFound):
        services.ask_for_talk(
            world.actor("ben"), asked=world.people["emil"], instead_of=request.pk, at=now
        )
    assert Request.objects.count() == 2


def test_an_overdue_answer_is_told_once_to_the_leader_and_names_nobody_else(world):
    request = asked(world, by="cleo", of="ben")

    assert [at_day(world, request, days) for days in (0, 1, 1, 9)] == [0, 1, 0, 0]

    delay = Delay.objects.get()
    assert delay.told_id == world.people["ada"]
    assert list(delays_told(world.actor("ada"))) == [delay]
    for name in ("ben", "cleo", "dora"):
        assert not delays_told(world.actor(name)).exists()
    assert events_about(request)[-1] == "request.delay_told"
    with pytest.raises(RequestNotFound):
        request_for(world.actor("ada"), request.pk, Permission.REQUEST_VIEW)


def test_who_leads_is_asked_once_for_however_many_are_late(world, django_assert_num_queries):
    first = asked(world, by="cleo", of="ben")
    for by, of in (("dora", "ben"), ("ben", "emil"), ("ben", "cleo")):
        asked(world, by=by, of=of)
    day = first.answer_by + timedelta(days=1)
    people = [world.people[name] for name in ("ben", "emil", "cleo", "ada")]

    with django_assert_num_queries(3):
        found = leaders_over(world.realm_id, people, day)

    assert found == dict.fromkeys(people[:3], world.ada)
    assert at_day(world, first, 1) == 4
    assert set(Delay.objects.values_list("told", flat=True)) == {world.ada}


def test_who_has_answered_is_on_nobodys_list(world):
    request = asked(world, by="cleo", of="ben")
    at_day(world, request, 3)

    services.refuse_request(world.actor("ben"), request.pk, reason="下周再约", at=timezone.now())

    assert not delays_told(world.actor("ada")).exists()


def test_where_nobody_leads_or_the_leader_asked_himself_those_who_supervise_are_told(world):
    request = asked(world, by="ada", of="ben")

    at_day(world, request, 1)

    assert Delay.objects.get().told_id is None
    assert not delays_told(world.actor("ada")).exists()


def test_an_organiser_asks_for_who_has_no_account_and_reads_the_answer_only(world):
    Membership.objects.filter(person=world.people["cleo"]).delete()
    dora, now = world.actor("dora"), timezone.now()
    request = services.ask_for_another(
        dora, asker=world.people["cleo"], asked=world.ada, topic=TOPIC, at=now
    )

    assert (request.asker_id, request.through_id) == (world.people["cleo"], world.people["dora"])
    assert topic_of(world.actor("ada"), request, "asked") == TOPIC
    with pytest.raises(RecordNotFound):
        topic_of(dora, request, "asker")
    services.refuse_request(world.actor("ada"), request.pk, reason="下周再约", at=now)
    reason = Record.objects.get(about_id=request.pk, kind="reason")
    assert open_texts(dora, [reason.pk], "asker")[reason.pk] == "下周再约"
    assert events_about(request) == ["request.made_for", "request.declined"]


def test_for_who_has_an_account_nobody_asks_and_nobody_but_an_organiser_does(world):
    now = timezone.now()
    with pytest.raises(AsksForHimself):
        services.ask_for_another(
            world.actor("dora"), asker=world.people["cleo"], asked=world.ada, at=now
        )
    with pytest.raises(RequestForbidden):
        services.ask_for_another(
            world.actor("ben"), asker=world.people["cleo"], asked=world.ada, at=now
        )
    assert not Request.objects.exists()
