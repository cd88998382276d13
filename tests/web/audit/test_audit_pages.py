"""Auditors read the log and nothing else, and leave a trace in it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from talk_steps import SAID, digest_of, recorded
from tanxin import verifier
from tanxin.apps.audit.checkpoints import take_checkpoint
from tanxin.apps.audit.events import EVENTS
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.restoring import state_restored
from tanxin.apps.talks import services
from tanxin.core.access import Role
from tanxin.keeper.custody.operator import read_token
from tanxin.web.audit import releases
from world import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.TANXIN_CHECKPOINTS = str(tmp_path / "checkpoints")
    return tmp_path / "checkpoints"


@pytest.fixture
def auditor(world):
    world.entrust("cleo", Role.AUDITOR)
    return world.client("cleo")


@pytest.fixture
def talk(world):
    talk = recorded(world)
    return services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
    )


def page(client, name="log", *args, **query):
    answer = client.get(reverse(f"audit:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def entries(world, event):
    return list(AuditLeaf.objects.filter(realm=world.realm_id, event=event).order_by("seq"))


def test_the_filter_names_events_by_area_in_words_and_shows_no_code(auditor):
    shown = auditor.get(reverse("audit:log")).content.decode()

    assert '<optgroup label="谈话">' in shown
    assert "谈话：全部" in shown
    assert ">talk.confirmed<" not in shown
    assert ">talk.*<" not in shown


def test_the_log_is_listed_newest_first_in_words(auditor, talk):
    shown = page(auditor)
    assert "谈话对象确认了记录" in shown
    assert "talk.confirmed" in shown
    assert NAMES["ben"] in shown
    places = [
        shown.index(f'data-event="{event}"')
        for event in ("talk.confirmed", "talk.recorded", "talk.held")
    ]
    assert places == sorted(places)
    assert SAID not in shown


def test_looking_leaves_an_entry_every_time(world, auditor, talk):
    page(auditor, event="talk.held")
    page(auditor, "entry", 0)
    page(auditor, "checkpoints")
    auditor.post(reverse("audit:export"))
    read = entries(world, "log.read")
    assert [row.person for row in read] == [world.people["cleo"]] * 3
    assert read[0].details.get().content == {"event": "talk.held"}
    assert read[1].details.get().content == {"entry": 0}
    assert len(entries(world, "log.exported")) == 1


def test_it_is_filtered_by_event_person_and_day(world, auditor, talk):
    shown = page(auditor, event="talk.confirmed")
    assert 'data-event="talk.confirmed"' in shown
    assert 'data-event="talk.held"' not in shown
    assert 'data-event="talk.held"' in page(auditor, event="talk.")
    assert 'data-event="talk.held"' not in page(auditor, person=world.people["ben"])
    number = "N0001"
    assert 'data-event="talk.held"' in page(auditor, number=number)
    assert "没有符合的条目" in page(auditor, number="nobody's")
    assert 'data-event="talk.held"' in page(auditor, day=timezone.localdate().isoformat())
    assert "没有符合的条目" in page(auditor, day="2019-01-01")
    assert 'data-event="talk.held"' in page(auditor, day="nonsense", person="nonsense", event="x.y")


def test_pages_follow_each_other(world, auditor, request):
    for number in range(40):
        world.person(f"p{number}")
    request.getfixturevalue("talk")
    shown = page(auditor)
    cursor = shown.partition('rel="next" href="?cursor=')[2].partition('"')[0]
    assert cursor
    older = page(auditor, cursor=cursor)
    assert 'data-event="talk.confirmed"' not in older
    assert 'rel="prev"' in older


def test_an_entry_shows_its_proof_and_when_it_no_longer_fits(world, auditor, talk):
    row = entries(world, "talk.confirmed")[0]
    assert "尚无检查点" in page(auditor, "entry", row.seq)
    take_checkpoint(world.realm_id)
    shown = page(auditor, "entry", row.seq)
    assert "指向" in shown
    assert bytes(row.leaf_hash).hex() in shown
    assert f"tanxin/{world.realm_id}" in shown

    rows = super(type(AuditLeaf.objects.all()), AuditLeaf.objects.filter(pk=row.pk))
    rows.update(event="talk.disputed")
    assert "与原来不符" in page(auditor, "entry", row.seq)
    rows = super(type(AuditLeaf.objects.all()), AuditLeaf.objects.filter(pk=row.pk))
    rows.update(suite=9)
    assert "与原来不符" in page(auditor, "entry", row.seq)
    assert auditor.get(reverse("audit:entry", args=[10**6])).status_code == 404


def test_the_state_of_checkpoints_is_shown(world, auditor, talk, outside):
    assert "尚无检查点" in page(auditor, "checkpoints")
    take_checkpoint(world.realm_id)
    shown = page(auditor, "checkpoints")
    assert f"tanxin/{world.realm_id}+" in shown
    assert str(outside) in shown
    (note,) = outside.glob("*/notes/*/*.note")
    note.chmod(0o600)
    note.write_text(note.read_text().replace("suite 1", "suite 2"))
    assert "不是由本单位的密钥签署" in page(auditor, "checkpoints")


def test_a_restored_backup_stays_named_on_the_page(world, auditor, talk, keeper, settings, outside):
    take_checkpoint(world.realm_id)
    size = LogHead.objects.get(realm=world.realm_id).size
    assert "恢复过的备份" not in page(auditor, "checkpoints")
    rows = AuditLeaf.objects.filter(realm=world.realm_id)
    AuditDetail.objects.filter(leaf__in=rows.filter(seq__gte=size - 3)).delete()
    rows.filter(seq__gte=size - 3)._raw_delete("default")
    last = rows.get(seq=size - 4).leaf_hash
    LogHead.objects.filter(realm=world.realm_id).update(size=size - 3, head_hash=last)
    operator = read_token(keeper.home / "home")
    state_restored(
        world.realm_id, operator, by="信息中心", reason="磁盘损坏", at=timezone.now()
    )  # fmt: skip
    shown = page(auditor, "checkpoints")
    assert "恢复过的备份" in shown
    assert f"第 {size - 3} 至 {size - 1} 条丢失；声明人：信息中心；原因：磁盘损坏" in shown
    settings.TANXIN_KEEPER_SOCKET = str(outside / "none.sock")
    assert "无法得知是否恢复过备份" in page(auditor, "checkpoints")


def test_the_log_is_taken_away_and_checked_with_the_program_from_the_page(
    world, auditor, talk, tmp_path, outside
):
    take_checkpoint(world.realm_id)
    answer = auditor.post(reverse("audit:export"))
    assert answer["Content-Disposition"].startswith('attachment; filename="tanxin-log-')
    export = tmp_path / "export.ndjson"
    export.write_bytes(answer.getvalue())
    assert SAID.encode() not in export.read_bytes()
    program = tmp_path / "verifier.py"
    program.write_bytes(auditor.get(reverse("audit:verifier")).content)
    assert program.read_bytes() == Path(verifier.__file__).read_bytes()

    command = [sys.executable, "-I", program, export, "--checkpoints", outside, "--json"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["verdict"] == "OK"


def test_what_the_keeper_let_see_is_listed_from_its_own_log(world, auditor, talk, monkeypatch):
    assert "record.opened" not in page(auditor, "releases")
    for _ in range(2):
        world.client("ben").get(reverse("talks:record", args=[talk.pk]))
    shown = page(auditor, "releases")
    assert shown.count('data-event="record.opened"') == 2
    assert NAMES["ben"] in shown
    assert page(auditor, "releases", before="nonsense").count('data-event="record.opened"') == 2
    assert page(auditor, "releases", before="9" * 30).count('data-event="record.opened"') == 2

    monkeypatch.setattr(releases, "SIZE", 1)
    newest = page(auditor, "releases")
    assert newest.count('data-event="record.opened"') == 1
    older = newest.partition('rel="next" href="?before=')[2].partition('"')[0]
    assert 'rel="prev"' in page(auditor, "releases", before=older)
    assert {row.details.get().content["page"] for row in entries(world, "log.read")} == {"releases"}


def test_an_auditor_opens_nothing_else(world, auditor, talk):
    for name in ("talks:talk", "talks:record"):
        assert auditor.get(reverse(name, args=[talk.pk])).status_code == 404
    assert reverse("audit:log") in auditor.get(reverse("home:home")).content.decode()
    assert reverse("audit:log") not in world.client("ada").get("/").content.decode()


def test_a_page_of_the_log_costs_few_statements(auditor, talk, django_assert_max_num_queries):
    page(auditor)
    with django_assert_max_num_queries(12):
        page(auditor)


def test_every_event_is_said_in_chinese():
    with override("zh-hans"):
        assert [event for event, meaning in EVENTS.items() if gettext(meaning) == meaning] == []
