"""Keeping and destroying on their pages, the certificate, and a package that verifies elsewhere."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
import time_machine
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, confirmed, recorded
from tanxin.apps.archive.models import Record
from tanxin.apps.audit.models import AuditDetail, AuditLeaf
from tanxin.apps.retention.models import Disposal, Hold
from tanxin.apps.talks import services
from tanxin.cli.archive_package import verify_package
from tanxin.core.access import Role
from tanxin.web.retention.certificate import in_groups
from world import NAMES

WHY = "保管期满，统一销毁"


@pytest.fixture
def sol(world):
    for name in ("sol", "lena"):
        world.person(name, name)
        world.account(name)
        world.entrust(name, Role.SUPERVISOR)
    return world.actor("sol")


def years_on():
    return time_machine.travel(datetime(timezone.now().year + 12, 6, 1, 3, tzinfo=UTC))


def page(client, name, *args, status=200):
    answer = client.get(reverse(f"retention:{name}", args=args))
    assert answer.status_code == status, answer
    return answer.content.decode()


def test_a_list_is_drawn_up_signed_by_another_and_certified(world, client_of, sol):
    talk = confirmed(world)
    with years_on():
        dora, there = client_of("dora"), reverse("retention:start")
        assert f"{NAMES['ada']} → {NAMES['ben']}" in page(dora, "start")
        assert dora.post(there, {"reason": " "}).status_code == 422
        assert dora.post(there, {"reason": WHY}).status_code == 303
        row = Disposal.objects.get()
        assert "没有到期" in dora.post(there, {"reason": WHY}).content.decode()
        assert "签字并销毁" not in page(dora, "list", row.pk)
        supervisor = client_of("sol")
        assert reverse("retention:list", args=[row.pk]) in page(supervisor, "start")
        assert "签字并销毁" in page(supervisor, "list", row.pk)
        sign = reverse("retention:sign", args=[row.pk])
        assert dora.post(sign).status_code == 403

        assert supervisor.post(sign).status_code == 303

        assert supervisor.post(sign).status_code == 422
        for name in ("ada", "dora"):
            shown = client_of(name).get(reverse("talks:talk", args=[talk.pk]))
            assert "谈话内容已于" in shown.content.decode()
        record = client_of("ada").get(reverse("talks:record", args=[talk.pk]))
        assert SAID not in record.content.decode()
        row.refresh_from_db()
        paper = dora.get(reverse("retention:certificate", args=[row.pk, "docx"]))
        made = docx.Document(BytesIO(paper.content))
        said = "\n".join(
            cell.text for table in made.tables for one in table.rows for cell in one.cells
        )
        for part in (in_groups(row.digest), WHY, NAMES["dora"], "日常工作", "10年"):
            assert part in said
        text = dora.get(reverse("retention:certificate", args=[row.pk, "txt"])).content.decode()
        assert "不在此次销毁范围的" in text
        hold = dora.post(reverse("retention:hold_talk", args=[talk.pk]), {"reason": WHY})
        assert (hold.status_code, "已经销毁" in hold.content.decode()) == (422, True)
        assert "BEGIN TANXIN RECEIPT" in text
        assert str(Record.objects.get(about_id=talk.pk, kind="record").pk) in text
        assert dora.get(reverse("retention:certificate", args=[row.pk, "pdf"])).status_code == 200


def test_a_list_is_refused_with_a_reason_or_taken_back(world, client_of, sol):
    confirmed(world)
    with years_on():
        dora, supervisor = client_of("dora"), client_of("sol")
        dora.post(reverse("retention:start"), {"reason": WHY})
        row = Disposal.objects.get()
        refuse = reverse("retention:refuse", args=[row.pk])
        assert supervisor.post(refuse, {"answer": ""}).status_code == 422
        assert supervisor.post(refuse, {"answer": "先移交"}).status_code == 303
        assert "先移交" in page(dora, "list", row.pk)
        dora.post(reverse("retention:start"), {"reason": WHY})
        other = Disposal.objects.get(verdict="")
        back = reverse("retention:withdraw", args=[other.pk])
        assert supervisor.post(back).status_code == 403
        assert dora.post(back).status_code == 303
        certificate = reverse("retention:certificate", args=[other.pk, "pdf"])
        assert dora.get(certificate).status_code == 404
    assert not Record.objects.filter(erased_at__isnull=False).exists()


def test_a_talk_is_kept_and_let_go_by_two_on_its_page(world, client_of, sol):
    talk = confirmed(world)
    dora, supervisor = client_of("dora"), client_of("sol")
    there = reverse("retention:hold_talk", args=[talk.pk])
    assert there in supervisor.get(reverse("talks:talk", args=[talk.pk])).content.decode()
    assert client_of("ada").get(there).status_code == 403
    assert supervisor.post(there, {"reason": ""}).status_code == 422
    assert supervisor.post(there, {"reason": "有申诉"}).status_code == 303
    assert dora.post(there, {"reason": "有申诉"}).status_code == 422
    row = Hold.objects.get()
    assert "有申诉" in page(dora, "hold", row.pk)

    def act(client, name, status=303, **said):
        url = reverse("retention:hold_act", args=[row.pk, name])
        assert client.post(url, said).status_code == status

    act(supervisor, "confirm", 403)
    act(dora, "confirm")
    act(dora, "confirm", 422)
    act(dora, "ask", 422, reason="")
    act(dora, "ask", reason="申诉已结")
    assert "申诉已结" in page(supervisor, "hold", row.pk)
    act(supervisor, "lift")
    act(supervisor, "drop", 404)
    assert Hold.objects.get().ended_at is not None


def test_a_package_verifies_elsewhere_and_holds_words_only_for_who_was_let_read(
    world, client_of, sol, tmp_path
):
    talk = recorded(world)
    there = reverse("retention:package", args=[talk.pk])
    supervisor = client_of("sol")
    assert client_of("dora").post(there).status_code == 403
    assert client_of("cleo").post(there).status_code == 404

    bare = supervisor.post(there)
    asked = services.ask_to_read(sol, talk.pk, reason="归档", hours=8, at=timezone.now())
    services.approve_reading(world.actor("lena"), asked.pk, at=timezone.now())
    whole = supervisor.post(there)

    for answer, holds in ((bare, False), (whole, True)):
        assert answer.status_code == 200
        parts = ZipFile(BytesIO(answer.content))
        assert {"record.pdf", "metadata.xml", "manifest.json"} <= set(parts.namelist())
        assert ('"texts": "whole"' in parts.read("manifest.json").decode()) is holds
        assert NAMES["ben"] not in parts.read("metadata.xml").decode()
        file = tmp_path / "package.zip"
        file.write_bytes(answer.content)
        assert CliRunner().invoke(verify_package, [str(file)]).output == "OK\n"
    file.write_bytes(answer.content[:-30])
    broken = CliRunner().invoke(verify_package, [str(file), "--json"])
    assert (broken.exit_code, "unreadable" in broken.output) == (1, True)
    leaves = AuditLeaf.objects.filter(event="talk.packaged").order_by("seq")
    assert [AuditDetail.objects.get(leaf=one.pk).content["texts"] for one in leaves] == [0, 1]
