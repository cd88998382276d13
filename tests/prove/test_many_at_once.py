"""G5 and G6: eight at once lose no update, and a form that is sent several times is one."""

import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from talk_steps import recorded
from tanxin.apps.archive import services as archive
from tanxin.apps.archive.models import Record, RecordVersion
from tanxin.apps.archive.services import VersionMoved
from tanxin.apps.audit.models import AuditLeaf
from tanxin.apps.audit.selectors import verify_chain
from tanxin.apps.audit.services import record
from tanxin.apps.issues.models import Issue
from tanxin.apps.issues.services import raise_issue
from world import small_world

pytestmark = pytest.mark.prove
WRITERS, EACH = 8, 200
FORMS, COPIES = 1_000, 4


@pytest.fixture
def world(on_disk, keeper):
    return small_world()


def together(count, work):
    """Let ``work(number)`` run ``count`` times at once; returns what went wrong."""
    failures, ready = [], threading.Barrier(count)

    def one(number):
        try:
            ready.wait()
            work(number)
        except BaseException as failure:  # noqa: BLE001 - reported by the caller
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_no_update_of_a_text_is_lost(world, capsys):
    parties = [(world.ada, "initiator"), (world.ben, "subject")]
    first = archive.prepare(
        world.realm_id, kind="remark", about_kind="talk", about_id=uuid4(), author_id=world.ada,
        text="一", parties=parties,
    )  # fmt: skip
    with transaction.atomic():
        row = archive.store(first, parties, timezone.now())
    actor, told, again = world.actor("ada"), [], []

    def write_next():
        known = Record.objects.get(pk=row.pk)
        number = known.latest + 1
        sealed = archive.prepare_version(actor, known, text=f"第 {number} 版", number=number)
        with transaction.atomic():
            archive.store_version(sealed, timezone.now())
            record(
                "record.written", realm_id=world.realm_id, actor=actor, subject_kind="record",
                subject_id=row.pk, detail={"version": number}, at=timezone.now(),
            )  # fmt: skip
        told.append(number)

    def write(_):
        done = 0
        while done < EACH:
            try:
                write_next()
                done += 1
            except VersionMoved:
                again.append(1)

    assert together(WRITERS, write) == []
    with capsys.disabled():
        print(f"\n{len(told)} updates of one text, {len(again)} times somebody else was first")
    assert sorted(told) == list(range(2, WRITERS * EACH + 2))
    assert Record.objects.get(pk=row.pk).latest == WRITERS * EACH + 1
    assert RecordVersion.objects.filter(record=row.pk).count() == WRITERS * EACH + 1
    assert verify_chain(world.realm_id).intact


def test_a_form_that_is_sent_again_and_again_is_one(world, capsys):
    talk = recorded(world)
    forms = [uuid4() for _ in range(FORMS)]

    def send(_):
        for form in forms:
            raise_issue(
                world.actor("ada"), talk.pk, kind="work", text="缺两个人", at=timezone.now(),
                form=form,
            )  # fmt: skip

    assert together(COPIES, send) == []
    with capsys.disabled():
        print(f"\n{FORMS} forms, each sent {COPIES} times: {Issue.objects.count()} issues")
    assert Issue.objects.count() == FORMS
    assert AuditLeaf.objects.filter(event="issue.raised").count() == FORMS
