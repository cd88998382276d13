from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from tanxin.apps.archive.access import (
    RecordForbidden,
    RecordNotFound,
    record_for,
    version_for,
    visible_records,
)
from tanxin.apps.archive.models import Record
from tanxin.apps.archive.selectors import latest_versions, records_about, versions_of
from tanxin.apps.archive.services import (
    VersionMoved,
    keep_at,
    open_texts,
    open_version,
    prepare,
    prepare_version,
    store,
    store_version,
)
from tanxin.apps.sealing import client as keeper_client
from tanxin.apps.sealing.client import KeeperInsideTransaction
from tanxin.core.access import Actor, Permission

NOW = timezone.now()


def stored(
    world, text="说过的话", *, kind="record", parties=(("ada", "initiator"), ("ben", "subject"))
):
    named = [(world.people[name], role) for name, role in parties]
    sealed = prepare(
        world.realm_id,
        kind=kind,
        about_kind="talk",
        about_id=uuid4(),
        author_id=world.ada,
        text=text,
        parties=named,
    )
    with transaction.atomic():
        return store(sealed, named, NOW)


def rewritten(world, record, text, number):
    sealed = prepare_version(world.actor("ada"), record, text=text, number=number)
    with transaction.atomic():
        return store_version(sealed, NOW)


def test_the_parties_open_it_and_each_opening_is_noted_before(world):
    record = stored(world)

    for name, role in (("ada", "initiator"), ("ben", "subject")):
        assert open_texts(world.actor(name), [record.pk], role) == {record.pk: "说过的话"}

    noted = keeper_client.releases(world.realm_id, record.pk)
    assert [(one.person_id, one.ground) for one in noted] == [
        (world.ada, "initiator"),
        (world.ben, "subject"),
    ]


@pytest.mark.parametrize("name", ["cleo", "dora", "emil"])
def test_nobody_else_can_tell_that_it_is_there(world, name):
    record, actor = stored(world), world.actor(name)

    with pytest.raises(RecordNotFound):
        open_texts(actor, [record.pk], "curious")
    with pytest.raises(RecordNotFound):
        record_for(actor, uuid4())
    with pytest.raises(RecordNotFound):
        version_for(actor, uuid4())
    with pytest.raises(RecordNotFound):
        version_for(actor, versions_of(world.realm_id, record.pk).get().pk)

    assert not visible_records(actor).exists()
    assert keeper_client.releases(world.realm_id, record.pk) == []


def test_one_text_that_is_not_for_the_actor_keeps_all_shut(world):
    mine = stored(world)
    other = stored(world, parties=(("cleo", "subject"),))

    with pytest.raises(RecordNotFound):
        open_texts(world.actor("ada"), [mine.pk, other.pk], "initiator")

    assert keeper_client.releases(world.realm_id, mine.pk) == []
    assert open_texts(world.actor("ada"), [], "initiator") == {}


def test_a_memo_is_opened_by_its_author_only_whoever_else_were_a_party(world):
    memo = stored(world, kind="memo", parties=(("ada", "author"), ("ben", "subject")))

    assert open_texts(world.actor("ada"), [memo.pk], "author") == {memo.pk: "说过的话"}
    with pytest.raises(RecordForbidden):
        open_texts(world.actor("ben"), [memo.pk], "subject")
    with pytest.raises(RecordForbidden):
        record_for(world.actor("ben"), memo.pk, Permission.RECORD_WRITE)


def test_the_door_and_the_list_agree(world):
    records = [stored(world), stored(world, parties=(("cleo", "subject"),))]

    for name in world.people:
        visible = set(visible_records(world.actor(name)).values_list("pk", flat=True))
        for record in records:
            try:
                allowed = bool(record_for(world.actor(name), record.pk))
            except RecordNotFound:
                allowed = False
            assert allowed == (record.pk in visible)


def test_an_account_that_is_nobody_opens_nothing(world):
    record = stored(world)

    with pytest.raises(RecordNotFound):
        open_texts(Actor(world.realm_id), [record.pk], "nobody")


def test_versions_follow_each_other_and_all_stay_readable(world):
    record = stored(world, "一")
    version = rewritten(world, record, "二", 2)

    assert open_texts(world.actor("ben"), [record.pk], "subject") == {record.pk: "二"}
    assert open_version(world.actor("ben"), record.pk, 1, "subject") == "一"
    assert version_for(world.actor("ben"), version.pk) == version
    assert [one.number for one in versions_of(world.realm_id, record.pk)] == [1, 2]
    assert latest_versions(world.realm_id, [record.pk]) == {record.pk: version}


def test_a_version_that_does_not_follow_the_latest_is_refused(world):
    record = stored(world, "一")
    rewritten(world, record, "二", 2)

    with pytest.raises(VersionMoved) as moved:
        rewritten(world, record, "也是二", 2)
    assert moved.value.latest == 2
    with pytest.raises(VersionMoved), transaction.atomic():
        keep_at(world.realm_id, record.pk, 1)
    keep_at(world.realm_id, record.pk, 2)

    assert Record.objects.get().latest == 2


def test_the_keeper_is_never_asked_inside_a_transaction(world):
    record = stored(world)

    with transaction.atomic(), pytest.raises(KeeperInsideTransaction):
        open_texts(world.actor("ada"), [record.pk], "initiator")
    with transaction.atomic(), pytest.raises(KeeperInsideTransaction):
        prepare_version(world.actor("ada"), record, text="三", number=2)


def test_a_row_knows_what_was_written_about_it(world):
    record = stored(world)

    assert list(records_about(world.actor("ada"), record.about_id, ["record"])) == [record]
    assert not records_about(world.actor("ada"), record.about_id, ["memo"]).exists()


def test_text_moved_to_another_record_does_not_open(world):
    one, two = stored(world, "甲"), stored(world, "乙")
    stolen = one.versions.get()
    victim = two.versions.get()
    type(victim).objects.filter(pk=victim.pk).update(sealed=bytes(stolen.sealed))

    with pytest.raises(keeper_client.KeeperRefused):
        open_texts(world.actor("ada"), [two.pk], "initiator")
