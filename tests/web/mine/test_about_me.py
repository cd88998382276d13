"""What somebody finds of himself: his talks, his rights, who opened it, and a copy of it all."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from issue_builders import issue_in
from talk_steps import SAID, asked, confirmed, proposed, recorded
from tanxin.apps.archive.attachments import seal_file, store_file
from tanxin.apps.issues.saving import save_view
from tanxin.core.uploads import admit
from world import NAMES

PAGE, EXPORT = reverse("mine:page"), reverse("mine:export")


def page(world, name):
    return world.client(name).get(PAGE).content.decode()


def copy_of(world, name):
    answer = world.client(name).post(EXPORT)
    assert answer.status_code == 200
    with ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        data = json.loads(archive.read("data.json"))
        contents = {one["file"]: archive.read(one["file"]) for one in data["files"] if one["file"]}
    return data | {"contents": contents}


def test_the_copy_holds_his_files_and_nobody_else_s(world, settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path)
    mine, others = recorded(world), proposed(world, "emil", "cleo", days=4)
    for talk, who in ((mine, "ben"), (others, "cleo")):
        attach(world, talk, who)

    found = copy_of(world, "ben")

    assert [one["about"] for one in found["files"]] == [str(mine.pk)]
    assert found["contents"] == {"files/1.txt": "ben 的扫描件".encode()}
    blobs = [one for one in tmp_path.rglob("*") if one.is_file()]
    for one in blobs:
        one.write_bytes(b"broken")
    damaged = copy_of(world, "ben")
    assert ([one["file"] for one in damaged["files"]], damaged["contents"]) == ([None], {})


def attach(world, talk, who):
    actor = world.actor(who)
    parties = [(talk.initiator_id, "initiator"), (talk.subject_id, "subject")]
    file = admit("a.txt", f"{who} 的扫描件".encode())
    sealed = seal_file(
        actor, file, about=("talk", talk.pk), author_id=actor.person_id, parties=parties
    )
    with transaction.atomic():
        store_file(actor, sealed, parties, timezone.now())


def test_one_sees_the_talks_with_oneself_and_no_others(world):
    talk = recorded(world)

    assert reverse("talks:talk", args=[talk.pk]) in page(world, "ben")
    for name in ("ada", "cleo"):
        assert reverse("talks:talk", args=[talk.pk]) not in page(world, name)


def test_who_opened_it_stands_there_and_not_a_word_of_it(world):
    talk = recorded(world)
    world.client("ada").get(reverse("talks:record", args=[talk.pk]))

    shown = page(world, "ben")

    assert NAMES["ada"] in shown[shown.index("谁打开过") :]
    assert SAID not in shown


def test_what_one_raised_stands_with_its_course(world):
    issue_id = issue_in(world, "assigned")

    assert reverse("issues:issue", args=[issue_id]) in page(world, "ben")


def test_a_copy_holds_what_one_said_and_what_was_said_of_one(world):
    talk = confirmed(world)
    request = asked(world, by="ben", of="ada")
    issue = issue_in(world, "raised", talk=talk)
    save_view(world.actor("ben"), name="我提的", query="show=raised", at=timezone.now())

    data = copy_of(world, "ben")

    assert data["person"].startswith(NAMES["ben"])
    assert [one["id"] for one in data["talks"]] == [str(talk.pk)]
    assert [one["id"] for one in data["requests"]] == [str(request.pk)]
    assert [(one["id"], one["kind"]) for one in data["issues_raised"]] == [(str(issue), "工作条件")]
    assert data["views_kept"] == [{"name": "我提的", "query": "show=raised"}]
    texts = [one["text"] for one in data["texts"]]
    assert SAID in texts
    assert "想谈谈岗位交流" in texts


def test_a_copy_holds_nothing_of_others(world):
    recorded(world)
    data = copy_of(world, "cleo")

    assert (data["talks"], data["texts"], data["requests"]) == ([], [], [])


def test_what_is_copied_is_opened_and_noted(world):
    talk = recorded(world)
    copy_of(world, "ben")

    shown = page(world, "ben")

    assert talk.subject_id == world.people["ben"]
    assert NAMES["ben"] in shown[shown.index("谁打开过") :]


@pytest.mark.usefixtures("world")
def test_a_copy_asks_again_who_it_is(world):
    ben = world.client("ben")
    ben.get(PAGE)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=True):
        answer = ben.post(EXPORT)

    assert answer.status_code in {200, 302, 303}
    assert not answer.headers["Content-Type"].startswith("application/zip")


def test_the_page_costs_the_same_few_queries_however_much_there_is(world):
    ben = world.client("ben")

    def counted():
        ben.get(PAGE)
        with CaptureQueriesContext(connection) as seen:
            ben.get(PAGE)
        return len(seen)

    recorded(world)
    few = counted()
    for day in range(2, 6):
        recorded(world, days=day)

    assert counted() == few <= 12
