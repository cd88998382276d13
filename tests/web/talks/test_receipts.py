"""The subject takes home a proof of what he said; it verifies without us and against us."""

import json
import re
import subprocess
import sys
import zlib
from base64 import b64decode
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from talk_steps import SAID, digest_of, recorded
from tanxin import verifier
from tanxin.apps.audit.checkpoints import take_checkpoint
from tanxin.apps.audit.exporting import export_lines
from tanxin.apps.audit.models import AuditDetail, AuditLeaf, LogHead
from tanxin.apps.audit.services import erase_details
from tanxin.apps.talks import services
from tanxin.apps.talks.models import Confirmation
from tanxin.web.papers import typesetting
from world import NAMES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings, tmp_path):
    settings.TANXIN_CHECKPOINTS = str(tmp_path / "checkpoints")


@pytest.fixture
def talk(world):
    talk = recorded(world)
    return services.confirm_record(
        world.actor("ben"), talk.pk, digest=digest_of(talk), at=timezone.now()
    )


def address(talk, form="txt"):
    answer = Confirmation.objects.get(talk=talk)
    return reverse("talks:receipt", args=[talk.pk, answer.pk, form])


def text_of(world, talk):
    return world.client("ben").get(address(talk)).content.decode()


def receipt_in(text):
    block = text.partition("-----BEGIN TANXIN RECEIPT-----")[2]
    return json.loads(b64decode(block.partition("-----END")[0]))


@pytest.fixture
def check(world, tmp_path):
    """Verify a receipt against an export, as the auditor's computer would."""

    def check(text):
        (tmp_path / "receipt.txt").write_text(text)
        (tmp_path / "export.ndjson").write_bytes(
            b"".join(export_lines(world.realm_id, at=timezone.now()))
        )
        files = [tmp_path / "export.ndjson", "--receipt", tmp_path / "receipt.txt", "--json"]
        command = [sys.executable, "-I", verifier.__file__, *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        known = json.loads(done.stdout)
        return known["verdict"], [problem["entry"] for problem in known["problems"]]

    return check


def test_a_receipt_verifies_before_and_after_it_is_anchored(world, talk, check):
    early = text_of(world, talk)
    assert "尚未" in early
    assert check(early) == ("OK", [])

    take_checkpoint(world.realm_id)
    later = text_of(world, talk)
    assert "尚未" not in later
    assert check(later) == ("OK", [])
    assert check(early) == ("OK", [])
    assert receipt_in(later)["proof"]
    assert receipt_in(later)["hash"] == receipt_in(early)["hash"]


def test_it_names_nobody_and_holds_no_word_of_the_talk(world, talk):
    take_checkpoint(world.realm_id)
    whole = text_of(world, talk) + json.dumps(receipt_in(text_of(world, talk)), ensure_ascii=False)
    for word in (SAID, SAID[4:12], *NAMES.values()):
        assert word not in whole
    assert receipt_in(text_of(world, talk))["digest"] == digest_of(talk).hex()


def forged(text, **changes):
    receipt = {**receipt_in(text), **changes}
    return json.dumps(receipt, ensure_ascii=False)


def test_a_receipt_that_was_changed_is_found_out(world, talk, check):
    take_checkpoint(world.realm_id)
    text = text_of(world, talk)
    known = receipt_in(text)
    for changes in (
        {"entry": known["entry"] - 1}, {"hash": "0" * 64}, {"digest": "0" * 64},
        {"talk": str(uuid4())}, {"realm": str(uuid4())}, {"salt": "00" * 32},
        {"detail": {**known["detail"], "verdict": "did_not_happen"}},
        {"leaf": {**known["leaf"], "event": "talk.disputed"}}, {"proof": known["proof"][1:]},
        {"checkpoint": known["checkpoint"].replace("at 2", "at 3", 1)}, {"leaf": None},
    ):  # fmt: skip
        assert check(forged(text, **changes))[0] == "RECEIPT", changes
    assert check(json.dumps(known)) == ("OK", [])


def test_the_code_on_paper_verifies_too(world, talk, check):
    known = receipt_in(text_of(world, talk))
    short = {
        name: known[name] for name in ("tanxin", "v", "realm", "talk", "digest", "entry", "hash")
    }
    assert check(json.dumps(short)) == ("OK", [])
    assert check(json.dumps({**short, "hash": "1" * 64})) == ("RECOMPUTED", [known["entry"]])


def test_a_log_that_lost_the_answer_is_given_away_by_the_receipt(world, talk, check):
    """Also where the thief of the signing key made every checkpoint anew."""
    text = text_of(world, talk)
    seq = receipt_in(text)["entry"]
    rows = AuditLeaf.objects.filter(realm=world.realm_id, seq__gte=seq)
    AuditDetail.objects.filter(leaf__in=rows).delete()
    rows._raw_delete(rows.db)
    last = AuditLeaf.objects.filter(realm=world.realm_id).order_by("seq").last()
    LogHead.objects.filter(realm=world.realm_id).update(size=seq, head_hash=last.leaf_hash)
    take_checkpoint(world.realm_id)
    assert check(text) == ("ROLLBACK", [seq])


def test_a_receipt_outlives_the_erasing_of_what_the_entry_says(world, talk, check):
    before = text_of(world, talk)
    erase_details(world.actor("dora"), talk.pk, at=timezone.now())
    after = text_of(world, talk)
    assert receipt_in(after)["detail"] is None
    assert check(before) == check(after) == ("OK", [])


def test_it_is_a_paper_too(world, talk):
    answer = world.client("ben").get(address(talk, "pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="receipt-')
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer["Cache-Control"] == "no-store"
    take_checkpoint(world.realm_id)
    assert len(world.client("ben").get(address(talk, "pdf")).content) > len(answer.content) / 2


def test_what_is_copied_from_the_paper_has_no_sign_that_is_not_seen(world, talk):
    paper = world.client("ben").get(address(talk, "pdf")).content
    parts = [
        unpacked(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", paper, re.DOTALL)
    ]
    maps = b"".join(part for part in parts if b"begincmap" in part).upper()

    assert b"BFCHAR" in maps
    for unseen in (b"200B", b"200C", b"200D", b"2060", b"FEFF", b"00AD"):
        assert b"<" + unseen + b">" not in maps


def unpacked(part):
    try:
        return zlib.decompress(part)
    except zlib.error:
        return part


def test_without_a_chinese_font_the_text_is_offered(world, talk, settings, monkeypatch):
    monkeypatch.setattr(typesetting, "CHINESE", ("No Such Font",))
    settings.TANXIN_FONTS = ""
    typesetting.chinese_fonts.cache_clear()
    ben = world.client("ben")
    answer = ben.get(address(talk, "pdf"))
    typesetting.chinese_fonts.cache_clear()
    assert (answer.status_code, answer["Location"]) == (303, f"/talks/{talk.pk}/")
    assert "没有中文字体" in ben.get(answer["Location"]).content.decode()


def test_only_the_subject_gets_it(world, talk):
    for who, status in {"ada": 403, "cleo": 404, "dora": 403}.items():
        assert world.client(who).get(address(talk)).status_code == status
    assert world.client("ben").get(address(talk, "docx")).status_code == 404
    elsewhere = reverse("talks:receipt", args=[talk.pk, uuid4(), "txt"])
    assert world.client("ben").get(elsewhere).status_code == 404


def test_the_pages_of_the_talk_lead_to_it(world, talk):
    for page in ("talks:talk", "talks:record"):
        url = reverse(page, args=[talk.pk])
        assert address(talk, "pdf") in world.client("ben").get(url).content.decode()
        assert "回执" not in world.client("ada").get(url).content.decode()


def test_an_objection_has_a_receipt_as_well(world, check):
    talk = recorded(world)
    services.dispute_record(
        world.actor("ben"), talk.pk, verdict="not_right", digest=digest_of(talk), at=timezone.now()
    )
    assert receipt_in(text_of(world, talk))["detail"]["verdict"] == "not_right"
    assert check(text_of(world, talk)) == ("OK", [])
