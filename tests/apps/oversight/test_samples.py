"""Drawn from a seed; the subject answers under seal, and who led the talk learns nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from signal_steps import supervised
from talk_steps import confirmed, events_about, proposed, write
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts, search_texts
from tanxin.apps.audit.selectors import end_of_log
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.oversight import sampling
from tanxin.apps.oversight.access import SignalForbidden
from tanxin.apps.oversight.calls import (
    CallForbidden,
    CallNotFound,
    SampleNotFound,
    answer_of,
    call_for,
    calls_of,
    calls_to_answer,
    draws_the_same,
    sample_for,
)
from tanxin.apps.oversight.refusals import (
    AnsweredAlready,
    DrawnMeanwhile,
    NothingToDraw,
    SettledAlready,
)
from tanxin.apps.oversight.samples import CallBack, Sample
from tanxin.apps.talks import services as talks
from tanxin.apps.talks.models import Talk
from tanxin.core.access import Permission, Role
from tanxin.core.oversight.sampling import Result, Solved, TookPlace

SAID = sampling.Said(TookPlace.YES, Solved.NO, "说好的借调一直没有下文")


def wish(size=5):
    today = timezone.localdate()
    return sampling.Wish(today - timedelta(days=60), today, size)


def drawn(world, by="sol", **more):
    return sampling.draw_sample(world.actor(by), wish(**more), at=timezone.now())


def one_call(world):
    confirmed(supervised(world))
    return CallBack.objects.get(sample=drawn(world))


def answer(world, call, by="ben", said=SAID):
    return sampling.answer_call(world.actor(by), call.pk, said, at=timezone.now())


def settle(world, call, by="sol"):
    at = timezone.now()
    return sampling.settle_call(world.actor(by), call.pk, result=Result.AS_RECORDED, at=at)


def test_only_closed_talks_are_drawn_each_once_and_the_same_again_from_the_seed(world):
    supervised(world)
    with pytest.raises(NothingToDraw):
        drawn(world)
    proposed(world)
    talk = confirmed(world, days=2)
    for name in ("ada", "dora", "cleo"):
        with pytest.raises(SignalForbidden):
            drawn(world, by=name)
    sample = drawn(world)

    assert [call.talk_id for call in calls_of(world.actor("sol"), sample)] == [talk.pk]
    assert draws_the_same(sample)
    sample.pool = [[str(world.ada), 1]]
    assert not draws_the_same(sample)
    with pytest.raises(NothingToDraw):
        drawn(world)
    assert events_about(sample) == ["sample.drawn"]


def test_the_seed_is_the_day_and_where_the_log_ends(world):
    confirmed(supervised(world))
    size, last = end_of_log(world.realm_id)

    assert drawn(world).seed == f"{timezone.localdate()}-{size}-{last.hex()[:16]}"
    assert end_of_log(world.realm_id)[0] > size


def test_of_two_drawing_at_once_one_asks_and_the_other_draws_again(world):
    confirmed(supervised(world))
    now = timezone.now()
    both = [
        (world.actor(name), sampling.drawing_of(world.actor(name), wish(), at=now))
        for name in ("sol", "lena")
    ]
    (sol, first), (lena, second) = both
    sampling.ask_drawn(sol, first, at=now)

    with pytest.raises(DrawnMeanwhile):
        sampling.ask_drawn(lena, second, at=now)
    assert (Sample.objects.count(), CallBack.objects.count()) == (1, 1)


def test_a_supervisor_draws_no_talk_of_his_own_and_none_kept_from_him(world):
    supervised(world)
    confirmed(world)
    world.entrust("ada", Role.SUPERVISOR)
    world.entrust("ben", Role.SUPERVISOR)
    recuse_from_person(
        world.actor("ben"), world.people["lena"], world.ben, because="wish", at=timezone.now()
    )
    for name in ("ada", "ben", "lena"):
        with pytest.raises(NothingToDraw):
            drawn(world, by=name)


def test_the_answer_is_for_the_subject_and_those_who_supervise_never_for_the_initiator(world):
    call = one_call(world)
    world.entrust("ada", Role.SUPERVISOR)
    assert [one.pk for one in calls_to_answer(world.actor("ben"))] == [call.pk]
    call = answer(world, call)

    assert not calls_to_answer(world.actor("ben")).exists()
    for name in ("ben", "sol", "lena"):
        assert answer_of(world.actor(name), call)["solved"] == "no"
    for name in ("ada", "cleo", "dora"):
        with pytest.raises(CallNotFound):
            call_for(world.actor(name), call.pk, Permission.CALL_ANSWER)
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [call.answer_id], "callback")
    assert not calls_of(world.actor("ada"), call.sample).exists()
    with pytest.raises(SampleNotFound):
        sample_for(world.actor("ben"), call.sample_id)
    with pytest.raises(AnsweredAlready):
        answer(world, call)
    assert events_about(call) == ["call.answered"]
    assert "call.answered" not in events_about(call.talk)


def test_who_is_recused_later_finds_neither_call_nor_answer(world):
    call = answer(world, one_call(world))
    assert search_texts(world.actor("lena"), ["借调"])
    recuse_from_person(
        world.actor("ben"), world.people["lena"], world.ben, because="wish", at=timezone.now()
    )
    with pytest.raises(CallNotFound):
        call_for(world.actor("lena"), call.pk, Permission.CALL_SETTLE)
    assert not search_texts(world.actor("lena"), ["借调"])


def test_what_came_of_it_is_noted_once_by_a_supervisor(world):
    call = one_call(world)
    with pytest.raises(CallForbidden):
        settle(world, call, by="ben")
    with pytest.raises(CallForbidden):
        answer(world, call, by="sol")
    assert settle(world, call).result == "as_told"
    with pytest.raises(SettledAlready):
        settle(world, call, by="lena")
    with pytest.raises(AnsweredAlready):
        answer(world, call)


def test_for_who_has_no_account_a_supervisor_writes_down_what_he_says(world):
    supervised(world)
    world.person("olga", "老张")
    now = timezone.now()
    talk = proposed(world, other="olga")
    talks.hold(world.actor("ada"), talk.pk, held_at=now, at=now)
    write(world, talk)
    Talk.objects.update(state="unconfirmed")
    call = CallBack.objects.get(sample=drawn(world))
    call = answer(world, call, by="lena")

    assert (call.through_id, call.weight) == (world.people["lena"], 3)
    assert answer_of(world.actor("sol"), call)["took_place"] == "yes"
