"""A signal is found from facts, explained by whom it is about, and settled by somebody else."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from signal_steps import TEXT, WHY, looked, signal_about_ada, supervised, two_alike
from talk_steps import events_about, held, write
from tanxin.apps.archive.access import RecordNotFound
from tanxin.apps.archive.services import open_texts
from tanxin.apps.org.services.recusing import recuse_from_person
from tanxin.apps.oversight import services
from tanxin.apps.oversight.access import SignalForbidden, SignalNotFound, signal_for
from tanxin.apps.oversight.models import Signal
from tanxin.apps.oversight.refusals import ExplainedAlready, NothingSaid, SettledAlready
from tanxin.apps.oversight.selectors import (
    signals_about,
    signals_settled,
    signals_to_explain,
    signals_to_settle,
    talks_behind,
)
from tanxin.core.access import Permission, Role
from tanxin.core.oversight.settling import Outcome


def explain(world, signal, by="ada", text=WHY):
    return services.explain(world.actor(by), signal.pk, text=text, at=timezone.now())


def settle(world, signal, by="sol", outcome=Outcome.NOTHING, **more):
    return services.settle(world.actor(by), signal.pk, outcome=outcome, at=timezone.now(), **more)


def test_two_records_alike_become_one_question_and_looking_again_changes_nothing(world):
    talks = two_alike(world)
    assert looked(world) == 1

    signal = Signal.objects.get()
    assert (signal.sign, signal.person_id, signal.state) == ("copy", world.ada, "open")
    assert signal.told["records"] == 2
    assert signal.told["alike"] > 85
    assert {one.id for one in talks_behind(signal)} == {talk.pk for talk in talks}
    assert looked(world) == 0


def test_a_question_grows_with_its_records_and_goes_with_its_reason(world):
    first, _second = two_alike(world)
    looked(world)
    write(world, held(world, days=20, ago=timedelta(days=1)), TEXT)
    assert looked(world) == 1
    assert Signal.objects.get().told["records"] == 3

    for at, talk in enumerate(talks_behind(Signal.objects.get())):
        other = "".join(chr(0x4E00 + (7 * at + n * n) % 5000) for n in range(80))
        write(world, first.__class__.objects.get(pk=talk.id), other, expected_version=1)
    assert looked(world) == 1
    assert Signal.objects.get().state == "gone"
    assert not signals_about(world.actor("ada")).exists()


def test_what_was_settled_is_asked_again_only_about_more_talks(world):
    signal = signal_about_ada(supervised(world))
    settle(world, signal)
    assert looked(world) == 0

    write(world, held(world, days=20, ago=timedelta(days=1)), TEXT)
    assert looked(world) == 1
    assert sorted(Signal.objects.values_list("round", "state")) == [(1, "settled"), (2, "open")]


def test_the_initiator_explains_and_supervisors_alone_read_it(world):
    signal = signal_about_ada(supervised(world))
    with pytest.raises(NothingSaid):
        explain(world, signal, text=" ")
    assert signals_to_explain(world.actor("ada")).exists()
    signal = explain(world, signal)

    text = signal.explanation_id
    for name in ("ada", "sol", "lena"):
        assert open_texts(world.actor(name), [text], "signal") == {text: WHY}
    for name in ("ben", "dora", "cleo"):
        with pytest.raises(RecordNotFound):
            open_texts(world.actor(name), [text], "signal")
    assert not signals_to_explain(world.actor("ada")).exists()
    with pytest.raises(ExplainedAlready):
        explain(world, signal)
    assert events_about(signal) == ["signal.explained"]


def test_a_supervisor_says_what_came_of_it_once_and_tells_the_one_it_is_about(world):
    signal = signal_about_ada(supervised(world))
    signal = settle(world, signal, outcome=Outcome.TALKED, note="已当面说过")

    assert (signal.state, signal.outcome, signal.settled_by_id) == (
        "settled", "talked", world.people["sol"],
    )  # fmt: skip
    assert list(open_texts(world.actor("ada"), [signal.note_id], "signal").values()) == [
        "已当面说过"
    ]
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("lena"), [signal.note_id], "signal")
    for again in (settle, explain):
        with pytest.raises(SettledAlready):
            again(world, signal)
    assert not signals_to_settle(world.actor("sol")).exists()
    assert signals_settled(world.actor("lena")).count() == 1
    assert events_about(signal) == ["signal.settled"]


def test_nobody_settles_a_signal_about_himself_nor_of_his_superior(world):
    signal = signal_about_ada(supervised(world))
    for key in ("ada", "ben", "emil"):
        world.entrust(key, Role.SUPERVISOR)

    assert not signals_to_settle(world.actor("ada")).exists()
    for name in ("ada", "emil"):
        with pytest.raises(SignalForbidden):
            settle(world, signal, by=name)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.update(
            state="settled", outcome="nothing", settled_by=world.ada, settled_at=timezone.now()
        )
    assert Signal.objects.get().state == "open"


def test_others_find_no_signal_and_the_recused_not_even_a_number(world):
    signal = signal_about_ada(supervised(world))
    for name in ("ben", "cleo", "dora", "emil"):
        with pytest.raises(SignalNotFound):
            signal_for(world.actor(name), signal.pk, Permission.SIGNAL_VIEW)
    explain(world, signal)
    recuse_from_person(
        world.actor("ben"), world.people["lena"], world.ben, because="wish", at=timezone.now()
    )

    assert not signals_to_settle(world.actor("lena")).exists()
    assert signals_to_settle(world.actor("sol")).exists()
    with pytest.raises(RecordNotFound):
        open_texts(world.actor("lena"), [Signal.objects.get().explanation_id], "signal")
