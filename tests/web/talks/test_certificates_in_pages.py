"""A type of talk may want certificates: added to the word, checked, kept, never in its place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certificate_maker import Authority, ec_key, sign
from talk_kinds import adopt
from talk_steps import digest_of, held, write
from tanxin.apps.archive.attachments import open_file
from tanxin.apps.org.directory import directory
from tanxin.apps.talks.models import Signature
from tanxin.apps.talks.services import confirm_record


@pytest.fixture(autouse=True)
def certificates(settings, tmp_path):
    settings.TANXIN_BLOBS = str(tmp_path / "blobs")
    settings.TANXIN_CERTIFICATE_ROOTS = str(tmp_path / "roots.pem")
    authority = Authority("证书中心", timezone.now())
    (tmp_path / "roots.pem").write_bytes(authority.pem)
    return authority


@pytest.fixture
def talk(world):
    wanted = "signature: [subject, initiator]\n    signing: certificate"
    adopt(world, change=("signature: subject", wanted))
    return write(world, held(world, kind="counsel"), answers={"course": "良好"}, means="relogin")


def url(talk, verb):
    return reverse(f"talks:{verb}", args=[talk.pk])


def files(key, said, certificate, talk):
    return {
        "digest": digest_of(talk).hex(),
        "signature": SimpleUploadedFile("s.sig", sign(key, said)),
        "certificate": SimpleUploadedFile("c.pem", certificate),
    }


def name_of(world, who):
    return directory(world.realm_id).name(world.people[who])


def confirmed(world, talk):
    digest = digest_of(talk)
    ben = world.actor("ben")
    return confirm_record(ben, talk.pk, digest=digest, means="relogin", at=timezone.now())


def test_who_led_and_who_confirmed_sign_what_stands(world, talk, certificates):
    confirmed(world, talk)
    for who in ("ada", "ben"):
        client, key = world.client(who), ec_key()
        said = client.get(url(talk, "statement")).content
        assert digest_of(talk).hex() in said.decode()
        certificate = certificates.give(name_of(world, who), key)

        done = client.post(url(talk, "certify"), files(key, said, certificate, talk))

        assert done.status_code == 303
        assert client.get(url(talk, "certify")).status_code == 404
    kept = Signature.objects.filter(means="certificate")
    assert {row.part for row in kept} == {"initiator", "subject"}
    opened = open_file(world.actor("ada"), kept.get(part="subject").proof_id, "initiator")
    assert b"".join(opened.pieces).startswith(said)
    page = world.client("ben").get(url(talk, "record")).content.decode()
    assert page.count("用证书签名。") == 2


def test_nobody_signs_before_he_has_said_his_word(world, talk):
    assert world.client("ben").get(url(talk, "certify")).status_code == 404
    assert world.client("ben").get(url(talk, "statement")).status_code == 404
    assert world.client("ada").get(url(talk, "certify")).status_code == 200


def test_a_certificate_in_another_name_signs_nothing(world, talk, certificates):
    ada, key = world.client("ada"), ec_key()
    said = ada.get(url(talk, "statement")).content

    sent = files(key, said, certificates.give("别人", key), talk)
    refused = ada.post(url(talk, "certify"), sent)

    assert refused.status_code == 422
    assert "别人" not in refused.content.decode()
    assert "证书上的姓名" in refused.content.decode()
    assert not Signature.objects.filter(means="certificate").exists()


def test_of_two_with_one_name_the_certificate_says_by_number_whose_it_is(world, talk, certificates):
    name = name_of(world, "ada")
    world.person("another", name, number="N9001")
    ada, key = world.client("ada"), ec_key()
    said = ada.get(url(talk, "statement")).content
    for number in ("", "N9001"):
        sent = files(key, said, certificates.give(name, key, number=number), talk)
        refused = ada.post(url(talk, "certify"), sent)
        assert refused.status_code == 422
        assert "同名" in refused.content.decode()
    assert not Signature.objects.filter(means="certificate").exists()

    hers = directory(world.realm_id).card(world.people["ada"]).number
    sent = files(key, said, certificates.give(name, key, number=hers), talk)
    assert ada.post(url(talk, "certify"), sent).status_code == 303


def test_a_version_written_meanwhile_is_not_signed_for_the_one_read(world, talk, certificates):
    ada, key = world.client("ada"), ec_key()
    certificate = certificates.give(name_of(world, "ada"), key)
    early = files(key, ada.get(url(talk, "statement")).content, certificate, talk)
    write(world, talk, "改过了", answers={"course": "良好"}, means="relogin", expected_version=1)

    assert ada.post(url(talk, "certify"), early).status_code == 422
    assert not Signature.objects.filter(means="certificate").exists()


def test_a_file_that_is_too_large_or_missing_says_so(world, talk):
    ada = world.client("ada")
    sent = {
        "digest": digest_of(talk).hex(),
        "signature": SimpleUploadedFile("s.sig", b"x" * 70_000),
    }

    page = ada.post(url(talk, "certify"), sent)

    assert page.status_code == 422
    assert "文件太大" in page.content.decode()


def test_a_site_without_roots_asks_nobody_for_a_certificate(world, talk, settings):
    settings.TANXIN_CERTIFICATE_ROOTS = ""

    assert world.client("ada").get(url(talk, "certify")).status_code == 404
    assert "certificate/" not in world.client("ada").get(url(talk, "record")).content.decode()
