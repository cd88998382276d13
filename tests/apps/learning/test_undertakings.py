"""Who opens what others confided has given the undertaking in force; nobody for what is his own."""

import pytest
from django.utils import timezone

from talk_steps import SAID, events_about, recorded
from tanxin.apps.archive.services import open_texts
from tanxin.apps.archive.undertakings import (
    UndertakingDue,
    UndertakingEmpty,
    due_from,
    give,
    given_by,
    put_in_force,
)
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.sealing.logs import release_leaves
from tanxin.apps.talks.selectors import record_of
from tanxin.core.access import RowForbidden


@pytest.fixture
def record(world):
    return record_of(recorded(world)).pk


def put(world, text="不向无关人员透露。", by="dora"):
    return put_in_force(world.actor(by), text, at=timezone.now())


def opened(world, who, record):
    return open_texts(world.actor(who), [record], "initiator")[record]


def test_where_none_is_in_force_nobody_is_asked(world, record):
    assert SAID in opened(world, "ada", record)


def test_who_led_the_talk_opens_nothing_before_he_has_given_it(world, record):
    row = put(world)
    before = len(list(release_leaves(world.realm_id)))

    with pytest.raises(UndertakingDue):
        opened(world, "ada", record)
    assert len(list(release_leaves(world.realm_id))) == before

    assert give(world.actor("ada"), row.version, at=timezone.now())
    assert SAID in opened(world, "ada", record)
    assert [one.undertaking.version for one in given_by(world.actor("ada"))] == [1]


def test_nobody_gives_one_to_read_what_is_about_himself(world, record):
    put(world)

    assert SAID in opened(world, "ben", record)


def test_new_words_are_asked_for_anew_and_the_old_ones_stay_known(world, record):
    ada = world.actor("ada")
    give(ada, put(world).version, at=timezone.now())
    second = put(world, "不截屏，不转发。")

    with pytest.raises(UndertakingDue):
        opened(world, "ada", record)
    assert not give(ada, 1, at=timezone.now())
    assert give(ada, second.version, at=timezone.now())
    assert give(ada, second.version, at=timezone.now())
    assert [one.undertaking.version for one in given_by(ada)] == [2, 1]
    assert due_from(ada) is None
    assert AuditLeaf.objects.filter(event="undertaking.given").count() == 2


def test_only_an_organiser_puts_words_in_force_and_never_none(world):
    with pytest.raises(RowForbidden):
        put(world, by="ada")
    with pytest.raises(UndertakingEmpty):
        put(world, " \n")
    assert events_about(put(world)) == ["undertaking.put"]
